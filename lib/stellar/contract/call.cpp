// Operations of Stellar-transaction.x; ids are hashes of preimages (CAP-46-2).
#include "lib/stellar/contract/call.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/types_hash_preimage.hpp"

namespace passa::stellar::contract {
namespace {

using xdr::as;
using xdr::HostFunctionType;
using xdr::OperationType;

xdr::Operation make_host_call(xdr::HostFunction function) {
    return {{},
            xdr::OperationBody{as<OperationType::invoke_host_function>,
                               xdr::InvokeHostFunctionOp{std::move(function), {}}}};
}

xdr::ContractIdPreimage preimage_of(const xdr::ScAddress& deployer, const FixedBytes<32>& salt) {
    return xdr::ContractIdPreimage{as<xdr::ContractIdPreimageType::address>,
                                   xdr::ContractIdPreimageFromAddress{deployer, salt}};
}

xdr::ContractIdPreimage preimage_of(const xdr::Asset& asset) {
    return xdr::ContractIdPreimage{as<xdr::ContractIdPreimageType::asset>, asset};
}

xdr::ContractId id_of(const xdr::ContractIdPreimage& preimage, const NetworkId& network) {
    const xdr::HashIdPreimage hashed{as<xdr::EnvelopeType::contract_id>,
                                     xdr::HashIdPreimageContractId{network.hash, preimage}};
    return {crypto::sha256(xdr::encode(hashed))};
}

} // namespace

xdr::Operation make_invoke(Invocation invocation) {
    return make_host_call(xdr::HostFunction{as<HostFunctionType::invoke_contract>,
                                            xdr::InvokeContractArgs{to_address(invocation.contract),
                                                                    {std::move(invocation.function)},
                                                                    std::move(invocation.arguments)}});
}

xdr::Operation make_upload(ByteView wasm) {
    xdr::HostFunction function;
    function.select<HostFunctionType::upload_contract_wasm>().assign(wasm.begin(), wasm.end());
    return make_host_call(std::move(function));
}

xdr::Operation make_create(Creation creation) {
    return make_host_call(xdr::HostFunction{
        as<HostFunctionType::create_contract_v2>,
        xdr::CreateContractArgsV2{preimage_of(creation.deployer, creation.salt),
                                  xdr::ContractExecutable{as<xdr::ContractExecutableType::wasm>, creation.wasm},
                                  std::move(creation.arguments)}});
}

xdr::ContractId contract_id(const xdr::ScAddress& deployer, const FixedBytes<32>& salt, const NetworkId& network) {
    return id_of(preimage_of(deployer, salt), network);
}

xdr::Operation make_asset_contract(const xdr::Asset& asset) {
    return make_host_call(xdr::HostFunction{
        as<HostFunctionType::create_contract>,
        xdr::CreateContractArgs{preimage_of(asset),
                                xdr::ContractExecutable{xdr::ContractExecutableType::stellar_asset}}});
}

xdr::ContractId asset_contract_id(const xdr::Asset& asset, const NetworkId& network) {
    return id_of(preimage_of(asset), network);
}

xdr::Operation make_extend(std::uint32_t ledgers) {
    return {{}, xdr::OperationBody{as<OperationType::extend_footprint_ttl>, xdr::ExtendFootprintTtlOp{{}, ledgers}}};
}

xdr::Operation make_restore() {
    return {{}, xdr::OperationBody{as<OperationType::restore_footprint>, xdr::RestoreFootprintOp{}}};
}

xdr::LedgerKey instance_key(const xdr::ContractId& contract) {
    return xdr::LedgerKey{as<xdr::LedgerEntryType::contract_data>,
                          xdr::LedgerKeyContractData{to_address(contract),
                                                     xdr::ScVal{xdr::ScValType::ledger_key_contract_instance},
                                                     xdr::ContractDataDurability::persistent}};
}

xdr::LedgerKey code_key(const Hash256& wasm) {
    return xdr::LedgerKey{as<xdr::LedgerEntryType::contract_code>, xdr::LedgerKeyContractCode{wasm}};
}

xdr::ScAddress to_address(const xdr::AccountId& account) {
    return xdr::ScAddress{as<xdr::ScAddressType::account>, account};
}

xdr::ScAddress to_address(const xdr::ContractId& contract) {
    return xdr::ScAddress{as<xdr::ScAddressType::contract>, contract};
}

} // namespace passa::stellar::contract
