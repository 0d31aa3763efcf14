// Each id is the SHA-256 of a preimage in XDR (HashIDPreimage in Stellar-transaction.x).
#include "lib/stellar/tx/derived_id.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/stellar/xdr/codec.hpp"

namespace passa::stellar::tx {
namespace {

using xdr::as;
using xdr::ContractIdPreimageType;
using xdr::EnvelopeType;

template <typename T>
Hash256 hash_of(const T& value) {
    return crypto::sha256(xdr::encode(value));
}

xdr::ContractId hash_contract(const NetworkId& network, xdr::ContractIdPreimage preimage) {
    return {hash_of(
        xdr::HashIdPreimage{as<EnvelopeType::contract_id>, xdr::HashIdPreimageContractId{network.hash, preimage}})};
}

} // namespace

xdr::ClaimableBalanceId claimable_balance_id(const xdr::AccountId& source, std::int64_t sequence, std::uint32_t index) {
    return {
        hash_of(xdr::HashIdPreimage{as<EnvelopeType::op_id>, xdr::HashIdPreimageOperationId{source, sequence, index}})};
}

xdr::ContractId asset_contract_id(const NetworkId& network, const xdr::Asset& asset) {
    return hash_contract(network, xdr::ContractIdPreimage{as<ContractIdPreimageType::asset>, asset});
}

xdr::ContractId contract_id(const NetworkId& network, const xdr::ScAddress& deployer, const Hash256& salt) {
    return hash_contract(network, xdr::ContractIdPreimage{as<ContractIdPreimageType::address>,
                                                          xdr::ContractIdPreimageFromAddress{deployer, salt}});
}

xdr::PoolId pool_id(const xdr::LiquidityPoolParameters& pool) { return {hash_of(pool)}; }

Hash256 ttl_key_hash(const xdr::LedgerKey& key) { return hash_of(key); }

} // namespace passa::stellar::tx
