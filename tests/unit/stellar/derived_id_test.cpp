// Network ids, root account and contract ids of the known networks.
#include "lib/crypto/ed25519.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/derived_id.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;

namespace {

struct Known {
    std::string_view passphrase, network_id, native_contract;
};
const Known k_networks[] = {
    {"Public Global Stellar Network ; September 2015",
     "7ac33997544e3175d266bd022439b22cdb16508c01163f26e5cb2a3e1045a979",
     "CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA"},
    {"Test SDF Network ; September 2015", "cee0302d59844d32bdca915c8203dd44b33fbb7edc19051ea37abedf28ecd472",
     "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC"},
    {"Test SDF Future Network ; October 2022", "a3a1c6a78286713e29be0e9785670fa838d13917cd8eaeb4a3579ff1debc7fd5",
     "CB64D3G7SM2RTH6JSGG34DDTFTQ5CFDKVDZJZSODMCX4NJ2HV2KN7OHT"},
    {"Standalone Network ; February 2017", "baefd734b8d3e48472cff83912375fedbc7573701912fe308af730180f97d74a",
     "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4"}};

} // namespace

TEST_CASE("network ids and native contract ids are those of the known networks", "[unit]") {
    for (const auto& known : k_networks) {
        const auto network = make_network_id(known.passphrase);
        REQUIRE(to_hex(network.hash) == known.network_id);
        const auto contract = tx::asset_contract_id(network, tx::parse_asset("XLM").value());
        REQUIRE(xdr::to_text(contract) == known.native_contract);
    }
}

TEST_CASE("the network id is the seed of the network's root account", "[unit]") {
    auto seed = make_network_id(k_networks[3].passphrase).hash;
    const auto root = crypto::KeyPair::from_seed(Secret::take(seed)).value_or_throw();
    REQUIRE(format_account(root.public_key()) == "GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI");
}

TEST_CASE("ids of balances depend on source, sequence and position", "[unit]") {
    const xdr::AccountId source{make_network_id("a").hash};
    const auto first = tx::claimable_balance_id(source, 7, 0);
    REQUIRE(first != tx::claimable_balance_id(source, 7, 1));
    REQUIRE(first != tx::claimable_balance_id(source, 8, 0));
    REQUIRE(first == tx::claimable_balance_id(source, 7, 0));
}
