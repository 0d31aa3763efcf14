// What a run writes about money: matches with their journals, and breaks with what they hold in suspense.
#include "lib/base/assert.hpp"
#include "lib/recon/store.hpp"
#include "recon_sql.hpp"

#include <algorithm>
#include <map>

namespace passa::recon {
namespace {

using ledger::AccountKind;

std::string uuid_or_empty(const std::optional<IdBytes>& id) { return id ? id_text::uuid(*id) : std::string{}; }

// Into the treasury from `other`; a negative amount goes the other way.
std::vector<ledger::Posting> into_treasury(const Work& work, AccountKind other, const Amount& amount) {
    return {{{AccountKind::treasury, {}, {}, work.treasury}, amount}, {{other, {}, {}, work.treasury}, -amount}};
}

std::optional<JournalId> book_line(const Work& work, const Match& found, const rail::StatementLine& said) {
    if (found.booking == Booking::none) return std::nullopt;
    if (found.booking == Booking::contract)
        return ledger::post(work.book, {"contract_line",
                                        found.line,
                                        "",
                                        found.event,
                                        said.booked_at,
                                        said.external_ref,
                                        {{{AccountKind::treasury, {}, {}, work.treasury}, said.amount},
                                         {{AccountKind::contract_transit, found.event}, -said.amount}}});
    const bool fee = found.booking == Booking::network_fee;
    return ledger::post(work.book,
                        {fee ? "network_fee" : "funding", fee && found.attempt ? *found.attempt : found.line, "",
                         std::nullopt, said.booked_at, said.external_ref,
                         into_treasury(work, fee ? AccountKind::network_fee : AccountKind::funding, said.amount)});
}

std::int64_t settle(const Work& work, const MatchResult& result, const std::map<IdBytes, const Line*>& lines) {
    std::vector<std::string> payouts, names;
    for (const auto& found : result.matches)
        if (found.moves_to_settled) {
            payouts.push_back(id_text::uuid(*found.payout));
            names.push_back(lines.at(found.line)->said.external_ref);
        }
    if (payouts.empty()) return 0;
    using payout::Cause;
    using payout::State;
    const auto to = payout::next(State::confirmed, Cause::statement_matched);
    const auto moved =
        work.book.tx.execute(sql::settle_payouts, work.book.organizer, payouts, names, payout::name(State::confirmed),
                             payout::name(Cause::statement_matched), payout::name(to), work.actor, work.book.now);
    PASSA_ASSERT(moved == static_cast<std::int64_t>(payouts.size())); // they are locked since they were loaded
    return moved;
}

using Key =
    std::tuple<std::string, std::string, std::string, std::string, std::string>; // type, subject, asset, amounts
Key key_of(const FoundBreak& found) {
    return {std::string{name(found.type)}, found.subject, found.amount.asset().id, money::to_text(found.amount.minor()),
            money::to_text(found.held.minor())};
}

// What closes a break about money that left and says not for what, where the book has what it was for.
std::string offer_of(const ledger::Book& book, BreakId id, const FoundBreak& found) {
    const bool is_strange = found.type == BreakType::duplicate_external || found.type == BreakType::missing_internal;
    if (!is_strange || !found.line || found.attempt || !found.amount.is_negative()) return "";
    const auto meant = book.tx.run(sql::find_meant, book.organizer, *found.line).find();
    if (!meant) return "";
    return fmt::format("; its transaction pays what {} was to pay, and these books never sent: if they were behind, "
                       "passa recon close {} --code paid --payout {}",
                       meant->get<BatchId>("batch_id"), id, meant->get<PayoutId>("id"));
}

void open_break(const Work& work, ReconRunId run, const FoundBreak& found) {
    const auto& book = work.book;
    const auto id = book.ids.make<BreakTag>();
    const auto why = found.why + offer_of(book, id, found);
    std::optional<JournalId> journal;
    if (!found.held.is_zero())
        journal = ledger::post(book, {"statement", id.bytes(), "", std::nullopt, book.now,
                                      fmt::format("{} {}", name(found.type), found.subject),
                                      into_treasury(work, AccountKind::suspense, found.held)});
    book.tx.run(sql::insert_break, book.organizer, id, run, work.treasury, name(found.type), found.subject, why,
                found.amount.minor(), found.amount.asset().id, found.held.minor(), found.line, found.payout,
                found.attempt, journal, book.now, work.actor);
}

void close_explained(const Work& work, ReconRunId run, const db::Row& row) {
    const auto why = fmt::format("explained by {}", run);
    std::optional<JournalId> undone;
    if (const auto journal = row.get<std::optional<JournalId>>("journal_id"))
        undone = ledger::reverse(work.book, *journal, why);
    store_ending(work.book, {row.get<BreakId>("id"), CloseCode::matched, why, work.actor, run, undone});
}

// Is what this open break is about spoken of by a line now, in another way?
bool is_told_otherwise(const db::Row& row, const Findings& findings) {
    const auto line = row.get<std::optional<IdBytes>>("statement_line_id");
    const auto payout = row.get<std::optional<IdBytes>>("payout_id");
    return std::any_of(findings.matches.begin(), findings.matches.end(),
                       [&](const Match& m) { return (line && m.line == *line) || (payout && m.payout == payout); }) ||
           std::any_of(findings.breaks.begin(), findings.breaks.end(),
                       [&](const FoundBreak& b) { return line && b.line == line; });
}

// What absence was said of, and is not any more.
struct Shown {
    std::vector<std::string> ids, types, assets;
    void add(const IdBytes& id, BreakType about_absence, const Amount& moved) {
        ids.push_back(id_text::uuid(id));
        types.emplace_back(name(about_absence));
        assets.push_back(moved.asset().id);
    }
};

} // namespace

void undo_hand_closed(const Work& work, const MatchResult& result, const std::vector<Line>& lines) {
    std::map<IdBytes, const Line*> by_id;
    for (const auto& line : lines) by_id.emplace(line.id, &line);
    Shown shown;
    for (const auto& found : result.matches) {
        const auto& moved = by_id.at(found.line)->said.amount;
        if (found.payout)
            shown.add(*found.payout, BreakType::missing_external, moved);
        else if (found.attempt)
            shown.add(*found.attempt, BreakType::fee, moved);
    }
    for (const auto& found : result.breaks) { // these count on the book for all but what they hold
        if (!found.line) continue;
        if (found.payout && (found.type == BreakType::amount || found.type == BreakType::party_mismatch))
            shown.add(*found.payout, BreakType::missing_external, found.amount);
        else if (found.attempt && found.type == BreakType::fee)
            shown.add(*found.attempt, BreakType::fee, found.amount);
    }
    if (shown.ids.empty()) return;
    const auto& book = work.book;
    for (const auto& row : book.tx.run(sql::load_hand_closed, book.organizer, shown.ids, shown.types, shown.assets))
        ledger::reverse(book, row.get<JournalId>("close_journal_id"), "the line came after all");
}

std::int64_t store_matches(const Work& work, ReconRunId run, const MatchResult& result,
                           const std::vector<Line>& lines) {
    if (result.matches.empty()) return 0;
    std::map<IdBytes, const Line*> by_id;
    for (const auto& line : lines) by_id.emplace(line.id, &line);
    std::vector<std::string> ids, rules, payouts, attempts, journals;
    for (const auto& found : result.matches) {
        const auto journal = book_line(work, found, by_id.at(found.line)->said);
        ids.push_back(id_text::uuid(found.line));
        rules.emplace_back(found.rule);
        payouts.push_back(uuid_or_empty(found.payout));
        attempts.push_back(uuid_or_empty(found.attempt));
        journals.push_back(journal ? journal->uuid() : std::string{});
    }
    work.book.tx.run(sql::insert_matches, work.book.organizer, run, ids, rules, payouts, attempts, journals);
    return settle(work, result, by_id);
}

Turnover store_breaks(const Work& work, ReconRunId run, const Findings& findings) {
    std::map<Key, const FoundBreak*> wanted;
    for (const auto& found : findings.breaks) wanted.emplace(key_of(found), &found);
    Turnover turnover;
    std::set<Key> known;
    for (const auto& row : work.book.tx.run(sql::load_open_breaks, work.book.organizer, work.treasury)) {
        if ((row.get<std::string>("type") == name(BreakType::balance_gap)) != findings.gaps) continue;
        const Key key{row.get<std::string>("type"), row.get<std::string>("subject"), row.get<std::string>("asset_id"),
                      row.get<std::string>("amount_minor"), row.get<std::string>("held_minor")};
        if (wanted.contains(key)) {
            known.insert(key);
        } else if (findings.conclusive || is_told_otherwise(row, findings)) {
            close_explained(work, run, row);
            ++turnover.closed;
        }
    }
    for (const auto& [key, found] : wanted) {
        if (known.contains(key)) continue;
        open_break(work, run, *found);
        ++turnover.opened;
    }
    return turnover;
}

} // namespace passa::recon
