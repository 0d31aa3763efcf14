// One function per standing; which states may follow is the table's business.
#include "lib/payout/outcome.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/ledger/journal.hpp"
#include "lib/payout/reserve.hpp"
#include "lib/payout/store.hpp"
#include "payout_sql.hpp"

#include <map>

namespace passa::payout {
namespace {

using ledger::AccountKind;
using rail::Standing;

constexpr std::size_t k_most_raw =
    std::size_t{64} * 1024; // bytes of one answer that are kept: whoever answers may be hostile

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
    const bool cut = e.raw.size() > k_most_raw;
    const Bytes kept(e.raw.begin(), e.raw.begin() + static_cast<std::ptrdiff_t>(cut ? k_most_raw : e.raw.size()));
    const auto whole_bytes = cut ? std::optional{static_cast<std::int64_t>(e.raw.size())} : std::nullopt;
    const auto whole_hash = cut ? std::optional{crypto::sha256(e.raw)} : std::nullopt;
    r.tx.run(sql::insert_evidence, r.desk.organizer, *r.evidence, r.batch.treasury.rail, e.kind, e.external_ref, kept,
             e.details.empty() ? std::string{"{}"} : e.details, e.seen_at, r.live.id, whole_bytes, whole_hash);
}

void set_attempt_state(const Record& r, std::string_view to) {
    const auto proof = to == "dead" ? r.evidence : std::nullopt;
    if (r.tx.execute(sql::set_attempt_state, r.desk.organizer, r.live.id, r.live.state, to, r.desk.clock.now(),
                     proof) != 1)
        throw Error{{Kind::busy, "payout.moved", fmt::format("attempt {} is no longer {}", r.live.id, r.live.state),
                     "look at it with: passa payout show"}};
}

// Lines may stand in different states: a person may have closed a break about one of them.
void step(const Record& r, const std::vector<AttemptLine>& lines, Cause cause, const std::string& reason) {
    std::map<State, std::vector<PayoutId>> by_state;
    for (const auto& line : lines) by_state[line.state].push_back(line.payout);
    for (const auto& [state, payouts] : by_state) take_steps(r.tx, r.desk, payouts, {state, cause, reason, r.evidence});
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

void require_evidence(const Record& r, std::string_view called) {
    if (r.evidence) return;
    throw Error{{Kind::internal, "payout.no_evidence",
                 fmt::format("rail {} calls attempt {} {} without evidence", r.batch.treasury.rail, r.live.id, called),
                 ""}};
}

void confirm(const Record& r) {
    require_evidence(r, "confirmed");
    set_attempt_state(r, "confirmed");
    step(r, r.live.lines, Cause::proof_of_success, r.outcome.reason);
    const auto now = r.desk.clock.now();
    const auto& treasury = r.batch.treasury.id;
    std::vector<ledger::Alike> paid;
    for (const auto& line : r.live.lines)
        paid.push_back({line.payout.bytes(),
                        {{{AccountKind::payout_clearing, {}, {}, treasury}, line.amount},
                         {{AccountKind::treasury, {}, {}, treasury}, -line.amount}}});
    ledger::post_each({r.tx, r.desk.organizer, r.desk.ids, now},
                      {"payout_done", {}, "", r.batch.event, now, r.live.attempt.key, {}}, paid);
    post_fee(r);
}

void bury(const Record& r) {
    require_evidence(r, "dead");
    set_attempt_state(r, "dead");
    r.tx.run(sql::end_attempt_lines, r.desk.organizer, r.live.id);
    std::vector<AttemptLine> innocent;
    for (std::size_t i = 0; i < r.live.lines.size(); ++i) {
        const auto& line = r.live.lines[i];
        const bool at_fault =
            r.outcome.standing == Standing::failed && i < r.outcome.lines.size() && r.outcome.lines[i].at_fault;
        if (!at_fault) {
            innocent.push_back(line);
            continue;
        }
        step(r, {line}, Cause::proof_of_failure, r.outcome.lines[i].code);
        release(r.tx, r.desk, line.payout, r.outcome.lines[i].code);
    }
    step(r, innocent, Cause::proof_of_absence, r.outcome.reason);
    post_fee(r);
}

void leave_open(const Record& r, std::string_view attempt_state, Cause cause) {
    set_attempt_state(r, attempt_state);
    step(r, r.live.lines, cause, r.outcome.reason);
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

void rehearse_outcome(db::Transaction& tx, const Desk& desk, const Proof& proof) {
    Record r{tx, desk, proof.batch, proof.live, proof.outcome, {}};
    store_evidence(r);
    record(r);
}

} // namespace passa::payout
