// Contract calls: host functions and who authorised them.
// Source: Stellar-transaction.x.
#pragma once
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(HostFunctionType, "HOST_FUNCTION_TYPE_", invoke_contract = 0, create_contract = 1,
               upload_contract_wasm = 2, create_contract_v2 = 3);

struct InvokeContractArgs {
    ScAddress contract_address;
    ScSymbol function_name;
    List<ScVal> args;
    PASSA_XDR(InvokeContractArgs, contract_address, function_name, args)
};

PASSA_XDR_ENUM(ContractIdPreimageType, "CONTRACT_ID_PREIMAGE_FROM_", address = 0, asset = 1); // ContractIDPreimageType

struct ContractIdPreimageFromAddress { // ContractIDPreimageFromAddress
    ScAddress address;
    Uint256 salt{};
    PASSA_XDR(ContractIdPreimageFromAddress, address, salt)
};

struct ContractIdPreimage
    : Union<ContractIdPreimageType, Void<>, Arm<ContractIdPreimageType::address, ContractIdPreimageFromAddress>,
            Arm<ContractIdPreimageType::asset, Asset>> { // ContractIDPreimage
    PASSA_XDR_UNION(ContractIdPreimage)
};

struct CreateContractArgs {
    ContractIdPreimage contract_id_preimage;
    ContractExecutable executable;
    PASSA_XDR(CreateContractArgs, contract_id_preimage, executable)
};

struct CreateContractArgsV2 {
    ContractIdPreimage contract_id_preimage;
    ContractExecutable executable;
    List<ScVal> constructor_args;
    PASSA_XDR(CreateContractArgsV2, contract_id_preimage, executable, constructor_args)
};

struct HostFunction : Union<HostFunctionType, Void<>, Arm<HostFunctionType::invoke_contract, InvokeContractArgs>,
                            Arm<HostFunctionType::create_contract, CreateContractArgs>,
                            Arm<HostFunctionType::upload_contract_wasm, Opaque<>>,
                            Arm<HostFunctionType::create_contract_v2, CreateContractArgsV2>> {
    PASSA_XDR_UNION(HostFunction)
};

PASSA_XDR_ENUM(SorobanCredentialsType, "SOROBAN_CREDENTIALS_", source_account = 0, address = 1, address_v2 = 2,
               address_with_delegates = 3);

struct SorobanAddressCredentials {
    ScAddress address;
    std::int64_t nonce{};
    std::uint32_t signature_expiration_ledger{};
    ScVal signature;
    PASSA_XDR(SorobanAddressCredentials, address, nonce, signature_expiration_ledger, signature)
};

struct SorobanDelegateSignature {
    ScAddress address;
    ScVal signature;
    List<SorobanDelegateSignature> nested_delegates;
    PASSA_XDR(SorobanDelegateSignature, address, signature, nested_delegates)
};

struct SorobanAddressCredentialsWithDelegates {
    SorobanAddressCredentials address_credentials;
    List<SorobanDelegateSignature> delegates;
    PASSA_XDR(SorobanAddressCredentialsWithDelegates, address_credentials, delegates)
};

struct SorobanCredentials
    : Union<SorobanCredentialsType, Void<SorobanCredentialsType::source_account>,
            Arm<SorobanCredentialsType::address, SorobanAddressCredentials>,
            Arm<SorobanCredentialsType::address_v2, SorobanAddressCredentials>,
            Arm<SorobanCredentialsType::address_with_delegates, SorobanAddressCredentialsWithDelegates>> {
    PASSA_XDR_UNION(SorobanCredentials)
};

PASSA_XDR_ENUM(SorobanAuthorizedFunctionType, "SOROBAN_AUTHORIZED_FUNCTION_TYPE_", contract_fn = 0,
               create_contract_host_fn = 1, create_contract_v2_host_fn = 2);

struct SorobanAuthorizedFunction
    : Union<SorobanAuthorizedFunctionType, Void<>, Arm<SorobanAuthorizedFunctionType::contract_fn, InvokeContractArgs>,
            Arm<SorobanAuthorizedFunctionType::create_contract_host_fn, CreateContractArgs>,
            Arm<SorobanAuthorizedFunctionType::create_contract_v2_host_fn, CreateContractArgsV2>> {
    PASSA_XDR_UNION(SorobanAuthorizedFunction)
};

struct SorobanAuthorizedInvocation {
    SorobanAuthorizedFunction function;
    List<SorobanAuthorizedInvocation> sub_invocations;
    PASSA_XDR(SorobanAuthorizedInvocation, function, sub_invocations)
};

struct SorobanAuthorizationEntry {
    SorobanCredentials credentials;
    SorobanAuthorizedInvocation root_invocation;
    PASSA_XDR(SorobanAuthorizationEntry, credentials, root_invocation)
};

struct InvokeHostFunctionOp {
    HostFunction host_function;
    List<SorobanAuthorizationEntry> auth;
    PASSA_XDR(InvokeHostFunctionOp, host_function, auth)
};

struct ExtendFootprintTtlOp { // ExtendFootprintTTLOp
    ExtensionPoint ext;
    std::uint32_t extend_to{};
    PASSA_XDR(ExtendFootprintTtlOp, ext, extend_to)
};

struct RestoreFootprintOp {
    ExtensionPoint ext;
    PASSA_XDR(RestoreFootprintOp, ext)
};

} // namespace passa::stellar::xdr
