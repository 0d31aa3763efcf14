// Ready-made accounts of a local network: funded, trusting its dollar, their seeds derived from the network's
// passphrase. Everybody can derive them, so they are good for demos and tests and worth nothing anywhere else.
#pragma once
#include "lib/crypto/ed25519.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_asset.hpp"

namespace passa::stellar {

inline constexpr std::int64_t k_most_ready = 1000;

// Number 0 is the treasury of the examples; the seed is sha256(network id, "account N").
crypto::KeyPair ready_key(const NetworkId& network, std::int64_t number);
xdr::Asset ready_dollar(const NetworkId& network); // USDC; issuer's seed: sha256(network id, "issuer")

// Makes what is missing of accounts 0 .. count-1, by ordinary transactions; number 0 gets dollars to pay with. Errors
// (exceptions) of the client; localnet.setup when the network refused one.
void make_ready_accounts(rpc::Client& client, std::int64_t count);

} // namespace passa::stellar
