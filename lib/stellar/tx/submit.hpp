// Sending a signed transaction and learning its fate, so that nothing is ever paid twice.
//
// The bytes were stored before they are sent, and are sent again as they are. Success is proved by one answer that
// carries our own bytes. That it came to nothing (failed in a ledger, or dead) is said by every endpoint, asked by
// itself, or it stays unknown: a server may lie, lag, lose its past or stand on a fork, and only one that cannot be
// outvoted keeps money safe. Dead is what no ledger took up to its end of validity and two ledgers past it, by our own
// clock and by each endpoint's, and whose sequence number bears witness (number.hpp). An endpoint that has forgotten
// the ledger in which the others show it failed does not contradict them, where what came before is known to whoever
// asks (Pending::first_ledger). A single endpoint has nobody beside it: it must be trusted, but not for one answer
// alone.
#pragma once
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/tx/result.hpp"
#include "lib/stellar/tx/transaction.hpp"

#include <functional>

namespace passa::stellar::tx {

// All that proofs need, read from the envelope itself.
struct Pending {
    std::string envelope; // base64
    Hash256 hash{};       // of what is executed: the name that it keeps in whatever fee bump
    Hash256 outer{};      // of what is sent: another one when that is a fee bump of ours
    xdr::AccountId source;
    std::int64_t sequence = 0;
    Instant valid_until{}; // the last second
    std::size_t operations = 0;
    // Up to it no payment of ours was made: newest known when it was made, or a later one that the account's statement
    // vouches for. 0: unknown, then history proves nothing.
    std::uint32_t first_ledger = 0;
};
// Of a fee bump, what it wraps. Errors: tx.no_end for one that never expires, tx.not_ours for an old form.
Result<Pending> make_pending(const xdr::TransactionEnvelope& envelope, const NetworkId& network,
                             std::uint32_t first_ledger);

enum class Fate : std::uint8_t {
    applied,  // in a ledger, all operations
    failed,   // in a ledger without effect
    dead,     // proof that it is in no ledger and can never be
    accepted, // queued; not final
    refused,  // by the server it was sent to, which speaks for no other: it may be applied until its end
    unknown,  // ask again
};

struct Finding {
    Fate fate = Fate::unknown;
    std::string reason;
    std::optional<ResultText> result = {};
    std::int64_t fee = 0;     // stroops that it cost whoever made it; 0 when somebody else wrapped it and paid
    std::uint32_t ledger = 0; // 0: in none
    std::uint32_t since = 0;  // dead: the oldest ledger that was looked in; 0: proved without
    Instant closed_at{};
    Duration ask_again{};                // unless final
    std::string kind;                    // of evidence: sent, pending, found, refused, absent; empty: nothing came back
    std::string raw = {};                // what came: JSON, or a TransactionResult in base64 when found
    std::vector<std::string> heard = {}; // from whom
    [[nodiscard]] bool is_final() const { return fate == Fate::applied || fate == Fate::failed || fate == Fate::dead; }
};

Finding find_transaction(rpc::Client& client, const Pending& pending);

// Error (exception) rpc.unreachable, rpc.wrong_network: nothing was sent.
Finding send_transaction(rpc::Client& client, const Pending& pending);

struct Waiting {
    std::function<void(Duration)> sleep;
    Duration limit = std::chrono::seconds{60};
};
// Sends, polls, sends again; until final, refused or the limit. For what is paid once by hand; payouts do it step by
// step.
Finding send_and_wait(rpc::Client& client, const Pending& pending, const Waiting& waiting);

} // namespace passa::stellar::tx
