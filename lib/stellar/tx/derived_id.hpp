// Identifiers that anyone can compute before the thing exists: claimable balances, contracts, pools, time-to-live keys.
#pragma once
#include "lib/stellar/network_id.hpp"
#include "lib/stellar/xdr/types_hash_preimage.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"

namespace passa::stellar::tx {

// Of the balance that operation `index` (from 0) of this transaction will create.
xdr::ClaimableBalanceId claimable_balance_id(const xdr::AccountId& source, std::int64_t sequence, std::uint32_t index);
xdr::ContractId asset_contract_id(const NetworkId& network, const xdr::Asset& asset);
xdr::ContractId contract_id(const NetworkId& network, const xdr::ScAddress& deployer, const Hash256& salt);
xdr::PoolId pool_id(const xdr::LiquidityPoolParameters& pool);
Hash256 ttl_key_hash(const xdr::LedgerKey& key);

} // namespace passa::stellar::tx
