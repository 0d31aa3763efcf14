// One function per standing; which states may follow is the table's business.
#include "lib/payout/outcome.hpp"

#include "lib/ledger/journal.hpp"
#include "lib/payout/reserve.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

namespace passa::payout {
namespace {

using ledger::AccountKind;
using rail::Standing;

// What one recording needs to know.
struct Record {
    db::Transaction& tx;
    const Desk& desk;
    const Batch& batch;
    const LiveAttempt& live;
    const rail::Outcome& outcome;
    std::optional<EvidenceId> evidence;
};

void store_evidence(Record& r) {
    if (!r.outcome.evidence) return;
    const auto& e = *r.outcome.evidence;
    r.evidence = r.desk.ids.make<EvidenceTag>();
    r.tx.run(sql::insert_evidence, r.desk.organizer, *r.evidence, r.batch.treasury.rail, e.kind, e.external_ref, e.raw,
             e.details.empty() ? std::string{"{}"} : e.details, e.seen_at, r.live.id);
}

void set_attempt_state(const Record& r, std::string_view to) {
    const auto proof = to == "dead" ? r.evidence : std::nullopt;
    if (r.tx.execute(sql::set_attempt_state, r.desk.organizer, r.live.id, r.live.state, to, r.desk.clock.now(),
                     proof) != 1)
        throw Error{{Kind::busy, "payout.moved", fmt::format("attempt {} is no longer {}", r.live.id, r.live.state),
                     "look at it with: passa payout show"}};
}

void step(const Record& r, const AttemptLine& line, Cause cause, const std::string& reason) {
    take_step(r.tx, r.desk, {line.payout, line.state, cause, reason, r.evidence});
}

void post_fee(const Record& r) {
    if (!r.outcome.fee || r.outcome.fee->is_zero()) return;
    const auto& fee = *r.outcome.fee;
    const auto now = r.desk.clock.now();
    r.tx.run(sql::ensure_asset, r.desk.organizer, fee.asset().id, fee.asset().scale);
    ledger::post({r.tx, r.desk.organizer, r.desk.ids, now},
                 {"network_fee",
                  r.live.id.bytes(),
                  "",
                  r.batch.event,
                  now,
                  r.live.attempt.key,
                  {{{AccountKind::network_fee, {}, {}, r.batch.treasury.id}, fee},
                   {{AccountKind::treasury, {}, {}, r.batch.treasury.id}, -fee}}});
}

void confirm(const Record& r) {
    set_attempt_state(r, "confirmed");
    const auto now = r.desk.clock.now();
    for (const auto& line : r.live.lines) {
        step(r, line, Cause::proof_of_success, r.outcome.reason);
        ledger::post({r.tx, r.desk.organizer, r.desk.ids, now},
                     {"payout_done",
                      line.payout.bytes(),
                      "",
                      r.batch.event,
                      now,
                      r.live.attempt.key,
                      {{{AccountKind::payout_clearing, {}, {}, r.batch.treasury.id}, line.amount},
                       {{AccountKind::treasury, {}, {}, r.batch.treasury.id}, -line.amount}}});
    }
    post_fee(r);
}

void bury(const Record& r) {
    if (!r.evidence)
        throw Error{{Kind::internal, "payout.no_evidence",
                     fmt::format("rail {} calls attempt {} dead without evidence", r.batch.treasury.rail, r.live.id),
                     ""}};
    set_attempt_state(r, "dead");
    r.tx.run(sql::end_attempt_lines, r.desk.organizer, r.live.id);
    for (std::size_t i = 0; i < r.live.lines.size(); ++i) {
        const auto& line = r.live.lines[i];
        const bool at_fault =
            r.outcome.standing == Standing::failed && i < r.outcome.lines.size() && r.outcome.lines[i].at_fault;
        const auto& code = i < r.outcome.lines.size() ? r.outcome.lines[i].code : r.outcome.reason;
        step(r, line, at_fault ? Cause::proof_of_failure : Cause::proof_of_absence, at_fault ? code : r.outcome.reason);
        if (at_fault) release(r.tx, r.desk, line.payout, code);
    }
    post_fee(r);
}

void leave_open(const Record& r, std::string_view attempt_state, Cause cause) {
    set_attempt_state(r, attempt_state);
    for (const auto& line : r.live.lines) step(r, line, cause, r.outcome.reason);
}

// The state an open attempt is in after this answer; nothing: it stays as it is.
std::optional<std::string> find_open_state(const LiveAttempt& live, Standing standing) {
    std::string wanted = standing == Standing::accepted ? "sent" : "unknown";
    if (live.state == wanted) return std::nullopt;
    return wanted;
}

void record(const Record& r) {
    switch (r.outcome.standing) {
    case Standing::confirmed: return confirm(r);
    case Standing::failed:
    case Standing::absent: return bury(r);
    case Standing::accepted: return leave_open(r, "sent", Cause::rail_accepted);
    case Standing::unknown: return leave_open(r, "unknown", Cause::no_answer);
    }
}

} // namespace

void record_outcome(Lease& lease, const Batch& batch, LiveAttempt& live, const rail::Outcome& outcome) {
    const auto busy_with = in("recording the outcome of attempt {}", live.id);
    const bool is_open = outcome.standing == Standing::accepted || outcome.standing == Standing::unknown;
    const auto open_state = find_open_state(live, outcome.standing);
    if (is_open && !open_state) return;
    lease.write(fmt::format("payout.outcome.{}", rail::name(outcome.standing)), [&](db::Transaction& tx) {
        Record r{tx, lease.desk(), batch, live, outcome, {}};
        store_evidence(r);
        record(r);
    });
    if (!is_open) return;
    live.state = *open_state;
    for (auto& line : live.lines)
        line.state = next(line.state, outcome.standing == Standing::accepted ? Cause::rail_accepted : Cause::no_answer);
}

} // namespace passa::payout
