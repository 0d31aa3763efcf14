// Look at payout and line, undo payment, reserve and suspense, move the payout.
#include "lib/recon/returned.hpp"

#include "lib/base/assert.hpp"
#include "lib/base/text.hpp"
#include "lib/payout/store.hpp"
#include "recon_sql.hpp"

namespace passa::recon {
namespace {

using payout::Cause;
using payout::State;

struct Returned {
    PayoutId payout;
    State state{};
    Amount amount; // that the payout paid
    Amount moved;  // by the line, signed as on the statement
    Amount held;   // of it in suspense
    std::string line;
    JournalId holding;                // the entry that put it there
    std::optional<JournalId> reserve; // none: found paid, and never set aside
    std::optional<JournalId> done;    // what its proof booked
    std::optional<JournalId> found;   // what a person booked who found it paid
};

Returned lock_returned(const ledger::Book& book, const Closing& closing) {
    const auto row = book.tx.run(sql::lock_returned_payout, book.organizer, closing.id, closing.payout).find();
    if (!row)
        refuse_by_hand(closing.payout
                           ? fmt::format("{} was not paid from the treasury that this money came to, or no money "
                                         "came with this",
                                         *closing.payout)
                           : std::string{"nothing says which payout came back"},
                       "name the payout that came back with --payout; find it with: passa payout list");
    const auto moved = row->amount("moved_minor", "moved_");
    const auto state = payout::parse_state(row->get<std::string>("state")).value_or_throw();
    const auto payout = row->get<PayoutId>("id");
    const auto found = row->get<std::optional<JournalId>>("found_id");
    if (state != State::confirmed && state != State::settled && !found)
        refuse_by_hand(fmt::format("{} is {}: only what was paid comes back", payout, payout::name(state)),
                       "name the payout that came back with --payout");
    return {payout,
            state,
            row->amount("amount_minor"),
            moved,
            {row->get<money::Int128>("held_minor"), moved.asset()},
            row->get<std::string>("external_ref"),
            row->get<JournalId>("holding_id"),
            row->get<std::optional<JournalId>>("reserve_journal_id"),
            row->get<std::optional<JournalId>>("done_id"),
            found};
}

void require_whole(const Returned& r) {
    if (r.moved == r.amount && r.held == r.amount) return;
    refuse_by_hand(fmt::format("{} came back, and {} had paid {}", r.moved, r.payout, r.amount),
                   "a part that came back is no payout undone; choose another code: passa recon close --help");
}

} // namespace

JournalId book_as_returned(const ledger::Book& book, const Closing& closing) {
    const auto found = lock_returned(book, closing);
    require_whole(found);
    const auto why = fmt::format("{} brought it back: {}", found.line, closing.id);
    // Given up long ago, its state stays. It was paid out of suspense, and so takes out of there what the break put in.
    if (found.found) return ledger::reverse(book, *found.found, why);
    PASSA_ASSERT(found.done && found.reserve); // nothing is confirmed without
    ledger::reverse(book, *found.done, why);
    ledger::reverse(book, *found.reserve, why);
    const auto to = payout::next(found.state, Cause::came_back);
    const auto reason = printable(fmt::format("{}; {}", why, trim(closing.reason)), 400);
    const auto moved =
        book.tx.execute(sql::move_payout, book.organizer, found.payout, payout::name(found.state),
                        payout::name(Cause::came_back), payout::name(to), closing.actor, reason, book.now);
    PASSA_ASSERT(moved == 1); // it is locked since it was looked at
    return ledger::reverse(book, found.holding, why);
}

} // namespace passa::recon
