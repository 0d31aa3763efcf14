// Assets, networks, rates, treasuries and payout policies.
#include "catalog_sql.hpp"
#include "lib/catalog/store.hpp"

#include <array>
#include <set>

namespace passa::catalog {
namespace {
constexpr Duration k_approval_valid_for = std::chrono::hours{7 * 24}; // as kinds.cpp says, and the column's default
} // namespace

void store_asset(Store& store, const manifest::Manifest& manifest) {
    const Spec spec{manifest};
    const auto issuer = spec.find_text("issuer");
    const auto id = issuer ? spec.text("code") + ":" + *issuer : spec.text("code");
    const auto scale = *spec.find_integer("scale");
    if (!store.problems.empty()) return;
    const auto known = store.tx.run(sql::find_asset, store.organizer, id).find();
    if (known && known->get<int>("scale") != scale)
        return spec.refuse(
            store, "scale",
            {Kind::refused, "asset.scale_fixed",
             fmt::format("{} is counted in {} decimals: that cannot change", id, known->get<int>("scale")),
             "put it back"});
    if (!known) store.tx.run(sql::insert_asset, store.organizer, id, scale);
}

void store_network(Store& store, const manifest::Manifest& manifest) {
    const Spec spec{manifest};
    const auto known = store.tx.run(sql::find_network, store.organizer, manifest.name).find();
    if (known && known->get<std::string>("passphrase") != spec.text("passphrase"))
        return spec.refuse(
            store, "passphrase",
            {Kind::refused, "network.passphrase_fixed",
             fmt::format("the network {} is known by another passphrase: that cannot change", manifest.name),
             "it would be another network under a name that was approved: give it another name"});
    store.tx.run(sql::upsert_network, store.organizer, manifest.name, spec.text("passphrase"), spec.texts("endpoints"),
                 spec.find_text("friendbot"));
}

void store_exchange_rate(Store& store, const manifest::Manifest& manifest) {
    const Spec spec{manifest};
    const auto from = ensure_asset(store, spec.text("from"));
    const auto to = ensure_asset(store, spec.text("to"));
    if (!from) spec.refuse(store, "from", from.problem());
    if (!to) spec.refuse(store, "to", to.problem());
    if (!store.problems.empty()) return;
    const auto rate = money::Exchange::make(*from, *to, spec.text("rate"));
    if (!rate) return spec.refuse(store, "rate", rate.problem());
    const auto known = store.tx.run(sql::find_rate, store.organizer, manifest.name).find();
    const auto pair_of = [](const db::Row& row) {
        return row.get<std::string>("from_asset_id") + " to " + row.get<std::string>("to_asset_id");
    };
    if (known && pair_of(*known) != from->id + " to " + to->id)
        return spec.refuse(store, "from",
                           {Kind::refused, "exchange_rate.pair_fixed",
                            fmt::format("rate {} converts {}: that cannot change", manifest.name, pair_of(*known)),
                            "give the other pair a rate of its own name"});
    if (const auto row = store.tx.run(sql::find_rate_of_pair, store.organizer, manifest.name, from->id, to->id).find())
        return spec.refuse(
            store, "from",
            {Kind::refused, "exchange_rate.pair_taken",
             fmt::format("{} is rate {} already", pair_of(*row), row->get<std::string>("name")),
             fmt::format("change that one, or: passa delete ExchangeRate {}", row->get<std::string>("name"))});
    const bool first = !known.has_value();
    const auto effective = spec.find_instant("effectiveFrom").value_or(first ? Instant::min() : store.now);
    if (!first && effective < store.now)
        return spec.refuse(store, "effectiveFrom",
                           {Kind::refused, "exchange_rate.retroactive", "a new rate cannot begin in the past",
                            "leave effectiveFrom out: the rate then holds from now on"});
    store.tx.run(sql::insert_rate, store.organizer, store.ids.next(), manifest.name, from->id, to->id, rate->mantissa,
                 rate->decimals, effective, spec.text("source"), store.now);
}

namespace {

// What the account is stands under approvals, attempts and statements once money has moved over it.
bool may_be_changed(Store& store, const Spec& spec, const money::Asset& asset, const IdBytes& id) {
    const auto known = store.tx.run(sql::find_treasury_account, store.organizer, id).find();
    if (!known) return true;
    const std::array<std::pair<const char*, std::optional<std::string>>, 4> said{
        {{"rail", spec.text("rail")},
         {"network", spec.find_text("network")},
         {"address", spec.text("address")},
         {"asset", asset.id}}};
    for (const auto& [key, now] : said) {
        const auto was = known->get<std::optional<std::string>>(key);
        if (was == now) continue;
        const auto history = store.tx.run(sql::find_treasury_history, store.organizer, id).find();
        if (!history) return true;
        spec.refuse(store, key,
                    {Kind::refused, "treasury.fixed",
                     fmt::format("the {} is {}: that cannot change, because {}", key, was.value_or("not set"),
                                 history->get<std::string>("why")),
                     "put it back, and declare a treasury of another name"});
        return false;
    }
    return true;
}

} // namespace

void store_treasury(Store& store, const manifest::Manifest& manifest, const IdBytes& id) {
    const Spec spec{manifest};
    const auto asset = ensure_asset(store, spec.text("asset"));
    if (!asset) return spec.refuse(store, "asset", asset.problem());
    if (spec.find_text("policy") && !find_reference(store, spec, "policy", "PayoutPolicy")) return;
    if (const auto other = store.tx
                               .run(sql::find_treasury_of_account, store.organizer, spec.text("rail"),
                                    spec.find_text("network"), spec.text("address"), id)
                               .find())
        return spec.refuse(store, "address",
                           {Kind::refused, "treasury.account_taken",
                            fmt::format("treasury {} is this account already", other->get<std::string>("name")),
                            "two treasuries on one account would each book its fees: use the one there is"});
    if (asset->id.ends_with(":" + spec.text("address")))
        return spec.refuse(
            store, "address",
            {Kind::refused, "treasury.is_issuer",
             fmt::format("this account issues {}: it holds none, so nothing it pays shows on its balance", asset->id),
             "pay from another account, to which this one sends what it issues"});
    if (!may_be_changed(store, spec, *asset, id)) return;
    store.tx.run(sql::upsert_treasury, store.organizer, id, manifest.name, spec.text("rail"), spec.find_text("network"),
                 spec.text("address"), spec.find_text("key"), asset->id, spec.find_text("policy"),
                 spec.texts("fundedFrom"));
}

void store_payout_policy(Store& store, const manifest::Manifest& manifest) {
    const Spec spec{manifest};
    const auto id = store.ids.next();
    const auto effective = spec.find_instant("effectiveFrom").value_or(store.now);
    const bool first = store.tx.run(sql::find_policy, store.organizer, manifest.name).empty();
    if (!first && effective < store.now)
        return spec.refuse(store, "effectiveFrom",
                           {Kind::refused, "payout_policy.retroactive", "new limits cannot begin in the past",
                            "leave effectiveFrom out: the limits then hold from now on"});
    const auto valid_for = spec.find_duration("approvalValidFor").value_or(k_approval_valid_for);
    if (!store.problems.empty()) return;
    store.tx.run(sql::insert_policy, store.organizer, id, manifest.name, effective,
                 spec.find_text("singlePerson").value_or("false") == "true", store.now,
                 std::chrono::ceil<std::chrono::seconds>(valid_for).count(), spec.texts("approvers"));
    std::set<std::pair<std::string, money::Int128>> known;
    for (const auto& tier : spec.objects("approvals")) {
        const auto from = tier.amount(store, "from");
        if (!known.emplace(from.asset().id, from.minor()).second)
            tier.refuse(store, "from",
                        {Kind::invalid_input, "payout_policy.amount_twice",
                         fmt::format("it is said twice how many agree from {} on", from.for_people()), "keep one"});
        if (store.problems.empty())
            store.tx.run(sql::insert_approval_tier, store.organizer, id, from.asset().id, from.minor(),
                         *tier.find_integer("persons"));
    }
    for (const auto& limit : spec.objects("limits")) {
        const auto asset = ensure_asset(store, limit.text("asset"));
        if (!asset) {
            limit.refuse(store, "asset", asset.problem());
            continue;
        }
        std::vector<std::optional<money::Int128>> minor;
        for (const auto* key : {"minimum", "perPayout", "perBatch", "perDay"}) {
            const auto amount = limit.find_amount(store, key);
            minor.push_back(amount ? std::optional{amount->minor()} : std::nullopt);
        }
        if (store.problems.empty())
            store.tx.run(sql::insert_limit, store.organizer, id, asset->id, minor[0], minor[1], minor[2], minor[3]);
    }
}

} // namespace passa::catalog
