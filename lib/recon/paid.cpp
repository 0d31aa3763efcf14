// Look at payout and line, withdraw what was not sent, post the entry that set money aside once more, out of suspense.
#include "lib/recon/paid.hpp"

#include "lib/base/assert.hpp"
#include "lib/base/text.hpp"
#include "lib/payout/store.hpp"
#include "recon_sql.hpp"

namespace passa::recon {
namespace {

using ledger::AccountKind;
using payout::Cause;
using payout::State;

struct Found {
    PayoutId payout;
    State state{};
    BatchId batch;
    TreasuryId treasury;
    Amount amount; // that the payout was to pay
    Amount moved;  // by the line, signed as on the statement
    std::string destination, counterparty, line;
    std::optional<EventId> event;
    std::optional<JournalId> reserve;
    Instant booked_at{};
};

Found lock_found(const ledger::Book& book, BreakId id) {
    const auto row = book.tx.run(sql::lock_paid_payout, book.organizer, id).one();
    return {row.get<PayoutId>("id"),
            payout::parse_state(row.get<std::string>("state")).value_or_throw(),
            row.get<BatchId>("batch_id"),
            row.get<TreasuryId>("treasury_id"),
            row.amount("amount_minor"),
            row.amount("moved_minor", "moved_"),
            row.get<std::optional<std::string>>("destination").value_or(""),
            row.get<std::string>("counterparty"),
            row.get<std::string>("external_ref"),
            row.get<std::optional<EventId>>("event_id"),
            row.get<std::optional<JournalId>>("reserve_journal_id"),
            row.get<Instant>("booked_at")};
}

void require_paid(const Found& found) {
    if (found.moved.asset() != found.amount.asset() || found.moved != -found.amount ||
        found.counterparty != found.destination)
        refuse_by_hand(fmt::format("the chain moved {} to {}, and {} was to pay {} to {}", found.moved,
                                   printable(found.counterparty, 80), found.payout, found.amount, found.destination),
                       "it is still owed; choose another code: passa recon close --help");
    if (payout::may_have_left(found.state))
        refuse_by_hand(
            fmt::format("{} is {}: another attempt at it may still pay", found.payout, payout::name(found.state)),
            fmt::format("learn what became of it first: passa payout resume {}", found.batch));
    if (found.state != State::reserved && found.state != State::failed && found.state != State::cancelled)
        refuse_by_hand(fmt::format("{} is {}: the book knows of its payment", found.payout, payout::name(found.state)),
                       "let a run look again: passa recon run");
}

// Its money went back, and a later batch has taken it up: withdrawn first, or both are booked and both may leave.
void require_no_rival(const ledger::Book& book, const Found& found) {
    if (found.state == State::reserved) return;
    const auto rival = book.tx.run(sql::find_rival, book.organizer, found.payout).find();
    if (!rival) return;
    const auto batch = rival->get<BatchId>("batch_id");
    const auto state = payout::parse_state(rival->get<std::string>("state")).value_or_throw();
    refuse_by_hand(fmt::format("{} of batch {} is {}, and means to pay the same once more", rival->get<PayoutId>("id"),
                               batch, payout::name(state)),
                   payout::may_have_left(state)
                       ? fmt::format("learn what became of it first: passa payout resume {}", batch)
                       : fmt::format("withdraw it first: passa payout cancel {}", batch));
}

// Nothing of it leaves any more, and its money is back where it came from.
void withdraw(const ledger::Book& book, const Found& found, const Closing& closing) {
    if (found.state != State::reserved) return;
    const auto why = fmt::format("{} paid it: {}", found.line, closing.id);
    ledger::reverse(book, *found.reserve, why);
    const auto to = payout::next(found.state, Cause::withdrawn);
    const auto moved =
        book.tx.execute(sql::move_payout, book.organizer, found.payout, payout::name(found.state),
                        payout::name(Cause::withdrawn), payout::name(to), closing.actor, printable(why, 400), book.now);
    PASSA_ASSERT(moved == 1); // it is locked since it was looked at
}

} // namespace

JournalId book_as_paid(const ledger::Book& book, const Closing& closing) {
    const auto found = lock_found(book, closing.id);
    require_paid(found);
    require_no_rival(book, found);
    PASSA_ASSERT(found.reserve.has_value()); // attempts are made for money that is set aside alone
    withdraw(book, found, closing);
    std::vector<ledger::Posting> postings;
    for (const auto& row : book.tx.run(sql::load_entry, book.organizer, *found.reserve)) {
        const auto amount = row.amount("amount");
        const auto kind = ledger::get_account_kind(row.get<std::string>("kind"));
        if (kind == AccountKind::payout_clearing)
            postings.push_back({{AccountKind::suspense, {}, {}, found.treasury}, amount});
        else
            postings.push_back(
                {{kind, row.get<std::optional<EventId>>("event_id"), row.get<std::optional<PartyId>>("party_id"),
                  row.get<std::optional<TreasuryId>>("treasury_id")},
                 amount});
    }
    return ledger::post(book, {"payout_found", found.payout.bytes(), "", found.event, found.booked_at,
                               fmt::format("{}, {}", found.line, closing.id), std::move(postings)});
}

} // namespace passa::recon
