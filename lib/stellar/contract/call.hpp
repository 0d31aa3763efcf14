// What can be asked of a network's contracts: the operations, and the ids and ledger keys that follow from them.
#pragma once
#include "lib/stellar/network_id.hpp"
#include "lib/stellar/xdr/types_operation.hpp"

namespace passa::stellar::contract {

struct Invocation {
    xdr::ContractId contract;
    std::string function; // a symbol: at most 32 of a-z A-Z 0-9 _
    xdr::ScVec arguments;
};
xdr::Operation make_invoke(Invocation invocation);

xdr::Operation make_upload(ByteView wasm); // uploading what is there already changes nothing

// The contract's id follows from deployer, salt and network alone: whoever creates it twice is refused the second time.
struct Creation {
    xdr::ScAddress deployer; // must authorise it
    FixedBytes<32> salt{};
    Hash256 wasm{};       // uploaded before
    xdr::ScVec arguments; // of its constructor
};
xdr::Operation make_create(Creation creation);
xdr::ContractId contract_id(const xdr::ScAddress& deployer, const FixedBytes<32>& salt, const NetworkId& network);

// The contract that speaks for an asset of the network, XLM too (SEP-41, CAP-46-6): anybody may create it, once.
xdr::Operation make_asset_contract(const xdr::Asset& asset);
xdr::ContractId asset_contract_id(const xdr::Asset& asset, const NetworkId& network);

// What they touch stands in the footprint: read only for the one, read and written for the other.
xdr::Operation make_extend(std::uint32_t ledgers); // to live so many from now on, at least
xdr::Operation make_restore();

xdr::LedgerKey instance_key(const xdr::ContractId& contract);
xdr::LedgerKey code_key(const Hash256& wasm);

xdr::ScAddress to_address(const xdr::AccountId& account);
xdr::ScAddress to_address(const xdr::ContractId& contract);

} // namespace passa::stellar::contract
