// Stored bytes to a Stellar network and back: what payments and calls of contracts have in common.
#pragma once
#include "lib/rail/rail.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/tx/draft.hpp"
#include "lib/stellar/tx/submit.hpp"

namespace passa::stellar {

money::Amount stroops(std::int64_t count); // in XLM

// What is stored before anything is sent.
rail::Attempt make_attempt(rpc::Client& client, const xdr::AccountId& source, const tx::Ready& ready);

// From the bytes themselves: a stored key that does not fit them is not believed. Error (exception) rail.attempt: they
// are not of this network, or were changed.
tx::Pending make_pending(const rpc::Client& client, const rail::Attempt& attempt);

rail::Outcome make_outcome(rpc::Client& client, const rail::Attempt& attempt, const tx::Finding& finding);

// For transactions that carry no orders. The client outlives it.
class Courier final : public rail::Courier {
public:
    explicit Courier(rpc::Client& client) : m_client(client) {}
    rail::Outcome send(const rail::Attempt& attempt) override;
    rail::Outcome find(const rail::Attempt& attempt) override;

private:
    rpc::Client& m_client;
};

} // namespace passa::stellar
