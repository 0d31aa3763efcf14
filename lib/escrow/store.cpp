// Rows of plans that a contract pays, and of what is owed through it.
#include "escrow_sql.hpp"
#include "lib/escrow/escrow.hpp"

#include <algorithm>

namespace passa::escrow {
namespace {

Payee read_payee(const db::Row& row) {
    return {row.get<PartyId>("party_id"), row.get<std::string>("party"), row.get<std::string>("address")};
}

} // namespace

std::span<const db::Statement> statements() { return sql::k_all; }

std::vector<Escrow> load_escrows(db::Transaction& tx, OrganizerId organizer, std::optional<EventId> event) {
    std::vector<Escrow> all;
    for (const auto& row : tx.run(sql::load_escrows, organizer, event))
        all.push_back({row.get<PlanId>("plan_id"), row.get<std::string>("plan"), row.get<EventId>("event_id"),
                       row.get<std::string>("event"), row.get<std::string>("contract"), row.get<std::string>("network"),
                       row.get<TreasuryId>("treasury_id"), row.get<std::string>("treasury"),
                       row.get<std::string>("account"), row.asset(), row.get<std::optional<std::string>>("address"),
                       row.get<std::optional<std::string>>("booked_through").value_or(""), row.get<bool>("released")});
    return all;
}

Amount VersionDue::total() const {
    Amount sum{0, shares.front().due.asset()};
    for (const auto& share : shares) sum += share.due;
    for (const auto& [creator, amount] : commissions) sum += amount;
    return sum;
}

std::vector<VersionDue> load_dues(db::Transaction& tx, OrganizerId organizer, const Escrow& escrow) {
    std::vector<VersionDue> all;
    for (const auto& row : tx.run(sql::load_share_dues, organizer, escrow.plan)) {
        const auto version = row.get<IdBytes>("version_id");
        if (all.empty() || all.back().version != version) {
            const auto on_chain = row.get<std::optional<std::int32_t>>("contract_version");
            all.push_back({version,
                           row.get<std::string>("name"),
                           on_chain ? std::optional{static_cast<std::uint32_t>(*on_chain)} : std::nullopt,
                           {},
                           {}});
        }
        all.back().shares.push_back({read_payee(row),
                                     static_cast<std::uint32_t>(row.get<int>("ppm") / 100),
                                     {row.get<money::Int128>("due"), escrow.asset}});
    }
    for (const auto& row : tx.run(sql::load_commission_dues, organizer, escrow.plan)) {
        const auto version = row.get<IdBytes>("version_id");
        const auto it =
            std::find_if(all.begin(), all.end(), [&](const VersionDue& one) { return one.version == version; });
        if (it != all.end())
            it->commissions.emplace_back(read_payee(row), Amount{row.get<money::Int128>("due"), escrow.asset});
    }
    return all;
}

void bind(const ledger::Book& book, const Escrow& escrow, const std::string& address) {
    book.tx.run(sql::insert_escrow, book.organizer, escrow.event, escrow.plan, escrow.network, address, escrow.treasury,
                escrow.asset.id, book.now);
}

void bind_version(const ledger::Book& book, const Escrow& escrow, const VersionDue& due, std::uint32_t on_chain) {
    book.tx.run(sql::insert_version, book.organizer, escrow.plan, due.version, static_cast<std::int32_t>(on_chain));
    const auto add = [&](const Payee& payee) {
        book.tx.run(sql::insert_payee, book.organizer, escrow.plan, payee.address, payee.id);
    };
    for (const auto& share : due.shares) add(share.payee);
    for (const auto& [creator, amount] : due.commissions) add(creator);
}

} // namespace passa::escrow
