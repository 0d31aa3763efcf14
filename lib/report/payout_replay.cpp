// The rules of a payout's life, asked again of what is stored.
#include "lib/payout/approve.hpp"
#include "lib/payout/state.hpp"
#include "lib/report/payout_facts.hpp"

#include <algorithm>

namespace passa::report {
namespace {

using money::Amount;
using payout::State;

void require(bool holds, const PayoutFacts& facts, std::string_view what) {
    if (holds) return;
    throw Error{{Kind::balance_gap, "explain.payout_differs",
                 fmt::format("payout {} does not follow from what is stored: {}", facts.payout.id, what),
                 "send nothing more from its batch, and run: passa ledger check"}};
}

void replay_approvals(const PayoutFacts& f) {
    for (const auto& approval : f.approvals) {
        require(approval.sha256 == f.batch.sha256, f, "its batch was approved with another hash");
        require(payout::may_approve(f.batch, approval.approved_by), f,
                "its batch was approved by its maker, which the policy forbids");
    }
    const bool needs_approval = f.batch.state != "awaiting_approval" && f.batch.state != "cancelled";
    require(!needs_approval || !f.approvals.empty(), f, "its batch was taken up without an approval");
}

// Blocked for want of a rate, a payout has no amount yet.
void replay_conversion(const PayoutFacts& f) {
    if (f.payout.amount.is_zero() && !f.conversion) return;
    const auto amount =
        f.conversion ? money::convert(f.payout.owed, f.conversion->exchange, money::Rounding::floor).value_or_throw()
                     : f.payout.owed;
    require(amount == f.payout.amount, f, "its amount is not what is owed at its exchange rate");
    require(f.rate_follows, f, "another exchange rate was in force when its batch was made");
}

payout::Cause cause_named(const std::string& name, const PayoutFacts& f) {
    const auto moves = payout::moves();
    const auto it =
        std::find_if(moves.begin(), moves.end(), [&](const payout::Move& m) { return payout::name(m.cause) == name; });
    require(it != moves.end(), f, "a move has a cause that there is not");
    return it->cause;
}

void replay_moves(const PayoutFacts& f) {
    auto state = State::planned;
    std::int64_t seq = 0;
    for (const auto& move : f.moves) {
        require(move.seq == ++seq, f, "a move is missing");
        require(payout::name(state) == move.from, f, "a move begins elsewhere than the one before ended");
        const auto cause = cause_named(move.cause, f);
        const auto moves = payout::moves();
        const bool allowed = std::any_of(moves.begin(), moves.end(), [&](const payout::Move& m) {
            return m.from == state && m.cause == cause && payout::name(m.to) == move.to;
        });
        require(allowed, f, "a move is not in the table of moves");
        state = payout::next(state, cause);
    }
    require(state == f.payout.state, f, "its moves do not end in the state it is in");
}

bool is_proof(payout::Cause cause) {
    using C = payout::Cause;
    return cause == C::proof_of_success || cause == C::proof_of_failure || cause == C::proof_of_absence;
}

// Evidence of the very attempt that the move is about: one that is confirmed, or one that is dead.
bool is_proved(const PayoutFacts& f, const MoveFacts& move, payout::Cause cause) {
    const auto evidence =
        std::find_if(f.evidence.begin(), f.evidence.end(), [&](const auto& e) { return e.id == move.evidence; });
    if (evidence == f.evidence.end()) return false;
    const std::string_view state = cause == payout::Cause::proof_of_success ? "confirmed" : "dead";
    return std::any_of(f.attempts.begin(), f.attempts.end(),
                       [&](const auto& a) { return a.id == evidence->attempt && a.state == state; });
}

void replay_proofs(const PayoutFacts& f) {
    for (const auto& move : f.moves) {
        const auto cause = cause_named(move.cause, f);
        require(!is_proof(cause) || is_proved(f, move, cause), f, "a move by proof has no evidence of its attempt");
    }
}

bool is_paid(State state) { return state == State::confirmed || state == State::settled; }

bool is_open(State state) {
    return state == State::reserved || state == State::sending || state == State::accepted || state == State::unknown;
}

void replay_attempts(const PayoutFacts& f) {
    const auto live = std::count_if(f.attempts.begin(), f.attempts.end(), [](const auto& a) { return a.live; });
    require(live <= 1, f, "two attempts of it are not proved dead");
    const bool confirmed = std::any_of(f.attempts.begin(), f.attempts.end(),
                                       [](const auto& a) { return a.live && a.state == "confirmed"; });
    require(!is_paid(f.payout.state) || confirmed, f, "it counts as paid without a confirmed attempt");
    for (const auto& evidence : f.evidence) require(evidence.is_whole, f, "its evidence does not have its hash");
}

Amount sum_of(const PayoutFacts& f, const money::Asset& asset, std::initializer_list<std::string_view> accounts,
              std::string_view kind) {
    auto sum = Amount{0, asset};
    for (const auto& p : f.postings)
        if (!p.is_shared && p.amount.asset() == asset && (kind.empty() || p.kind == kind) &&
            std::find(accounts.begin(), accounts.end(), p.account) != accounts.end())
            sum += p.amount;
    return sum;
}

// While it is open the clearing account holds its amount, before and after it holds nothing of it.
void replay_postings(const PayoutFacts& f) {
    const auto& amount = f.payout.amount;
    const auto clearing = sum_of(f, amount.asset(), {"payout_clearing"}, {});
    const auto expected = is_open(f.payout.state) ? -amount : Amount{0, amount.asset()};
    require(clearing == expected, f, "the clearing account does not hold what it should");
    const auto treasury = sum_of(f, amount.asset(), {"treasury"}, {});
    require(!is_paid(f.payout.state) || treasury == -amount, f, "the treasury was not charged its amount");
    if (!is_open(f.payout.state) && !is_paid(f.payout.state)) return;
    const auto debited =
        sum_of(f, f.payout.owed.asset(), {"party_payable", "commission_payable", "expense"}, "payout_reserve");
    require(debited == f.payout.owed, f, "what is owed was not debited with it");
    if (!f.conversion) return;
    const auto rounding = sum_of(f, f.payout.owed.asset(), {"fx_rounding"}, "payout_reserve");
    require(rounding == -f.conversion->rounding, f, "the rounding account does not hold what the conversion left over");
}

// What its event brings and what is set against it, as the batch said: debts of other events, no more and no less.
void replay_parts(const PayoutFacts& f) {
    if (f.parts.empty()) return;
    const auto& own = f.parts.front();
    require(own.owed == f.payout.owed + f.payout.netted, f, "its event does not give what is owed and what is netted");
    auto others = Amount{0, f.payout.owed.asset()};
    for (auto it = f.parts.begin() + 1; it != f.parts.end(); ++it) others += it->owed;
    require(others == -f.payout.netted, f, "what was set against other events is not what it nets");
}

rail::Order order_of(const payout::Payout& payout) {
    return {payout.id.text(), payout.destination.value_or(""), payout.memo.value_or(""), payout.amount};
}

} // namespace

void replay_bytes(PayoutFacts& facts, const BytesReader& reader) {
    const auto order = order_of(facts.payout);
    for (auto& attempt : facts.attempts) {
        const auto finding = reader.attempt(attempt, order);
        require(finding.value_or("").empty(), facts, "the bytes of an attempt: " + finding.value_or(""));
        attempt.is_read = finding.has_value();
    }
    for (auto& evidence : facts.evidence) {
        if (evidence.is_cut) continue;
        const auto finding = reader.evidence(facts.batch.treasury.rail, evidence.stored);
        require(finding.value_or("").empty(), facts, "the bytes of its evidence: " + finding.value_or(""));
        evidence.is_read = finding.has_value();
    }
}

void replay_payout(const PayoutFacts& facts) {
    replay_approvals(facts);
    replay_conversion(facts);
    replay_moves(facts);
    replay_attempts(facts);
    replay_proofs(facts);
    replay_postings(facts);
    replay_parts(facts);
}

} // namespace passa::report
