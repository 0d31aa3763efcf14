// From operations to a signed transaction that is ready to be sent: the next sequence number, a fee bid by what the
// last ledgers took, an end of validity, a signature. Sends nothing.
#pragma once
#include "lib/stellar/tx/sequence.hpp"
#include "lib/stellar/tx/transaction.hpp"

namespace passa::stellar::tx {

struct Draft {
    xdr::AccountId source;
    std::vector<xdr::Operation> operations;
    xdr::Memo memo = {};
    Duration valid_for = std::chrono::seconds{120};
    std::int64_t most_per_operation = 10'000; // stroops: the cap on the bid
};

struct Ready {
    xdr::TransactionEnvelope envelope;
    std::int64_t sequence = 0;
    std::int64_t fee = 0; // stroops, at most
    Instant valid_until{};
    std::uint32_t first_ledger = 0;
};

// What the network says of the next transaction.
struct Terms {
    std::int64_t bid = 0; // stroops per operation
    NextSequence next;
};

// Who signs for the draft's source. With a channel, the transaction carries the channel's number: every operation is
// the source's, and so is the fee, by a fee bump, since a channel holds no money.
struct Signers {
    Signer& source;
    Signer* channel = nullptr;
};

// Errors: those of the client and of find_next_sequence, tx.operations, tx.fee_too_large.
Result<Ready> make_ready(rpc::Client& client, Draft draft, Signer& signer, const Numbers& known = {});
// The same by terms that are known already: asks nobody.
Result<Ready> make_ready(rpc::Client& client, Draft draft, const Terms& terms, const Signers& signers);

// Stroops per operation: what nine of ten paid, at least the minimum, at most the cap.
Result<std::int64_t> choose_bid(rpc::Client& client, std::int64_t most_per_operation);

} // namespace passa::stellar::tx
