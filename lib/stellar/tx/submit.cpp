// The rules of sending, one by one. Sources: stellar-core's TransactionQueue (statuses, bans), the RPC server's
// methods.
#include "lib/stellar/tx/submit.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/number.hpp"
#include "lib/stellar/xdr/codec.hpp"

#include <nlohmann/json.hpp>

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

std::optional<ResultText> read_base64_result(const std::string& text) {
    const auto result = xdr::decode_base64<xdr::TransactionResult>(text);
    return result ? std::optional{read_result(*result)} : std::nullopt;
}

// Our bytes, or a fee bump around them, which anybody who has seen them can make: who does not show them proves
// nothing.
std::optional<xdr::TransactionEnvelope> find_own(const std::string& text, const rpc::Client& client,
                                                 const Pending& pending) {
    auto envelope = parse_envelope_base64(text);
    if (!envelope || inner_hash(*envelope, client.network_id()) != pending.hash) return std::nullopt;
    return std::move(envelope).value();
}

// A wrapped transaction costs whoever wrapped it.
std::int64_t fee_of(const Pending& pending, const ResultText& result, const xdr::TransactionEnvelope& envelope) {
    const auto* bump = envelope.find<xdr::EnvelopeType::tx_fee_bump>();
    const bool is_ours = bump == nullptr || to_account(bump->tx.fee_source) == pending.source;
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

// In a ledger, as one server tells it. Unknown when that cannot be believed.
Finding read_found(const rpc::Client& client, const Pending& pending, const rpc::Transaction& transaction) {
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
    const auto envelope = find_own(transaction.envelope, client, pending);
    if (!envelope) return unknown("the server does not show our bytes in its answer", k_ledger, transaction.envelope);
    finding.fee = fee_of(pending, *finding.result, *envelope);
    return finding;
}

// Why an endpoint that shows no result of it cannot know that there will never be one; empty: it can.
std::string find_early_doubt(rpc::Client& client, const Pending& pending, const rpc::History& history) {
    const auto end = pending.valid_until + k_margin;
    if (client.clock().now() <= end)
        return fmt::format("not in a ledger up to {}; it may be applied until {}", history.latest_ledger,
                           time_text(pending.valid_until));
    // A network that began anew under the same passphrase, or a server that lost its past, knows nothing of our bytes.
    if (history.latest_ledger < pending.first_ledger)
        return "the server's newest ledger is older than the transaction: it has another past";
    if (history.latest_close <= end)
        return fmt::format("the server's newest ledger is of {}, and the proof needs one after {}",
                           time_text(history.latest_close), time_text(end));
    return {};
}

// By the name that it keeps; and by that of our fee bump, should a server list it under that one alone.
Result<rpc::Heard<rpc::TransactionAnswer>> ask_for(rpc::Client& client, const Pending& pending, rpc::Whom whom = {}) {
    auto heard = client.get_transaction(to_hex(pending.hash), whom);
    if (!heard || pending.outer == pending.hash || heard->answer.transaction.status != rpc::Status::not_found)
        return heard;
    return client.get_transaction(to_hex(pending.outer), whom);
}

// What one endpoint proves by itself.
Finding ask_endpoint(rpc::Client& client, std::size_t endpoint, const Pending& pending) {
    const auto heard = ask_for(client, pending, endpoint);
    if (!heard) return unknown(heard.problem().message, k_ledger);
    const auto& transaction = heard->answer.transaction;
    std::int64_t in_vain = 0; // stroops that a fee bump took for nothing
    if (transaction.status != rpc::Status::not_found) {
        auto finding = read_found(client, pending, transaction);
        in_vain = finding.fee;
        if (finding.fate != Fate::failed || !is_bumped_in_vain(*finding.result)) return finding;
    }
    const auto& history = heard->answer.history;
    auto early = find_early_doubt(client, pending, history);
    if (!early.empty()) return unknown(std::move(early), k_ledger, heard->body);
    auto proof = prove_by_number(client, endpoint, {pending, history, pending.valid_until + k_margin});
    // A server that indexes a fee bump by what it wraps may hide another ledger that has our bytes by themselves.
    if (proof.doubt.empty() && proof.since != 0 && transaction.status != rpc::Status::not_found)
        proof.doubt = "a fee bump around it came to nothing, and its sequence number was used: whether by it the "
                      "account's statement shows";
    if (!proof.doubt.empty()) return unknown(std::move(proof.doubt), k_ledger, heard->body);
    return {.fate = Fate::dead,
            .reason = fmt::format("in no ledger up to {}, and expired at {}; {}", history.latest_ledger,
                                  time_text(pending.valid_until), proof.reason),
            .fee = in_vain,
            .since = proof.since,
            .kind = "absent",
            .raw = nlohmann::json{{"answer", heard->body}, {"proof", nlohmann::json::parse(proof.raw)}}.dump(
                -1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

// Evidence that names who said what.
std::string all_answers(const std::vector<Finding>& told) {
    auto answers = nlohmann::json::array();
    for (const auto& one : told) answers.push_back({{"endpoint", one.heard.front()}, {"answer", one.raw}});
    return answers.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Finding join_unknown(const std::vector<Finding>& told, std::string_view what) {
    std::string reason{what};
    for (const auto& one : told)
        reason += fmt::format("{}{}: {}", &one == told.data() ? "" : "; ", one.heard.front(), one.reason);
    return unknown(std::move(reason), k_ledger, all_answers(told));
}

// A server that no longer knows the ledger in which another shows that it failed.
bool has_forgotten(const Finding& one, const Finding& failed) {
    return one.fate == Fate::dead && failed.fate == Fate::failed && one.since > failed.ledger;
}

bool agrees(const Finding& one, const Finding& first) {
    if (has_forgotten(one, first)) return true;
    return one.fate == first.fate && one.ledger == first.ledger && (one.fate == Fate::dead || one.raw == first.raw);
}

// Success wins: it carries our bytes. Everything else must be the same from everyone who can know.
Finding join(std::vector<Finding> told) {
    const auto is = [](Fate fate) { return [fate](const Finding& one) { return one.fate == fate; }; };
    const auto applied = std::find_if(told.begin(), told.end(), is(Fate::applied));
    const auto failed = std::find_if(told.begin(), told.end(), is(Fate::failed));
    const bool any_failed = failed != told.end();
    if (applied != told.end() && !any_failed) return *applied;
    auto open = told;
    std::erase_if(open, [](const Finding& one) { return one.is_final(); });
    if (told.size() == 1) return told.front();
    if (!open.empty())
        return any_failed ? join_unknown(told, "not all servers say that it failed: ") : join_unknown(open, "");
    const auto& first = any_failed ? *failed : told.front();
    if (!std::all_of(told.begin(), told.end(), [&](const Finding& one) { return agrees(one, first); }))
        return join_unknown(told, "the servers contradict each other: ");
    auto agreed = first;
    agreed.heard.clear();
    for (const auto& one : told) {
        agreed.heard.push_back(one.heard.front());
        if (has_forgotten(one, first))
            agreed.reason += fmt::format("; {}: {}, seen from {} on", one.heard.front(), one.reason, one.since);
    }
    if (agreed.fate == Fate::dead) agreed.raw = all_answers(told);
    return agreed;
}

Finding ask_all(rpc::Client& client, const Pending& pending) {
    std::vector<Finding> told;
    for (std::size_t endpoint = 0; endpoint < client.endpoints(); ++endpoint) {
        auto finding = ask_endpoint(client, endpoint, pending);
        if (client.is_of_another_network(endpoint)) continue;
        finding.heard = {client.origin(endpoint)};
        told.push_back(std::move(finding));
    }
    return told.empty() ? unknown("no server of this network can be asked", k_ledger) : join(std::move(told));
}

// Refusals that may pass by themselves.
bool may_pass(const std::string& code) {
    static constexpr std::array<std::string_view, 5> k_passing{"txINSUFFICIENT_FEE", "txTOO_LATE", "txTOO_EARLY",
                                                               "txINTERNAL_ERROR", "txBAD_SEQ"};
    return std::find(k_passing.begin(), k_passing.end(), code) != k_passing.end();
}

Finding judge_refusal(rpc::Client& client, const Pending& pending, const rpc::Heard<rpc::Sent>& heard) {
    auto finding = find_transaction(client, pending); // it may be applied already
    if (finding.is_final()) return finding;
    const auto result = read_base64_result(heard.answer.error_result);
    if (!result) return unknown("the server refuses it without a readable result", k_ledger, heard.body);
    if (may_pass(result->code)) return unknown(fmt::format("refused now: {}", to_text(*result)), k_ledger, heard.body);
    return {.fate = Fate::refused,
            .reason = to_text(*result),
            .result = result,
            .ask_again = k_ledger,
            .kind = "refused",
            .raw = heard.body,
            .heard = {heard.origin}};
}

} // namespace

Result<Pending> make_pending(const xdr::TransactionEnvelope& envelope, const NetworkId& network,
                             std::uint32_t first_ledger) {
    const auto* signed_one = find_plain(envelope);
    if (signed_one == nullptr)
        return Problem{Kind::invalid_input, "tx.not_ours", "this is a transaction of an old form",
                       "send what passa made"};
    const auto& inner = signed_one->tx;
    const auto* bounds = inner.cond.find<xdr::PreconditionType::time>();
    if (bounds == nullptr || bounds->max_time == 0 || bounds->max_time > 253'402'300'799U)
        return Problem{Kind::refused, "tx.no_end", "a transaction that never expires can never be proven dead",
                       "give the last second at which it may be applied"};
    return Pending{envelope_base64(envelope),
                   inner_hash(envelope, network),
                   hash(envelope, network),
                   to_account(inner.source_account),
                   inner.seq_num,
                   Instant{seconds{static_cast<std::int64_t>(bounds->max_time)}},
                   inner.operations.size(),
                   first_ledger};
}

Finding find_transaction(rpc::Client& client, const Pending& pending) {
    const auto heard = ask_for(client, pending);
    if (!heard) return unknown(heard.problem().message, k_ledger);
    const auto& [transaction, history] = heard->answer;
    if (transaction.status == rpc::Status::success) {
        auto finding = read_found(client, pending, transaction);
        finding.heard = {heard->origin};
        if (finding.fate == Fate::applied) return finding;
    }
    const auto now = client.clock().now();
    if (transaction.status != rpc::Status::not_found || now > pending.valid_until + k_margin)
        return ask_all(client, pending);
    auto why = fmt::format("not in a ledger up to {}; it may be applied until {}", history.latest_ledger,
                           time_text(pending.valid_until));
    if (now - history.latest_close > client.servers().most_behind)
        why += fmt::format("; the server's newest ledger is of {}", time_text(history.latest_close));
    return unknown(std::move(why), k_poll, heard->body);
}

Finding send_transaction(rpc::Client& client, const Pending& pending) {
    const auto heard = client.send_transaction(pending.envelope);
    if (!heard) {
        const auto& problem = heard.problem();
        if (problem.code == "rpc.unreachable" || problem.code == "rpc.wrong_network") throw Error{problem};
        return unknown(problem.message, k_poll);
    }
    switch (heard->answer.status) {
    case rpc::SendStatus::pending:
    case rpc::SendStatus::duplicate:
        return {.fate = Fate::accepted,
                .reason = "queued",
                .ask_again = k_poll,
                .kind = "sent",
                .raw = heard->body,
                .heard = {heard->origin}};
    case rpc::SendStatus::error: return judge_refusal(client, pending, *heard);
    case rpc::SendStatus::try_again_later: break; // another one of this source, a ban, a full queue: told apart by none
    }
    auto finding = find_transaction(client, pending);
    if (finding.is_final()) return finding;
    return unknown("the server's queue cannot take it now: send again after the next ledger", k_ledger, heard->body);
}

Finding send_and_wait(rpc::Client& client, const Pending& pending, const Waiting& waiting) {
    auto finding = send_transaction(client, pending);
    if (finding.fate == Fate::refused) return finding; // by the only server that ever had it
    bool was_accepted = finding.fate == Fate::accepted;
    Duration waited{};
    for (int poll = 1; !finding.is_final() && waited < waiting.limit; ++poll) {
        waiting.sleep(finding.ask_again);
        waited += finding.ask_again;
        finding = find_transaction(client, pending);
        if (finding.is_final()) break;
        if (!was_accepted || poll % k_polls_before_resend == 0) { // queues drop what they took
            finding = send_transaction(client, pending);
            was_accepted = finding.fate == Fate::accepted;
        } else if (finding.kind == "pending") {
            finding.fate = Fate::accepted;
        }
    }
    return finding;
}

} // namespace passa::stellar::tx
