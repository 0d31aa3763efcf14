// Split plans. Shares add up to exactly 100 %. Each change is a version, with the tiers it serves; a version that was
// still to come is withdrawn by the next. Before the first sale of a tier a version may hold for all time; after it, it
// must begin in the future, and no ticket that was sold changes its plan.
#include "catalog_sql.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/onchain.hpp"

#include <algorithm>

namespace passa::catalog {
namespace {

// A manifest of a plan, with its names resolved.
struct Wanted {
    IdBytes event{};
    IdBytes plan{};
    std::string name;
    std::string basis;
    std::optional<IdBytes> fees_from;
    std::optional<IdBytes> commission_from;
    std::vector<std::pair<IdBytes, std::int64_t>> shares; // party, ppm
    std::vector<std::optional<IdBytes>> tiers;            // none: the event's default
    std::optional<Instant> effective;
    std::optional<Onchain> onchain;
};

std::string tier_hint(Store& store, const IdBytes& event, const std::string& wanted) {
    std::vector<std::string> known;
    for (const auto& row : store.tx.run(sql::load_tiers, store.organizer, event))
        known.push_back(row.get<std::string>("name"));
    const auto near = nearest_names(wanted, known);
    if (!near.empty()) return fmt::format("did you mean {}?", near.front());
    std::sort(known.begin(), known.end());
    return known.empty() ? "the event declares no tiers" : "its tiers are: " + join(known, ", ");
}

void resolve_tiers(Store& store, const Spec& spec, Wanted& wanted) {
    for (const auto& name : spec.texts("tiers")) {
        if (const auto row = store.tx.run(sql::find_tier, store.organizer, wanted.event, name).find())
            wanted.tiers.emplace_back(row->get<IdBytes>("id"));
        else
            spec.refuse(store, "tiers",
                        {Kind::invalid_input, "split.unknown_tier", fmt::format("the event has no tier {}", name),
                         tier_hint(store, wanted.event, name)});
    }
    std::sort(wanted.tiers.begin(), wanted.tiers.end());
    wanted.tiers.erase(std::unique(wanted.tiers.begin(), wanted.tiers.end()), wanted.tiers.end());
    if (wanted.tiers.empty()) wanted.tiers.emplace_back(std::nullopt);
}

std::optional<Wanted> resolve(Store& store, const Spec& spec, const IdBytes& id, const std::string& name) {
    const auto shares = spec.objects("shares");
    const auto event = find_reference(store, spec, "event", "Event");
    Wanted wanted{event.value_or(IdBytes{}),
                  id,
                  name,
                  spec.find_text("basis").value_or("net"),
                  find_reference(store, spec, "feesFrom", "Party"),
                  find_reference(store, spec, "commissionFrom", "Party"),
                  {},
                  {},
                  spec.find_instant("effectiveFrom"),
                  {}};
    for (const auto& share : shares)
        wanted.shares.emplace_back(find_reference(store, share, "party", "Party").value_or(IdBytes{}),
                                   static_cast<std::int64_t>(share.rate("share").ppm()));
    if (event) resolve_tiers(store, spec, wanted);
    if (event) wanted.onchain = resolve_onchain(store, spec, *event, id);
    return store.problems.empty() ? std::optional{std::move(wanted)} : std::nullopt;
}

// Whether a stored version says the same, its time aside.
bool says_the_same(const Wanted& wanted, const db::Row& version) {
    std::vector<std::string> shares;
    for (const auto& [party, ppm] : wanted.shares) shares.push_back(fmt::format("{} {}", id_text::uuid(party), ppm));
    std::vector<std::string> tiers;
    for (const auto& tier : wanted.tiers) tiers.push_back(tier ? id_text::uuid(*tier) : std::string{});
    return version.get<std::string>("basis") == wanted.basis &&
           version.get<std::optional<IdBytes>>("fees_from") == wanted.fees_from &&
           version.get<std::optional<IdBytes>>("commission_from") == wanted.commission_from &&
           version.get<std::optional<std::string>>("contract") == contract_of(wanted.onchain) &&
           version.get<std::optional<std::string>>("treasury") == treasury_of(wanted.onchain) &&
           version.get<std::string>("shares") == fmt::format("{}", fmt::join(shares, ", ")) &&
           version.get<std::optional<std::string>>("tiers") == fmt::format("{}", fmt::join(tiers, ", "));
}

IdBytes insert_version(Store& store, const Wanted& wanted) {
    const auto version = store.ids.next();
    store.tx.run(sql::insert_plan_version, store.organizer, wanted.event, version, wanted.plan,
                 wanted.effective.value_or(Instant::min()), wanted.basis, wanted.fees_from, wanted.commission_from,
                 store.now, contract_of(wanted.onchain), treasury_of(wanted.onchain));
    for (std::size_t i = 0; i < wanted.shares.size(); ++i)
        store.tx.run(sql::insert_share, store.organizer, wanted.event, version, i, wanted.shares[i].first,
                     wanted.shares[i].second);
    for (const auto& tier : wanted.tiers)
        store.tx.run(sql::insert_tier_plan, store.organizer, wanted.event, version, tier);
    return version;
}

void refuse_taken_tiers(Store& store, const Spec& spec, const Wanted& wanted, const IdBytes& version) {
    for (const auto& row : store.tx.run(sql::find_tier_taken, store.organizer, wanted.event, wanted.plan, version)) {
        const auto tier = row.get<std::optional<std::string>>("tier");
        spec.refuse(
            store, "tiers",
            {Kind::invalid_input, "split.tier_taken",
             fmt::format("{} already follows split plan {}",
                         tier ? "tier " + *tier : std::string{"the event's default"}, row.get<std::string>("plan")),
             "one plan per tier, and one default plan"});
    }
}

// Sold tickets keep their plan, and rules for the past do not change once something was sold.
void refuse_sold_past(Store& store, const Spec& spec, const Wanted& wanted, const IdBytes& version) {
    const auto row = store.tx.run(sql::judge_plan_version, store.organizer, wanted.event, wanted.plan, version).one();
    const auto last_sold = row.get<std::optional<Instant>>("last_sold");
    const auto last_moved = row.get<std::optional<Instant>>("last_moved");
    if (!last_sold || (!last_moved && wanted.effective && *wanted.effective >= store.now)) return;
    spec.refuse(
        store, wanted.effective ? "effectiveFrom" : "",
        {Kind::refused, "split.frozen",
         fmt::format("split plan {} would change how tickets are shared that were sold until {}: that is frozen",
                     wanted.name, to_text(last_moved.value_or(*last_sold))),
         fmt::format("add a time to come, such as effectiveFrom: {}; it then holds for later sales",
                     to_text(soon(store)))});
}

} // namespace

void store_split_plan(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    auto wanted = resolve(store, spec, id, manifest.name);
    if (!wanted) return;
    const auto of = store.tx.run(sql::find_plan_event, store.organizer, id).find();
    if (of && of->get<IdBytes>("id") != wanted->event)
        return spec.refuse(store, "event",
                           {Kind::refused, "split.event_fixed",
                            fmt::format("split plan {} is of event {}: that cannot change", manifest.name,
                                        of->get<std::string>("name")),
                            "put it back, and give the other event a plan of its own name"});
    store.tx.run(sql::insert_plan, store.organizer, wanted->event, id, manifest.name);
    const bool sold = store.tx.run(sql::find_plan_sale, store.organizer, wanted->event, id).find().has_value();
    const auto now = store.tx.run(sql::find_plan_in_force, store.organizer, wanted->event, id, store.now).find();
    if (sold && now && says_the_same(*wanted, *now) &&
        (!wanted->effective || *wanted->effective == now->get<Instant>("effective_from"))) {
        if (!now->get<bool>("pending")) return;
        wanted->effective = store.now; // what was planned is called off: the rules in force go on
    }
    const auto version = insert_version(store, *wanted);
    refuse_sold_past(store, spec, *wanted, version);
    refuse_taken_tiers(store, spec, *wanted, version);
}

} // namespace passa::catalog
