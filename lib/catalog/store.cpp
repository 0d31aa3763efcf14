// From the kind's name to its store, and references between objects.
#include "lib/catalog/store.hpp"

#include "catalog_sql.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/rules.hpp"

namespace passa::catalog {

void store(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const std::string_view kind = manifest.kind->name;
    for (auto& problem : check_rules(manifest)) store.problems.push_back(std::move(problem)); // of merged words too
    if (kind == "Party" || kind == "Creator")
        store_party(store, manifest, id);
    else if (kind == "Event")
        store_event(store, manifest, id);
    else if (kind == "SplitPlan")
        store_split_plan(store, manifest, id);
    else if (kind == "Campaign")
        store_campaign(store, manifest, id);
    else if (kind == "Asset")
        store_asset(store, manifest);
    else if (kind == "Network")
        store_network(store, manifest);
    else if (kind == "ExchangeRate")
        store_exchange_rate(store, manifest);
    else if (kind == "Treasury")
        store_treasury(store, manifest, id);
    else if (kind == "PayoutPolicy")
        store_payout_policy(store, manifest);
    else if (kind == "Job")
        store_job(store, manifest, id);
    else if (kind == "NoticeChannel" && store.problems.empty())
        store_notice_channel(store, manifest, id);
    else if (kind == "Contract")
        for (const auto& event : Spec{manifest}.texts("anchors"))
            find_named(store, Spec{manifest}, {"anchors", "Event", event});
    // Organizer has its own row, written before everything else; a Venue and a Contract are only objects.
}

Instant soon(const Store& store) { return std::chrono::floor<std::chrono::hours>(store.now) + std::chrono::hours{2}; }

std::optional<IdBytes> find_reference(Store& store, const Spec& spec, std::string_view key, std::string_view kind) {
    const auto name = spec.find_text(key);
    return name ? find_named(store, spec, {key, kind, *name}) : std::nullopt;
}

std::optional<IdBytes> find_named(Store& store, const Spec& spec, const Named& named) {
    const auto& [key, kind, name] = named;
    const auto kinds =
        kind == "Party" ? std::vector<std::string>{"Party", "Creator"} : std::vector<std::string>{std::string{kind}};
    if (const auto row = store.tx.run(sql::find_reference, store.organizer, kinds, name).find())
        return row->get<IdBytes>("id");
    for (const auto& wanted : kinds) {
        if (!store.lost.contains({wanted, name})) continue;
        store.problems.push_back(follows());
        return std::nullopt;
    }
    std::vector<std::string> known;
    for (const auto& row : store.tx.run(sql::load_names, store.organizer, kinds))
        known.push_back(row.get<std::string>("name"));
    const auto near = nearest_names(name, known);
    spec.refuse(store, key,
                {Kind::invalid_input, "manifest.unknown_reference",
                 fmt::format("there is no {} {}", kind, printable(name, 60)),
                 near.empty() ? fmt::format("add a manifest of kind {}", kind)
                              : fmt::format("did you mean {}?", near.front())});
    return std::nullopt;
}

} // namespace passa::catalog
