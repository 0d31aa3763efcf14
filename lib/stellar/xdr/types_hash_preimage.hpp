// What is hashed to get the id of a claimable balance or contract, and what a contract authorisation signs.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_authorization.hpp"
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"

namespace passa::stellar::xdr {

struct HashIdPreimageOperationId { // HashIDPreimageOperationId
    AccountId source_account;
    SequenceNumber seq_num{};
    std::uint32_t op_num{};
    PASSA_XDR(HashIdPreimageOperationId, source_account, seq_num, op_num)
};

struct HashIdPreimageRevokeId { // HashIDPreimageRevokeId
    AccountId source_account;
    SequenceNumber seq_num{};
    std::uint32_t op_num{};
    PoolId liquidity_pool_id;
    Asset asset;
    PASSA_XDR(HashIdPreimageRevokeId, source_account, seq_num, op_num, liquidity_pool_id, asset)
};

struct HashIdPreimageContractId { // HashIDPreimageContractId
    Hash network_id{};
    ContractIdPreimage contract_id_preimage;
    PASSA_XDR(HashIdPreimageContractId, network_id, contract_id_preimage)
};

struct HashIdPreimageSorobanAuthorization { // HashIDPreimageSorobanAuthorization
    Hash network_id{};
    std::int64_t nonce{};
    std::uint32_t signature_expiration_ledger{};
    SorobanAuthorizedInvocation invocation;
    PASSA_XDR(HashIdPreimageSorobanAuthorization, network_id, nonce, signature_expiration_ledger, invocation)
};

struct HashIdPreimageSorobanAuthorizationWithAddress { // HashIDPreimageSorobanAuthorizationWithAddress
    Hash network_id{};
    std::int64_t nonce{};
    std::uint32_t signature_expiration_ledger{};
    ScAddress address;
    SorobanAuthorizedInvocation invocation;
    PASSA_XDR(HashIdPreimageSorobanAuthorizationWithAddress, network_id, nonce, signature_expiration_ledger, address,
              invocation)
};

struct HashIdPreimage : Union<EnvelopeType, Void<>, Arm<EnvelopeType::op_id, HashIdPreimageOperationId>,
                              Arm<EnvelopeType::pool_revoke_op_id, HashIdPreimageRevokeId>,
                              Arm<EnvelopeType::contract_id, HashIdPreimageContractId>,
                              Arm<EnvelopeType::soroban_authorization, HashIdPreimageSorobanAuthorization>,
                              Arm<EnvelopeType::soroban_authorization_with_address,
                                  HashIdPreimageSorobanAuthorizationWithAddress>> { // HashIDPreimage
    PASSA_XDR_UNION(HashIdPreimage)
};

} // namespace passa::stellar::xdr
