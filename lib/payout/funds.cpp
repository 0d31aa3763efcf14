// Fees are part of the sum when they are charged in what is paid, and a sum of their own otherwise.
#include "lib/payout/funds.hpp"

#include "payout_sql.hpp"

namespace passa::payout {
namespace {

Amount find_held(const std::vector<Amount>& balances, const money::Asset& asset) {
    for (const auto& balance : balances)
        if (balance.asset() == asset) return balance;
    return Amount{0, asset};
}

} // namespace

money::Int128 load_reserved(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury) {
    return tx.run(sql::load_reserved, organizer, treasury).one().get<money::Int128>("reserved");
}

Funds read_funds(Lease& lease, const Desk& desk, rail::Rail& rail, const Batch& batch) {
    const auto paid = lease.read([&](db::Transaction& tx) {
        return tx.run(sql::load_reserved, desk.organizer, batch.treasury.id).one().get<money::Int128>("paid");
    });
    const auto balances = rail.balances();
    return {find_held(balances, batch.treasury.asset), find_held(balances, rail.most_cost(1).asset()), paid};
}

std::optional<Problem> find_shortage(const Batch& batch, const Funds& funds, const Needs& needs) {
    const bool one_purse = needs.cost.asset() == funds.held.asset();
    const auto needed = needs.reserved + needs.ready + (one_purse ? needs.cost : Amount{0, funds.held.asset()});
    if (needed > funds.held)
        return Problem{Kind::refused, "payout.funds",
                       fmt::format("treasury {} holds {}, open batches have reserved {}, and this batch needs {}{}",
                                   batch.treasury.name, funds.held.for_people(), needs.reserved.for_people(),
                                   needs.ready.for_people(),
                                   one_purse ? fmt::format(" and at most {} for fees", needs.cost.for_people()) : ""),
                       fmt::format("fund it with {} more, then run: passa payout send {}",
                                   (needed - funds.held).for_people(), batch.id)};
    if (one_purse || needs.cost <= funds.for_fees) return std::nullopt;
    return Problem{Kind::refused, "payout.fees",
                   fmt::format("treasury {} holds {} for fees, and sending costs up to {}", batch.treasury.name,
                               funds.for_fees.for_people(), needs.cost.for_people()),
                   fmt::format("fund it with {} more, then run: passa payout send {}",
                               (needs.cost - funds.for_fees).for_people(), batch.id)};
}

} // namespace passa::payout
