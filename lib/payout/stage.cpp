// Rows by COPY, questions by SQL.
#include "lib/payout/stage.hpp"

#include "lib/base/text.hpp"
#include "lib/db/cursor.hpp"
#include "lib/payout/canonical.hpp"
#include "lib/payout/create.hpp"
#include "lib/payout/plan.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

namespace passa::payout {
namespace {

const std::vector<std::string> k_staged_columns = {"id",           "payee",         "seq",
                                                   "party_id",     "event_id",      "source",
                                                   "reference",    "file_line",     "row_key",
                                                   "owed_minor",   "owed_asset_id", "netted_minor",
                                                   "amount_minor", "asset_id",      "exchange_rate_id",
                                                   "rail",         "destination",   "memo",
                                                   "own_memo",     "state",         "cause",
                                                   "reason"};

Cause cause_of(const Payout& payout) { return payout.reason.empty() ? Cause::checked : Cause::refused_by_check; }

std::string paid_already(const db::Row& row) {
    const auto line = row.get<std::optional<std::int64_t>>("earlier_line");
    return fmt::format("in batch {} of {}{} already: payout {} is {}", row.get<BatchId>("batch_id"),
                       to_text(row.get<Instant>("made_at")), line ? fmt::format(", line {} of its file,", *line) : "",
                       row.get<PayoutId>("id"), row.get<std::string>("state"));
}

// The same key for another payment.
Problem key_differs(const db::Row& row) {
    return {Kind::conflict, "payout.key_differs",
            fmt::format("the key {} stands for {} to {}, and here for {} to {}: payout {} of batch {} is {}",
                        printable(row.get<std::string>("row_key"), 60), row.amount("earlier_minor", "earlier_").text(),
                        printable(row.get<std::optional<std::string>>("earlier_payee").value_or("nobody"), 60),
                        row.amount("amount_minor").text(), printable(row.get<std::string>("payee"), 60),
                        row.get<PayoutId>("id"), row.get<BatchId>("batch_id"), row.get<std::string>("state")),
            "a key names one payment for ever: give another one a key of its own"};
}

Problem line_known(const db::Row& row) {
    const auto key = row.get<std::optional<std::string>>("row_key");
    const auto named = key ? fmt::format("key {}", printable(*key, 60))
                           : fmt::format("reference {}", printable(row.get<std::string>("reference"), 60));
    return {Kind::conflict, "payout.line_known", fmt::format("this payment with {} is {}", named, paid_already(row)),
            "add --again to pay the other lines alone; if it is another payment, give it a reference of its own"};
}

} // namespace

void Stage::begin() {
    m_tx.run(sql::make_payout_staging);
    m_copy.emplace(m_tx.copy_in("payout_staging", k_staged_columns));
}

void Stage::add(const Payout& p, std::string_view payee) {
    const auto cause = cause_of(p);
    const db::Parameter fields[] = {db::to_parameter(p.id),
                                    db::to_parameter(payee),
                                    db::to_parameter(m_seq++),
                                    db::to_parameter(p.party),
                                    db::to_parameter(p.event),
                                    db::to_parameter(p.source),
                                    db::to_parameter(p.reference),
                                    db::to_parameter(p.file_line),
                                    db::to_parameter(p.row_key),
                                    db::to_parameter(p.owed.minor()),
                                    db::to_parameter(p.owed.asset().id),
                                    db::to_parameter(p.netted.minor()),
                                    db::to_parameter(p.amount.minor()),
                                    db::to_parameter(p.amount.asset().id),
                                    db::to_parameter(p.exchange_rate),
                                    db::to_parameter(p.rail),
                                    db::to_parameter(p.destination),
                                    db::to_parameter(p.memo),
                                    db::to_parameter(p.own_memo),
                                    db::to_parameter(name(next(State::planned, cause))),
                                    db::to_parameter(name(cause)),
                                    db::to_parameter(printable(p.reason, k_longest_reason))};
    static_assert(std::size(fields) == 22);
    m_copy->row(fields);
}

void Stage::end_adding() {
    m_copy->finish();
    m_copy.reset();
    m_tx.run(sql::analyze_staged);
}

std::int64_t Stage::mark_known(const Hash256& file) { return m_tx.execute(sql::mark_known, m_organizer, file); }

Findings Stage::tell_known(const std::string& path) {
    Findings findings;
    const auto most = static_cast<std::int64_t>(k_most_problems);
    for (const auto& row : m_tx.run(sql::load_known, m_organizer, most)) {
        auto problem = row.get<bool>("differs") ? key_differs(row) : line_known(row);
        const auto line = row.get<std::optional<std::int64_t>>("file_line");
        problem.place = Place{path, static_cast<int>(line.value_or(0)), 1, {}, {}};
        findings.add(std::move(problem));
    }
    return findings;
}

void Stage::leave_known() { m_tx.run(sql::leave_known); }

void Stage::block_contested() {
    m_tx.run(sql::block_contested, m_organizer, name(next(State::planned, Cause::refused_by_check)),
             name(Cause::refused_by_check), k_contested);
}

std::vector<StateSum> Stage::sums() { return read_sums(m_tx.run(sql::sum_staged, m_organizer)); }

Stage::Seen Stage::look(const Batch& batch, std::size_t most) {
    Seen seen;
    BatchHash whole{batch};
    db::Cursor cursor{m_tx, sql::load_staged, m_organizer};
    cursor.each([&](const db::Row& row) {
        auto payout = read_intent(row);
        whole.add(payout);
        if (seen.first.size() == most) return;
        payout.party_name = row.get<std::optional<std::string>>("party_name");
        payout.state = parse_state(row.get<std::string>("state")).value_or_throw();
        payout.reason = row.get<std::string>("reason");
        seen.first.push_back(std::move(payout));
    });
    seen.sha256 = whole.finish();
    return seen;
}

void Stage::store(const Desk& desk, const Batch& batch) {
    m_tx.run(sql::insert_payouts, m_organizer, batch.id, desk.actor, batch.made_at);
}

} // namespace passa::payout
