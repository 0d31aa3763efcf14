// Whether a transaction is signed by enough: the weights of those who signed against what its accounts ask for.
// Source: stellar-core, TransactionFrame::processSignatures and the operations' threshold levels.
#pragma once
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/tx/transaction.hpp"

namespace passa::stellar::tx {

struct SignerWeight {
    std::string key; // G, T, X or P
    std::uint32_t weight = 0;
    bool has_signed = false;
};
struct Reached { // of one account that must agree
    std::string account;
    std::uint32_t needed = 0, weight = 0;
    std::vector<SignerWeight> signers;
    // Where nothing is asked for, one signature is.
    [[nodiscard]] bool is_enough() const { return weight > 0 && weight >= needed; }
};
struct Weighed {
    std::vector<Reached> accounts; // the source first
    std::size_t strangers = 0;     // signatures of nobody who is asked: the network refuses them
    [[nodiscard]] bool is_enough() const;
};
// Of a plain transaction: error tx.not_plain for a fee bump or an old form. Those of the client; account.not_found.
Result<Weighed> weigh(rpc::Client& client, const xdr::TransactionEnvelope& envelope);

} // namespace passa::stellar::tx
