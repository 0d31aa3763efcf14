// Campaigns: terms are versions, codes belong to one creator for good.
#include "catalog_sql.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/store.hpp"

#include <algorithm>

namespace passa::catalog {
namespace {

std::string normal_code(std::string_view code) {
    auto out = std::string{trim(code)};
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

void store_code(Store& store, const Spec& spec, const IdBytes& event, const IdBytes& campaign) {
    const auto creator = find_reference(store, spec, "creator", "Creator");
    if (!creator) return;
    const auto code = normal_code(spec.text("code"));
    const auto known = store.tx.run(sql::find_code, store.organizer, event, code).find();
    if (known && known->get<IdBytes>("creator_id") != *creator)
        return spec.refuse(store, "code",
                           {Kind::refused, "campaign.code_taken",
                            fmt::format("code {} belongs to {}", code, known->get<std::string>("creator_name")),
                            "choose another code: past sales keep their creator"});
    store.tx.run(sql::upsert_code, store.organizer, event, code, campaign, *creator,
                 spec.find_instant("validFrom").value_or(Instant::min()),
                 spec.find_instant("validUntil").value_or(Instant::max()));
}

} // namespace

void store_campaign(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    const auto event = find_reference(store, spec, "event", "Event");
    const auto cap = spec.find_amount(store, "cap");
    if (!event || !store.problems.empty()) return;
    const auto rate = spec.rate("commission").ppm();
    store.tx.run(sql::insert_campaign, store.organizer, *event, id, manifest.name);
    const auto last = store.tx.run(sql::find_last_terms, store.organizer, *event, id).find();
    const auto same =
        last && last->get<int>("rate_ppm") == static_cast<int>(rate) &&
        last->get<std::optional<money::Int128>>("cap_minor") == (cap ? std::optional{cap->minor()} : std::nullopt);
    if (!same) {
        const auto effective = spec.find_instant("effectiveFrom");
        const bool sold = last && last->get<bool>("sold");
        if (sold && (!effective || *effective <= store.now))
            return spec.refuse(store, effective ? "effectiveFrom" : "commission",
                               {Kind::refused, "campaign.frozen",
                                fmt::format("campaign {} has earned commissions: its terms are frozen", manifest.name),
                                "add effectiveFrom with a time to come: the change then holds for later sales"});
        store.tx.run(sql::insert_terms, store.organizer, *event, store.ids.next(), id,
                     effective.value_or(Instant::min()), static_cast<std::int64_t>(rate),
                     cap ? std::optional{cap->minor()} : std::nullopt, store.now);
    }
    std::vector<std::string> kept;
    for (const auto& code : spec.objects("codes")) {
        kept.push_back(normal_code(code.text("code")));
        store_code(store, code, *event, id);
    }
    store.tx.run(sql::end_codes, store.organizer, id, kept, store.now); // a code taken out credits no later sale
}

} // namespace passa::catalog
