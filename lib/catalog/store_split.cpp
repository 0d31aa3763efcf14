// Split plans. Shares add up to exactly 100 %. Before the first sale a new version replaces the old for all sales;
// after it, a version must begin in the future.
#include "catalog_sql.hpp"
#include "lib/catalog/store.hpp"

#include <algorithm>
#include <set>

namespace passa::catalog {
namespace {

void check_sum(Store& store, const Spec& spec, const std::vector<Spec>& shares, const std::string& plan) {
    std::int64_t ppm = 0;
    std::set<std::string> parties;
    for (const auto& share : shares) {
        ppm += share.rate("share").ppm();
        if (!parties.insert(share.text("party")).second)
            share.refuse(store, "party",
                         {Kind::invalid_input, "split.party_twice",
                          fmt::format("{} stands twice in split plan {}", share.text("party"), plan),
                          "add its shares up into one"});
    }
    if (ppm == money::k_ppm_whole) return;
    const auto off = money::Rate::from_ppm(
        static_cast<std::uint32_t>(std::min<std::int64_t>(std::abs(money::k_ppm_whole - ppm), money::k_ppm_whole)));
    const money::Amount total{ppm, money::Asset{"", 4}};
    const Problem problem{Kind::invalid_input, "split.sum",
                          fmt::format("shares of split plan {} add up to {} %, need 100 %", plan, total.number()),
                          fmt::format("{} one share by {}{}", ppm < money::k_ppm_whole ? "raise" : "lower", off.text(),
                                      ppm < money::k_ppm_whole ? ", or add the missing party" : "")};
    if (shares.empty())
        spec.refuse(store, "shares", problem);
    else
        shares.back().refuse(store, "", problem, fmt::format("the last of {} shares", shares.size()));
}

void store_tiers(Store& store, const Spec& spec, const IdBytes& event, const IdBytes& plan) {
    store.tx.run(sql::delete_tier_plans, store.organizer, event, plan);
    std::vector<std::optional<std::string>> names;
    for (const auto& name : spec.texts("tiers")) names.emplace_back(name);
    if (names.empty()) names.emplace_back(std::nullopt);
    for (const auto& name : names) {
        std::optional<IdBytes> tier;
        if (name) {
            const auto row = store.tx.run(sql::find_tier, store.organizer, event, *name).find();
            if (!row) {
                spec.refuse(store, "tiers",
                            {Kind::invalid_input, "split.unknown_tier", fmt::format("the event has no tier {}", *name),
                             "see its tiers with: passa get event"});
                continue;
            }
            tier = row->get<IdBytes>("id");
        }
        if (const auto other = store.tx.run(sql::find_tier_plan, store.organizer, event, tier).find()) {
            spec.refuse(store, "tiers",
                        {Kind::invalid_input, "split.tier_taken",
                         fmt::format("{} already follows split plan {}",
                                     name ? "tier " + *name : std::string{"the event's default"},
                                     other->get<std::string>("name")),
                         "one plan per tier, and one default plan"});
            continue;
        }
        store.tx.run(sql::insert_tier_plan, store.organizer, event, plan, tier);
    }
}

} // namespace

void store_split_plan(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    const auto shares = spec.objects("shares");
    check_sum(store, spec, shares, manifest.name);
    const auto event = find_reference(store, spec, "event", "Event");
    const auto fees_from = find_reference(store, spec, "feesFrom", "Party");
    const auto commission_from = find_reference(store, spec, "commissionFrom", "Party");
    std::vector<IdBytes> parties;
    for (const auto& share : shares)
        parties.push_back(find_reference(store, share, "party", "Party").value_or(IdBytes{}));
    const auto basis = spec.find_text("basis").value_or("net");
    if (basis == "gross" && !spec.find_text("feesFrom"))
        spec.refuse(store, "basis",
                    {Kind::invalid_input, "split.fees_from", "with basis gross somebody must bear the fees",
                     "add feesFrom: PARTY"});
    if (!store.problems.empty()) return;

    const auto sold = store.tx.run(sql::find_plan_sale, store.organizer, *event, id).find().has_value();
    const auto effective = spec.find_instant("effectiveFrom");
    if (sold && (!effective || *effective <= store.now))
        return spec.refuse(store, effective ? "effectiveFrom" : "",
                           {Kind::refused, "split.frozen",
                            fmt::format("split plan {} is frozen: tickets were sold under it", manifest.name),
                            "add effectiveFrom with a time to come: the change then holds for later sales"});
    store.tx.run(sql::insert_plan, store.organizer, *event, id, manifest.name);
    const auto version = store.ids.next();
    store.tx.run(sql::insert_plan_version, store.organizer, *event, version, id, effective.value_or(Instant::min()),
                 basis, fees_from, commission_from, store.now);
    for (std::size_t i = 0; i < shares.size(); ++i)
        store.tx.run(sql::insert_share, store.organizer, *event, version, i, parties[i],
                     static_cast<std::int64_t>(shares[i].rate("share").ppm()));
    store_tiers(store, spec, *event, id);
}

} // namespace passa::catalog
