// The networks that everybody knows by name. Source: the networks page of the Stellar documentation; the passphrase is
// the network's identity, so it is written here and never asked of a server.
#pragma once
#include "lib/base/result.hpp"

#include <array>
#include <string_view>

namespace passa::stellar {

struct KnownNetwork {
    std::string_view name;
    std::string_view passphrase;
    std::string_view endpoint; // an RPC server that anybody may use; empty: choose a provider
};

inline constexpr std::array<KnownNetwork, 4> k_known_networks{{
    {"public", "Public Global Stellar Network ; September 2015", ""},
    {"testnet", "Test SDF Network ; September 2015", "https://soroban-testnet.stellar.org"},
    {"futurenet", "Test SDF Future Network ; October 2022", "https://rpc-futurenet.stellar.org"},
    {"standalone", "Standalone Network ; February 2017", "http://127.0.0.1:8000"}, // passa's localnet,
}};

// Friendbots of the test networks stand beside their RPC servers, not on them.
inline constexpr std::array<std::string_view, 2> k_known_friendbots{"friendbot.stellar.org",
                                                                    "friendbot-futurenet.stellar.org"};

// Error network.unknown with the names there are.
Result<KnownNetwork> find_known_network(std::string_view name);

} // namespace passa::stellar
