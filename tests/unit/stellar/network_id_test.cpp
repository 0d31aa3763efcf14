// Network ids and root account of the known networks.
#include "lib/crypto/ed25519.hpp"
#include "lib/stellar/network_id.hpp"
#include "lib/stellar/strkey.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;

namespace {

struct Known {
    std::string_view passphrase, network_id;
};
const Known k_networks[] = {
    {"Public Global Stellar Network ; September 2015",
     "7ac33997544e3175d266bd022439b22cdb16508c01163f26e5cb2a3e1045a979"},
    {"Test SDF Network ; September 2015", "cee0302d59844d32bdca915c8203dd44b33fbb7edc19051ea37abedf28ecd472"},
    {"Test SDF Future Network ; October 2022", "a3a1c6a78286713e29be0e9785670fa838d13917cd8eaeb4a3579ff1debc7fd5"},
    {"Standalone Network ; February 2017", "baefd734b8d3e48472cff83912375fedbc7573701912fe308af730180f97d74a"}};

} // namespace

TEST_CASE("network ids are those of the known networks", "[unit]") {
    for (const auto& known : k_networks) {
        REQUIRE(to_hex(make_network_id(known.passphrase).hash) == known.network_id);
    }
}

TEST_CASE("the network id is the seed of the network's root account", "[unit]") {
    auto seed = make_network_id(k_networks[3].passphrase).hash;
    const auto root = crypto::KeyPair::from_seed(Secret::take(seed)).value_or_throw();
    REQUIRE(format_account(root.public_key()) == "GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI");
}
