// A policy is the treasury's own, or the only one.
#include "lib/payout/limits.hpp"

#include "lib/base/text.hpp"
#include "payout_sql.hpp"

namespace passa::payout {
namespace {

constexpr std::size_t k_most_named = 5; // batches in one hint, oldest first

std::optional<Amount> read_limit(const db::Row& row, std::string_view column) {
    const auto minor = row.get<std::optional<money::Int128>>(column);
    if (!minor) return std::nullopt;
    return Amount{*minor, row.asset()};
}

Policy read_policy(db::Transaction& tx, OrganizerId organizer, const db::Row& row) {
    Policy policy{row.get<IdBytes>("id"), row.get<std::string>("name"), row.get<bool>("single_person"), {}};
    for (const auto& limit : tx.run(sql::load_limits, organizer, policy.id))
        policy.limits[limit.get<std::string>("asset_id")] = {
            read_limit(limit, "minimum_minor"), read_limit(limit, "per_payout_minor"),
            read_limit(limit, "per_batch_minor"), read_limit(limit, "per_day_minor")};
    return policy;
}

} // namespace

Problem no_policy() {
    return {Kind::not_found, "payout.no_policy", "there is no payout policy",
            "apply a manifest of kind PayoutPolicy: passa manifest explain payoutpolicy"};
}

Policy choose_policy(db::Transaction& tx, OrganizerId organizer, const Treasury& treasury, Instant at) {
    const auto rows = tx.run(sql::load_policies, organizer, at);
    std::vector<std::string> names;
    for (const auto& row : rows) {
        names.push_back(row.get<std::string>("name"));
        if (treasury.policy ? *treasury.policy == names.back() : rows.size() == 1)
            return read_policy(tx, organizer, row);
    }
    if (treasury.policy)
        throw Error{{Kind::not_found, "payout.no_policy",
                     fmt::format("treasury {} is under the payout policy {}, which is not in force",
                                 printable(treasury.name, 60), printable(*treasury.policy, 60)),
                     names.empty() ? "apply a manifest of kind PayoutPolicy: passa manifest explain payoutpolicy"
                                   : fmt::format("there is: {}", join(names, ", "))}};
    if (names.empty()) throw Error{no_policy()};
    throw Error{{Kind::configuration, "payout.which_policy",
                 fmt::format("there are several payout policies, and treasury {} names none: {}",
                             printable(treasury.name, 60), join(names, ", ")),
                 "add policy: NAME to its manifest"}};
}

Policy get_policy(db::Transaction& tx, OrganizerId organizer, const IdBytes& id) {
    return read_policy(tx, organizer, tx.run(sql::get_policy, organizer, id).one());
}

std::map<std::string, DaySpent> load_spent_today(db::Transaction& tx, OrganizerId organizer, const DayScope& scope) {
    std::map<std::string, DaySpent> all;
    for (const auto& row : tx.run(sql::load_spent_today, organizer, scope.policy, scope.treasury)) {
        const auto asset = row.asset();
        const Amount planned{row.get<money::Int128>("planned"), asset};
        auto& spent = all.try_emplace(asset.id, DaySpent{Amount{0, asset}, Amount{0, asset}}).first->second;
        spent.reserved += row.amount("reserved", asset);
        if (planned.is_zero()) continue;
        spent.planned += planned;
        const auto batch = row.get<BatchId>("batch_id").text();
        if (spent.first_batch.empty()) spent.first_batch = batch;
        if (spent.batches.size() < k_most_named)
            spent.batches.push_back(
                fmt::format("{} ({}, {})", batch, row.get<std::string>("state"), planned.for_people()));
    }
    return all;
}

} // namespace passa::payout
