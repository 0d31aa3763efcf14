// Look at it under the treasury's lock, as runs do, post what the code means, close it.
#include "lib/recon/close.hpp"

#include "lib/base/text.hpp"
#include "lib/recon/paid.hpp"
#include "lib/recon/returned.hpp"
#include "lib/recon/store.hpp"
#include "recon_sql.hpp"

namespace passa::recon {
namespace {

using ledger::AccountKind;

struct Subject {
    BreakType type{};
    std::string name;
    TreasuryId treasury;
    Amount amount;
    Amount held;
    bool has_line = false;
    bool has_payout = false;
};

Subject load_subject(const ledger::Book& book, BreakId id) {
    book.tx.run(sql::lock_treasury_of_break, book.organizer, id);
    const auto row = book.tx.run(sql::lock_break, book.organizer, id).find();
    if (!row)
        throw Error{{Kind::not_found, "recon.no_break", fmt::format("there is no break {}", id),
                     "list them with: passa recon list --all"}};
    if (const auto code = row->get<std::optional<std::string>>("close_code"))
        throw Error{{Kind::conflict, "recon.closed_already",
                     fmt::format("{} was closed as {} by {}: {}", id, *code, row->get<std::string>("closed_by"),
                                 row->get<std::string>("close_reason")),
                     "see its history with: passa recon show " + id.text()}};
    const auto asset = row->asset();
    return {parse_break_type(row->get<std::string>("type")).value_or_throw(),
            row->get<std::string>("subject"),
            row->get<TreasuryId>("treasury_id"),
            {row->get<money::Int128>("amount_minor"), asset},
            {row->get<money::Int128>("held_minor"), asset},
            !row->is_null("statement_line_id"),
            !row->is_null("payout_id")};
}

// A line that bears our reference says which payout it paid; of any other a person says it.
void require_payment(const Subject& subject, const Closing& closing) {
    const bool is_ours = subject.type == BreakType::status_conflict && subject.has_payout;
    const bool is_strange =
        subject.type == BreakType::missing_internal || subject.type == BreakType::duplicate_external;
    if (!is_ours && !is_strange)
        refuse_by_hand("only money that went out can have paid a payout that the book calls not paid: a "
                       "STATUS_CONFLICT, MISSING_INTERNAL or DUPLICATE_EXTERNAL",
                       "choose another code: passa recon close --help");
    if (is_ours && closing.payout)
        refuse_by_hand("this payment bears the reference of its payout", "leave out --payout");
    if (is_strange && !closing.payout)
        refuse_by_hand("nothing says which payout this paid", "name it with --payout; find it with: passa payout list");
}

void require_by_hand(const Subject& subject, const Closing& closing) {
    if (closing.code == CloseCode::matched)
        refuse_by_hand("only a run closes a break as matched, when it finds what explains it", "passa recon run");
    if (closing.code == CloseCode::funding && (subject.held.is_zero() || subject.held.is_negative()))
        refuse_by_hand("no money came in with this: it cannot be funding",
                       "choose another code: passa recon close --help");
    if (closing.code == CloseCode::returned && subject.type != BreakType::late_return &&
        subject.type != BreakType::missing_internal)
        refuse_by_hand("only money that came in can be a payout coming back: a LATE_RETURN or MISSING_INTERNAL",
                       "choose another code: passa recon close --help");
    if (closing.payout && closing.code != CloseCode::returned && closing.code != CloseCode::paid)
        refuse_by_hand("a payout is named for what came back, or was found paid", "take another code, or no --payout");
    if (closing.code == CloseCode::paid) require_payment(subject, closing);
    if (subject.type == BreakType::unknown_outcome)
        refuse_by_hand(fmt::format("{} may have happened: only proof closes this", subject.name),
                       "passa payout resume");
    if (subject.type == BreakType::timing && subject.has_line)
        refuse_by_hand("its payout is still under way; the run that finds it done closes this", "passa payout resume");
    if (trim(closing.reason).empty())
        throw Error{{Kind::usage, "recon.reason", "closing a break needs a reason",
                     "say why with --reason, for whoever audits it"}};
}

std::vector<ledger::Posting> between(const Subject& subject, AccountKind to, AccountKind from, const Amount& amount) {
    return {{{to, {}, {}, subject.treasury}, amount}, {{from, {}, {}, subject.treasury}, -amount}};
}

std::vector<ledger::Posting> postings_of(const Subject& subject, CloseCode code) {
    const bool written_off = code == CloseCode::written_off;
    if (code == CloseCode::funding) return between(subject, AccountKind::suspense, AccountKind::funding, subject.held);
    if (!subject.held.is_zero())
        return written_off ? between(subject, AccountKind::suspense, AccountKind::expense, subject.held)
                           : std::vector<ledger::Posting>{};
    if (subject.type == BreakType::missing_external)
        return between(subject, AccountKind::treasury, AccountKind::suspense, -subject.amount);
    if (subject.type == BreakType::fee && !subject.has_line)
        return between(subject, AccountKind::treasury, AccountKind::network_fee, -subject.amount);
    if (subject.type == BreakType::balance_gap && written_off && subject.name.starts_with("book "))
        return between(subject, AccountKind::treasury,
                       subject.amount.is_negative() ? AccountKind::funding : AccountKind::expense, -subject.amount);
    return {};
}

} // namespace

void refuse_by_hand(std::string message, std::string hint) {
    throw Error{{Kind::refused, "recon.not_by_hand", std::move(message), std::move(hint)}};
}

std::optional<JournalId> close(const ledger::Book& book, const Closing& closing) {
    const auto busy_with = in("closing {}", closing.id);
    const auto subject = load_subject(book, closing.id);
    require_by_hand(subject, closing);
    const auto reason = printable(trim(closing.reason), 500);
    std::optional<JournalId> journal;
    if (closing.code == CloseCode::paid)
        journal = book_as_paid(book, closing);
    else if (closing.code == CloseCode::returned)
        journal = book_as_returned(book, closing);
    else if (auto postings = postings_of(subject, closing.code); !postings.empty())
        journal = ledger::post(book, {"write_off", closing.id.bytes(), "", std::nullopt, book.now,
                                      fmt::format("{} {}: {}", name(subject.type), name(closing.code), reason),
                                      std::move(postings)});
    const auto paid = closing.code == CloseCode::paid ? closing.payout : std::nullopt;
    store_ending(book, {closing.id, closing.code, reason, closing.actor, {}, journal, paid});
    return journal;
}

} // namespace passa::recon
