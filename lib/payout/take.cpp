// Debts first, then what is owed; with a conversion both sides pass through fx.
#include "lib/payout/take.hpp"

#include "lib/money/rate.hpp"
#include "payout_sql.hpp"

#include <algorithm>

namespace passa::payout {
namespace {

using ledger::AccountKind;
using ledger::Posting;
using money::Amount;

AccountKind kind_of(const db::Row& row) {
    return row.get<std::string>("kind") == name(AccountKind::party_payable) ? AccountKind::party_payable
                                                                            : AccountKind::commission_payable;
}

// What the party owes us for other events, as much of it as the payout nets. Less than that: nothing.
std::optional<std::vector<Posting>> clear_debts(db::Transaction& tx, OrganizerId organizer, const db::Row& row,
                                                const Amount& netted) {
    std::vector<Posting> postings;
    auto left = netted;
    if (left.is_zero()) return postings;
    const auto party = row.get<PartyId>("party_id");
    for (const auto& part :
         tx.run(sql::load_debts, organizer, party, row.get<EventId>("event_id"), netted.asset().id)) {
        const auto cleared = std::min(part.amount("debt", netted.asset()), left);
        if (cleared.is_zero()) break;
        postings.push_back({{kind_of(part), part.get<EventId>("event_id"), party}, -cleared});
        left -= cleared;
    }
    if (!left.is_zero()) return std::nullopt;
    return postings;
}

// What the party's accounts give: those it owes us on are cleared first, so that it is netted and not collected twice.
std::optional<std::vector<Posting>> take_from_payable(db::Transaction& tx, OrganizerId organizer, const db::Row& row,
                                                      const Amount& owed) {
    const auto event = row.get<EventId>("event_id");
    const auto party = row.get<PartyId>("party_id");
    const auto netted = row.amount("netted_minor", "owed_");
    auto postings = clear_debts(tx, organizer, row, netted);
    if (!postings) return std::nullopt;
    std::vector<std::pair<AccountKind, Amount>> positive;
    Amount wanted = owed + netted;
    for (const auto& part : tx.run(sql::load_payable_parts, organizer, party, event, owed.asset().id)) {
        const Amount balance{part.get<money::Int128>("owed"), owed.asset()};
        if (balance.is_negative()) {
            postings->push_back({{kind_of(part), event, party}, balance});
            wanted -= balance;
        } else {
            positive.emplace_back(kind_of(part), balance);
        }
    }
    for (const auto& [kind, balance] : positive) {
        const auto taken = std::min(balance, wanted);
        postings->push_back({{kind, event, party}, taken});
        wanted -= taken;
    }
    if (!wanted.is_zero()) return std::nullopt;
    return postings;
}

// With a conversion both sides pass through fx; what flooring left over stands on its own account, in the asset owed.
void post_conversion(const db::Row& row, const Amount& owed, const Amount& amount, std::vector<Posting>& postings) {
    if (row.is_null("mantissa")) return;
    const money::Exchange exchange{owed.asset(), amount.asset(),
                                   static_cast<std::uint64_t>(row.get<std::int64_t>("mantissa")),
                                   row.get<int>("decimals")};
    const auto cost = money::cost_of(amount, exchange).value_or_throw();
    postings.push_back({{AccountKind::fx}, -cost});
    postings.push_back({{AccountKind::fx_rounding}, cost - owed});
    postings.push_back({{AccountKind::fx}, amount});
}

} // namespace

std::optional<std::vector<Posting>> find_takings(db::Transaction& tx, OrganizerId organizer, const db::Row& row) {
    const auto owed = row.amount("owed_minor", "owed_");
    auto postings =
        row.get<std::string>("source") == "expense"
            ? std::vector<Posting>{{{AccountKind::expense, row.get<std::optional<EventId>>("event_id")}, owed}}
            : take_from_payable(tx, organizer, row, owed);
    if (postings) post_conversion(row, owed, row.amount("amount_minor"), *postings);
    return postings;
}

std::optional<std::vector<Posting>> find_takings(db::Transaction& tx, OrganizerId organizer, PayoutId payout) {
    return find_takings(tx, organizer, tx.run(sql::get_taking, organizer, payout).one());
}

} // namespace passa::payout
