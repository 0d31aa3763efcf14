// The rules of sending, one by one. Sources: stellar-core's TransactionQueue (statuses, bans), the RPC server's
// methods.
#include "lib/stellar/tx/submit.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/xdr/codec.hpp"

#include <algorithm>
#include <array>

namespace passa::stellar::tx {
namespace {

using std::chrono::seconds;

constexpr Duration k_ledger = seconds{5};   // the network's target
constexpr Duration k_margin = 2 * k_ledger; // for reads out of order and servers behind a balancer
constexpr Duration k_poll = seconds{1};     // of an accepted transaction
constexpr int k_polls_before_resend = 10;

std::string time_text(Instant at) { return passa::to_text(std::chrono::floor<seconds>(at)); }

Finding unknown(std::string reason, Duration ask_again, std::string raw = {}) {
    return {.fate = Fate::unknown,
            .reason = std::move(reason),
            .ask_again = ask_again,
            .kind = raw.empty() ? "" : "pending",
            .raw = std::move(raw)};
}

Finding dead(std::string why, std::string raw) {
    return {.fate = Fate::dead, .reason = std::move(why), .kind = "absent", .raw = std::move(raw)};
}

std::optional<ResultText> read_base64_result(const std::string& text) {
    const auto result = xdr::decode_base64<xdr::TransactionResult>(text);
    return result ? std::optional{read_result(*result)} : std::nullopt;
}

// Our bytes, or a fee bump around them, which anybody who has seen them can make: a proxy that mixes answers up must
// not confirm anything.
bool is_envelope_of(const xdr::TransactionEnvelope& envelope, const rpc::Client& client, const Pending& pending) {
    return inner_hash(envelope, client.network_id()) == pending.hash;
}

// A wrapped transaction costs whoever wrapped it. Without the envelope nobody says who that was; we never do.
std::int64_t fee_of(const Pending& pending, const ResultText& result, const xdr::TransactionEnvelope* envelope) {
    const auto* bump = envelope == nullptr ? nullptr : envelope->find<xdr::EnvelopeType::tx_fee_bump>();
    const bool is_ours = bump == nullptr ? !result.inner_hash : to_account(bump->tx.fee_source) == pending.source;
    return is_ours ? result.fee_charged : 0;
}

// The fee bump around it was in a ledger and took its fee, and it was not executed. Only where its sequence number was
// used up all the same can it never be executed on its own, or in another fee bump. Source: stellar-core's
// TransactionFrame::commonValid, of which everything after the sequence check still uses the number.
bool is_bumped_in_vain(const ResultText& result) {
    static constexpr std::array<std::string_view, 5> k_used_up{"txFAILED", "txBAD_AUTH", "txBAD_AUTH_EXTRA",
                                                               "txINSUFFICIENT_BALANCE", "txBAD_MIN_SEQ_AGE_OR_GAP"};
    return result.code == "txFEE_BUMP_INNER_FAILED" &&
           std::find(k_used_up.begin(), k_used_up.end(), result.inner_code) == k_used_up.end();
}

// A network that began anew under the same passphrase, or a server that lost its past, knows nothing of our bytes.
constexpr const char* k_another_past = "the server's newest ledger is older than the transaction: it has another past";
bool is_another_past(const rpc::History& history, const Pending& pending) {
    return history.latest_ledger < pending.first_ledger;
}

// A server that indexes a fee bump by what it wraps may hide another ledger that has our bytes by themselves. Numbers
// only go up: one that is unused after the end was never used, and needs no history.
Finding judge_vain_bump(rpc::Client& client, const Pending& pending, const rpc::History& history,
                        const Finding& finding) {
    const auto why = "a fee bump around it came to nothing: " + finding.reason;
    if (is_another_past(history, pending)) return unknown(k_another_past, k_ledger, finding.raw);
    if (history.latest_close <= pending.valid_until + k_margin)
        return unknown(fmt::format("{}; it may be applied until {}", why, time_text(pending.valid_until)), k_ledger,
                       finding.raw);
    const auto account = rpc::find_account(client, pending.source);
    if (!account) return unknown(account.problem().message, k_ledger, finding.raw);
    if (!account->entry || account->ledger < history.latest_ledger || account->entry->seq_num >= pending.sequence)
        return unknown(why + "; its sequence number was used, and whether by it the account's statement shows",
                       k_ledger, finding.raw);
    return dead(fmt::format("{}; expired at {}, and sequence {} was not used up to ledger {}", why,
                            time_text(pending.valid_until), pending.sequence, account->ledger),
                finding.raw);
}

// Final, unless a fee bump failed (then it is dead at best) or the answer cannot be believed.
Finding found(rpc::Client& client, const Pending& pending, const rpc::TransactionAnswer& answer) {
    const auto& transaction = answer.transaction;
    Finding finding{.fate = transaction.status == rpc::Status::success ? Fate::applied : Fate::failed,
                    .ledger = transaction.ledger,
                    .closed_at = transaction.closed_at,
                    .kind = "found",
                    .raw = transaction.result};
    finding.result = read_base64_result(transaction.result);
    if (!finding.result) return unknown("the server's result cannot be read", k_ledger, transaction.result);
    finding.reason = to_text(*finding.result);
    if (finding.result->succeeded() != (finding.fate == Fate::applied)) // two halves of one answer disagree
        return unknown("the server contradicts itself: " + finding.reason, k_ledger, transaction.result);
    const auto envelope = parse_envelope_base64(transaction.envelope);
    if (!transaction.envelope.empty() && !(envelope && is_envelope_of(*envelope, client, pending)))
        return unknown("the server answers with another transaction than was asked for", k_ledger,
                       transaction.envelope);
    if (is_bumped_in_vain(*finding.result)) return judge_vain_bump(client, pending, answer.history, finding);
    finding.fee = fee_of(pending, *finding.result, envelope ? &*envelope : nullptr);
    return finding;
}

// Refusals that may pass, or that say nothing about other nodes: the bytes may still be applied until they expire.
bool may_pass(const std::string& code) {
    static constexpr std::array<std::string_view, 5> k_passing{"txINSUFFICIENT_FEE", "txTOO_LATE", "txTOO_EARLY",
                                                               "txINTERNAL_ERROR", "txBAD_SEQ"};
    return std::find(k_passing.begin(), k_passing.end(), code) != k_passing.end();
}

// Death needs every endpoint: one that was rebuilt from a copy, or stands on a fork, answers to the right passphrase,
// has a fresh clock and a long past, and knows nothing of what the others applied. So whoever found it wins, and one
// that cannot be asked leaves it open: when that one is gone for good, a person takes it out of the network's
// endpoints. `verdict` is what one of them said; when it proves nothing, any other's proof will do.
Finding hear_all(rpc::Client& client, const Pending& pending, Finding verdict) {
    std::optional<Problem> silent;
    for (const auto& heard : client.get_transaction_everywhere(to_hex(pending.hash))) {
        if (!heard) {
            silent = heard.problem();
            continue;
        }
        const auto& [transaction, history] = heard->answer;
        if (transaction.status != rpc::Status::not_found) {
            auto told = found(client, pending, heard->answer);
            if (told.fate != Fate::dead) return told;
            if (!verdict.is_final()) verdict = std::move(told);
        }
        if (verdict.is_final()) continue;
        if (auto death = judge_absence(history, pending); death.proven) verdict = dead(death.why, heard->body);
    }
    if (silent && verdict.is_final())
        return unknown(fmt::format("{}; all endpoints must be asked before it is called dead", silent->message),
                       k_ledger, std::move(verdict.raw));
    return verdict;
}

Finding hear_found(rpc::Client& client, const Pending& pending, const rpc::TransactionAnswer& answer) {
    auto told = found(client, pending, answer);
    return told.fate == Fate::dead ? hear_all(client, pending, std::move(told)) : told;
}

// A used sequence number is death, once a ledger at least as new as that knowledge has no such transaction.
Finding judge_sequence(rpc::Client& client, const Pending& pending) {
    const auto account = rpc::find_account(client, pending.source);
    if (!account) return unknown(account.problem().message, k_ledger);
    if (!account->entry) return unknown("the source account does not exist", k_ledger);
    const auto used = account->entry->seq_num;
    if (used == pending.sequence - 1) return unknown("the server's view of the account was old: send again", k_poll);
    if (used < pending.sequence)
        return unknown(
            fmt::format("the account is at sequence {}: a transaction before {} is missing", used, pending.sequence),
            k_ledger);
    const auto heard = client.get_transaction(to_hex(pending.hash));
    if (!heard) return unknown(heard.problem().message, k_ledger);
    const auto& [transaction, history] = heard->answer;
    if (transaction.status != rpc::Status::not_found) return hear_found(client, pending, heard->answer);
    if (history.latest_ledger < account->ledger) return unknown("the server's history lags behind its ledger", k_poll);
    if (is_another_past(history, pending)) return unknown(k_another_past, k_ledger, heard->body);
    if (pending.first_ledger == 0 || history.oldest_ledger > pending.first_ledger)
        return unknown("the server's history begins too late to prove that it is in no ledger", k_ledger, heard->body);
    return hear_all(client, pending,
                    dead(fmt::format("sequence {} was used by another transaction, seen in ledger {}", pending.sequence,
                                     account->ledger),
                         heard->body));
}

Finding judge_refusal(rpc::Client& client, const Pending& pending, const rpc::Heard<rpc::Sent>& heard,
                      bool first_time) {
    auto finding = find_transaction(client, pending); // it may be applied already
    if (finding.is_final()) return finding;
    const auto result = read_base64_result(heard.answer.error_result);
    if (!result) return unknown("the server refuses it without a readable result", k_ledger, heard.body);
    if (result->code == "txBAD_SEQ") return judge_sequence(client, pending);
    if (!first_time || may_pass(result->code)) {
        auto open = unknown(fmt::format("refused now: {}", to_text(*result)), k_ledger, heard.body);
        open.kind = "refused";
        open.result = result;
        return open;
    }
    return {.fate = Fate::failed, .reason = to_text(*result), .result = result, .kind = "refused", .raw = heard.body};
}

} // namespace

Result<Pending> make_pending(const xdr::TransactionEnvelope& envelope, const NetworkId& network,
                             std::uint32_t first_ledger) {
    const auto* signed_one = envelope.find<xdr::EnvelopeType::tx>();
    if (signed_one == nullptr)
        return Problem{Kind::invalid_input, "tx.not_ours", "this is not a plain transaction", "send what passa made"};
    const auto& inner = signed_one->tx;
    const auto* bounds = inner.cond.find<xdr::PreconditionType::time>();
    if (bounds == nullptr || bounds->max_time == 0 || bounds->max_time > 253'402'300'799U)
        return Problem{Kind::refused, "tx.no_end", "a transaction that never expires can never be proven dead",
                       "give the last second at which it may be applied"};
    return Pending{envelope_base64(envelope),
                   hash(envelope, network),
                   to_account(inner.source_account),
                   inner.seq_num,
                   Instant{seconds{static_cast<std::int64_t>(bounds->max_time)}},
                   inner.operations.size(),
                   first_ledger};
}

Death judge_absence(const rpc::History& history, const Pending& pending) {
    if (is_another_past(history, pending)) return {false, k_another_past};
    if (history.latest_close <= pending.valid_until + k_margin)
        return {false, fmt::format("not in a ledger up to {}; it may be applied until {}", history.latest_ledger,
                                   time_text(pending.valid_until))};
    if (pending.first_ledger == 0 || history.oldest_ledger > pending.first_ledger)
        return {false, fmt::format("the server's history begins at ledger {}, the proof needs {}: ask one that reaches "
                                   "back further",
                                   history.oldest_ledger, pending.first_ledger)};
    return {true, fmt::format("in no ledger from {} to {}, and expired at {}", pending.first_ledger,
                              history.latest_ledger, time_text(pending.valid_until))};
}

Finding find_transaction(rpc::Client& client, const Pending& pending) {
    const auto heard = client.get_transaction(to_hex(pending.hash));
    if (!heard) return unknown(heard.problem().message, k_ledger);
    const auto& [transaction, history] = heard->answer;
    if (transaction.status != rpc::Status::not_found) return hear_found(client, pending, heard->answer);
    const auto now = client.clock().now();
    auto death = judge_absence(history, pending);
    if (now - history.latest_close > client.servers().most_behind)
        death.why += fmt::format("; the server's newest ledger is of {}", time_text(history.latest_close));
    auto verdict = death.proven ? dead(death.why, heard->body) : unknown(death.why, k_poll, heard->body);
    const bool is_over = death.proven || now > pending.valid_until + k_margin;
    return is_over ? hear_all(client, pending, std::move(verdict)) : verdict;
}

Finding send_transaction(rpc::Client& client, const Pending& pending, bool first_time) {
    const auto heard = client.send_transaction(pending.envelope);
    if (!heard) {
        const auto& problem = heard.problem();
        if (problem.code == "rpc.unreachable" || problem.code == "rpc.wrong_network") throw Error{problem};
        return unknown(problem.message, k_poll);
    }
    switch (heard->answer.status) {
    case rpc::SendStatus::pending:
    case rpc::SendStatus::duplicate:
        return {.fate = Fate::accepted, .reason = "queued", .ask_again = k_poll, .kind = "sent", .raw = heard->body};
    case rpc::SendStatus::error: return judge_refusal(client, pending, *heard, first_time);
    case rpc::SendStatus::try_again_later: break; // another one of this source, a ban, a full queue: told apart by none
    }
    auto finding = find_transaction(client, pending);
    if (finding.is_final()) return finding;
    finding = unknown("the server's queue cannot take it now: send again after the next ledger", k_ledger, heard->body);
    finding.kind = "refused";
    return finding;
}

Finding send_and_wait(rpc::Client& client, const Pending& pending, const Waiting& waiting) {
    auto finding = send_transaction(client, pending, true);
    bool was_accepted = finding.fate == Fate::accepted;
    Duration waited{};
    for (int poll = 1; !finding.is_final() && waited < waiting.limit; ++poll) {
        waiting.sleep(finding.ask_again);
        waited += finding.ask_again;
        finding = find_transaction(client, pending);
        if (finding.is_final()) break;
        if (!was_accepted || poll % k_polls_before_resend == 0) { // queues drop what they took
            finding = send_transaction(client, pending, false);
            was_accepted = finding.fate == Fate::accepted;
        } else if (finding.kind == "pending") {
            finding.fate = Fate::accepted;
        }
    }
    return finding;
}

} // namespace passa::stellar::tx
