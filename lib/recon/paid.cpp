// Look at payout and line, withdraw what was not sent, post the entry that set money aside, or would have, out of
// suspense.
#include "lib/recon/paid.hpp"

#include "lib/base/assert.hpp"
#include "lib/base/text.hpp"
#include "lib/payout/store.hpp"
#include "lib/payout/take.hpp"
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

Found lock_found(const ledger::Book& book, const Closing& closing) {
    const auto there = book.tx.run(sql::lock_paid_payout, book.organizer, closing.id, closing.payout).find();
    if (!there)
        refuse_by_hand(
            "that payout was not to be paid from the treasury that this money left, or no money left with this",
            "find the payout with: passa payout list");
    const auto& row = *there;
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
    if (found.state == State::confirmed || found.state == State::settled || found.state == State::returned)
        refuse_by_hand(fmt::format("{} is {}: the book knows of its payment", found.payout, payout::name(found.state)),
                       "let a run look again: passa recon run");
}

// Its money is not set aside, and another batch has taken it up: withdrawn first, or both are booked and both may
// leave.
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
    if (found.state == State::failed || found.state == State::cancelled) return;
    const auto why = fmt::format("{} paid it: {}", found.line, closing.id);
    if (found.state == State::reserved) ledger::reverse(book, *found.reserve, why);
    const auto to = payout::next(found.state, Cause::withdrawn);
    const auto moved =
        book.tx.execute(sql::move_payout, book.organizer, found.payout, payout::name(found.state),
                        payout::name(Cause::withdrawn), payout::name(to), closing.actor, printable(why, 400), book.now);
    PASSA_ASSERT(moved == 1); // it is locked since it was looked at
}

// As when it was set aside.
std::vector<ledger::Posting> postings_set_aside(const ledger::Book& book, JournalId reserve) {
    std::vector<ledger::Posting> postings;
    for (const auto& row : book.tx.run(sql::load_entry, book.organizer, reserve)) {
        const auto kind = ledger::get_account_kind(row.get<std::string>("kind"));
        if (kind == AccountKind::payout_clearing) continue;
        postings.push_back(
            {{kind, row.get<std::optional<EventId>>("event_id"), row.get<std::optional<PartyId>>("party_id"),
              row.get<std::optional<TreasuryId>>("treasury_id")},
             row.amount("amount")});
    }
    return postings;
}

std::vector<ledger::Posting> postings_of(const ledger::Book& book, const Found& found) {
    if (found.reserve) return postings_set_aside(book, *found.reserve);
    auto takings = payout::find_takings(book.tx, book.organizer, found.payout);
    if (!takings)
        refuse_by_hand(fmt::format("less is owed than {} was to pay: something else has paid it", found.payout),
                       "see what is owed: passa ledger balance; choose another code: passa recon close --help");
    return *std::move(takings);
}

} // namespace

JournalId book_as_paid(const ledger::Book& book, const Closing& closing) {
    const auto found = lock_found(book, closing);
    require_paid(found);
    require_no_rival(book, found);
    withdraw(book, found, closing);
    auto postings = postings_of(book, found);
    postings.push_back({{AccountKind::suspense, {}, {}, found.treasury}, -found.amount});
    return ledger::post(book, {"payout_found", found.payout.bytes(), "", found.event, found.booked_at,
                               fmt::format("{}, {}", found.line, closing.id), std::move(postings)});
}

} // namespace passa::recon
