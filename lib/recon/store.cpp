// Set-based where a statement is long; one entry at a time where the ledger is written.
#include "lib/recon/store.hpp"

#include "lib/base/text.hpp"
#include "recon_sql.hpp"

#include <algorithm>
#include <map>

namespace passa::recon {
namespace {

using LineKind = rail::StatementLine::Kind;

LineKind parse_kind(std::string_view text) {
    for (const auto kind : {LineKind::payment, LineKind::fee, LineKind::funding})
        if (rail::name(kind) == text) return kind;
    return LineKind::other;
}

// Text of a rail as it is kept: valid, and of bounded length.
std::string kept(std::string_view text) { return printable(text, 500); }

void keep_assets(const Work& work, const rail::Statement& statement) {
    std::map<std::string, int> scales;
    for (const auto& line : statement.lines) scales.emplace(line.amount.asset().id, line.amount.asset().scale);
    for (const auto& amount : statement.closing) scales.emplace(amount.asset().id, amount.asset().scale);
    std::vector<std::string> ids, texts;
    for (const auto& [id, scale] : scales) {
        ids.push_back(id);
        texts.push_back(std::to_string(scale));
    }
    work.book.tx.run(sql::keep_assets, work.book.organizer, ids, texts);
    if (const auto other = work.book.tx.run(sql::find_other_scale, work.book.organizer, ids, texts).find())
        throw Error{{Kind::conflict, "recon.other_units",
                     fmt::format("the rail counts {} with {} decimals, the house with {}",
                                 other->get<std::string>("id"), other->get<int>("theirs"), other->get<int>("ours")),
                     "declare the asset with the rail's decimals before money is attached to it"}};
}

std::vector<std::string> texts_of(const std::set<std::string>& set) { return {set.begin(), set.end()}; }

} // namespace

Base load_base(db::Transaction& tx, OrganizerId organizer, TreasuryId treasury) {
    const auto row = tx.run(sql::find_base, organizer, treasury).find();
    if (!row) return {};
    Base base{row->get<std::int64_t>("to_position"), {}};
    for (const auto& b : tx.run(sql::load_closing, organizer, row->get<ReconRunId>("id")))
        base.closing.push_back(b.amount("closing"));
    return base;
}

Base hold_base(const ledger::Book& book, TreasuryId treasury, const rail::Statement& statement) {
    book.tx.run(sql::lock_treasury, book.organizer, treasury);
    auto base = load_base(book.tx, book.organizer, treasury);
    if (base.position == statement.from) return base;
    throw Error{{Kind::busy, "recon.moved_on", "another run reconciled this treasury meanwhile", "run it again"}};
}

std::int64_t store_lines(const Work& work, const rail::Statement& statement) {
    auto& tx = work.book.tx;
    keep_assets(work, statement);
    tx.run(sql::make_staging);
    auto copy = tx.copy_in("recon_staging", {"id", "external_ref", "kind", "amount_minor", "asset_id", "counterparty",
                                             "memo", "booked_at", "position"});
    for (const auto& line : statement.lines) {
        const db::Parameter fields[] = {id_text::uuid(work.book.ids.next()),
                                        kept(line.external_ref),
                                        std::string{rail::name(line.kind)},
                                        money::to_text(line.amount.minor()),
                                        line.amount.asset().id,
                                        kept(line.counterparty),
                                        kept(line.memo),
                                        db::value::timestamptz(line.booked_at),
                                        std::to_string(line.position)};
        copy.row(fields);
    }
    copy.finish();
    const auto fresh = tx.execute(sql::insert_lines, work.book.organizer, work.treasury);
    if (const auto row = tx.run(sql::find_changed_line, work.book.organizer, work.treasury).find())
        throw Error{{Kind::conflict, "recon.history_changed",
                     fmt::format("the rail tells {} in another way than before: {} minor units were {}",
                                 row->get<std::string>("external_ref"), row->get<std::string>("now"),
                                 row->get<std::string>("was")),
                     "compare the network's servers; nothing of this statement was taken in"}};
    return fresh;
}

std::vector<Line> load_pending_lines(const Work& work, std::int64_t from) {
    std::vector<Line> lines;
    for (const auto& row : work.book.tx.run(sql::load_pending_lines, work.book.organizer, work.treasury, from))
        lines.push_back(
            {row.get<IdBytes>("id"),
             {row.get<std::string>("external_ref"), parse_kind(row.get<std::string>("kind")),
              row.amount("amount_minor"), row.get<std::string>("counterparty"), row.get<std::string>("memo"),
              row.get<Instant>("booked_at"), row.get<std::int64_t>("position")}});
    return lines;
}

std::vector<rail::StatementLine> load_moved(const Work& work, std::int64_t from, std::int64_t to) {
    std::vector<rail::StatementLine> sums;
    for (const auto& row : work.book.tx.run(sql::load_line_sums, work.book.organizer, work.treasury, from, to)) {
        rail::StatementLine line;
        line.kind = row.get<bool>("is_fee") ? LineKind::fee : LineKind::other;
        line.amount = row.amount("amount");
        sums.push_back(std::move(line));
    }
    return sums;
}

MatchInput load_input(const Work& work, const rail::Statement& statement) {
    MatchInput input{
        load_pending_lines(work, statement.from), {}, {}, {}, statement.complete, statement.closed_at, {}, work.rules};
    std::set<std::string> keys, parties;
    for (const auto& line : input.lines) {
        keys.insert(parse_reference(line.said.external_ref).key);
        if (line.said.kind != LineKind::fee) parties.insert(line.said.counterparty);
    }
    const auto& book = work.book;
    for (const auto& row : book.tx.run(sql::load_funders, book.organizer, work.treasury))
        input.funders.insert(row.get<std::string>("address"));
    for (const auto& row :
         book.tx.run(sql::load_expected, book.organizer, work.treasury, texts_of(keys), texts_of(parties)))
        input.expected.push_back({row.get<IdBytes>("payout_id"), row.get<IdBytes>("attempt_id"),
                                  row.get<std::string>("key"), static_cast<std::size_t>(row.get<int>("pos")),
                                  payout::parse_state(row.get<std::string>("state")).value_or_throw(),
                                  row.get<bool>("live"), row.get<bool>("matched"), row.get<bool>("excused"),
                                  row.amount("amount_minor"), row.get<std::string>("destination"),
                                  row.get<Instant>("due_at"), row.get<bool>("found_paid")});
    for (const auto& row : book.tx.run(sql::load_fees, book.organizer, work.treasury, texts_of(keys)))
        input.fees.push_back(
            {row.get<IdBytes>("attempt_id"), row.get<std::string>("key"), row.get<money::Int128>("fee_minor"),
             row.is_null("amount") ? std::nullopt : std::optional{row.amount("amount")}, row.get<bool>("over"),
             row.get<bool>("matched"), row.get<bool>("excused"), row.get<Instant>("due_at")});
    for (const auto& row : book.tx.run(sql::load_contract_lines, book.organizer, work.treasury, texts_of(keys)))
        input.contract_lines.push_back(
            {row.get<std::string>("transaction"), row.get<EventId>("event_id"), row.amount("amount_minor")});
    return input;
}

void store_ending(const ledger::Book& book, const Ending& ending) {
    if (book.tx.execute(sql::close_break, book.organizer, ending.id, name(ending.code), ending.reason, ending.actor,
                        book.now, ending.run, ending.journal, ending.paid) == 1)
        return;
    throw Error{{Kind::conflict, "recon.closed_already", fmt::format("{} was closed meanwhile", ending.id),
                 "see its history with: passa recon show " + ending.id.text()}};
}

std::vector<BookProof> load_book(const Work& work, const std::vector<Amount>& closing) {
    std::map<std::string, BookProof> proofs;
    for (const auto& amount : closing) {
        const Amount zero{0, amount.asset()};
        proofs.emplace(amount.asset().id, BookProof{zero, zero, zero, amount, zero});
    }
    for (const auto& row : work.book.tx.run(sql::load_book, work.book.organizer, work.treasury)) {
        const auto it = proofs.find(row.get<std::string>("asset_id"));
        if (it == proofs.end()) continue; // the rail does not say how much there is of it
        it->second.book = row.amount("book");
        it->second.unseen = row.amount("unseen");
        it->second.unbooked = row.amount("unbooked");
    }
    std::vector<BookProof> all;
    for (auto& [id, proof] : proofs) {
        proof.gap = proof.book + proof.unseen + proof.unbooked - proof.chain;
        all.push_back(std::move(proof));
    }
    return all;
}

} // namespace passa::recon
