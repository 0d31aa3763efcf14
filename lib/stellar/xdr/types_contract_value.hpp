// The values of contracts: SCVal and what it is made of.
// Source: Stellar-contract.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"

#include <optional>

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(ScErrorType, "SCE_", contract = 0, wasm_vm = 1, context = 2, storage = 3, object = 4, crypto = 5,
               events = 6, budget = 7, value = 8, auth = 9); // SCErrorType
PASSA_XDR_ENUM(ScErrorCode, "SCEC_", arith_domain = 0, index_bounds = 1, invalid_input = 2, missing_value = 3,
               existing_value = 4, exceeded_limit = 5, invalid_action = 6, internal_error = 7, unexpected_type = 8,
               unexpected_size = 9); // SCErrorCode

struct ScError
    : Union<ScErrorType, Void<>, Arm<ScErrorType::contract, std::uint32_t>, Arm<ScErrorType::wasm_vm, ScErrorCode>,
            Arm<ScErrorType::context, ScErrorCode>, Arm<ScErrorType::storage, ScErrorCode>,
            Arm<ScErrorType::object, ScErrorCode>, Arm<ScErrorType::crypto, ScErrorCode>,
            Arm<ScErrorType::events, ScErrorCode>, Arm<ScErrorType::budget, ScErrorCode>,
            Arm<ScErrorType::value, ScErrorCode>, Arm<ScErrorType::auth, ScErrorCode>> { // SCError
    PASSA_XDR_UNION(ScError)
};

PASSA_XDR_ENUM(ScAddressType, "SC_ADDRESS_TYPE_", account = 0, contract = 1, muxed_account = 2, claimable_balance = 3,
               liquidity_pool = 4); // SCAddressType

struct ScAddress
    : Union<ScAddressType, Void<>, Arm<ScAddressType::account, AccountId>, Arm<ScAddressType::contract, ContractId>,
            Arm<ScAddressType::muxed_account, MuxedEd25519Account>,
            Arm<ScAddressType::claimable_balance, ClaimableBalanceId>,
            Arm<ScAddressType::liquidity_pool, PoolId>> { // SCAddress
    PASSA_XDR_UNION(ScAddress)
};

PASSA_XDR_ENUM(ContractExecutableType, "CONTRACT_EXECUTABLE_", wasm = 0, stellar_asset = 1, external_ref = 2);
using ScString = Text<>; // SCString

struct ContractExecutableExternalRef {
    ScAddress executable_owner;
    ScString tag;
    PASSA_XDR(ContractExecutableExternalRef, executable_owner, tag)
};

struct ContractExecutable : Union<ContractExecutableType, Void<ContractExecutableType::stellar_asset>,
                                  Arm<ContractExecutableType::wasm, Hash>,
                                  Arm<ContractExecutableType::external_ref, ContractExecutableExternalRef>> {
    PASSA_XDR_UNION(ContractExecutable)
};

PASSA_XDR_ENUM(ScValType, "SCV_", bool_ = 0, void_ = 1, error = 2, u32 = 3, i32 = 4, u64 = 5, i64 = 6, timepoint = 7,
               duration = 8, u128 = 9, i128 = 10, u256 = 11, i256 = 12, bytes = 13, string = 14, symbol = 15, vec = 16,
               map = 17, address = 18, contract_instance = 19, ledger_key_contract_instance = 20, ledger_key_nonce = 21,
               executable_tag = 22); // SCValType

struct UInt128Parts {
    std::uint64_t hi{};
    std::uint64_t lo{};
    PASSA_XDR(UInt128Parts, hi, lo)
};

struct Int128Parts {
    std::int64_t hi{};
    std::uint64_t lo{};
    PASSA_XDR(Int128Parts, hi, lo)
};

struct UInt256Parts {
    std::uint64_t hi_hi{};
    std::uint64_t hi_lo{};
    std::uint64_t lo_hi{};
    std::uint64_t lo_lo{};
    PASSA_XDR(UInt256Parts, hi_hi, hi_lo, lo_hi, lo_lo)
};

struct Int256Parts {
    std::int64_t hi_hi{};
    std::uint64_t hi_lo{};
    std::uint64_t lo_hi{};
    std::uint64_t lo_lo{};
    PASSA_XDR(Int256Parts, hi_hi, hi_lo, lo_hi, lo_lo)
};

using ScBytes = Opaque<>;  // SCBytes
using ScSymbol = Text<32>; // SCSymbol
struct ScVal;
struct ScMapEntry;
using ScVec = List<ScVal>; // SCVec

using ScMap = List<ScMapEntry>; // SCMap

struct ScContractInstance { // SCContractInstance
    ContractExecutable executable;
    std::optional<ScMap> storage;
    PASSA_XDR(ScContractInstance, executable, storage)
};

struct ScNonceKey { // SCNonceKey
    std::int64_t nonce{};
    PASSA_XDR(ScNonceKey, nonce)
};

struct ScVal
    : Union<ScValType, Void<ScValType::void_, ScValType::ledger_key_contract_instance>, Arm<ScValType::bool_, bool>,
            Arm<ScValType::error, ScError>, Arm<ScValType::u32, std::uint32_t>, Arm<ScValType::i32, std::int32_t>,
            Arm<ScValType::u64, std::uint64_t>, Arm<ScValType::i64, std::int64_t>, Arm<ScValType::timepoint, TimePoint>,
            Arm<ScValType::duration, std::uint64_t>, Arm<ScValType::u128, UInt128Parts>,
            Arm<ScValType::i128, Int128Parts>, Arm<ScValType::u256, UInt256Parts>, Arm<ScValType::i256, Int256Parts>,
            Arm<ScValType::bytes, ScBytes>, Arm<ScValType::string, ScString>, Arm<ScValType::symbol, ScSymbol>,
            Arm<ScValType::vec, std::optional<ScVec>>, Arm<ScValType::map, std::optional<ScMap>>,
            Arm<ScValType::address, ScAddress>, Arm<ScValType::contract_instance, ScContractInstance>,
            Arm<ScValType::ledger_key_nonce, ScNonceKey>, Arm<ScValType::executable_tag, ScString>> { // SCVal
    PASSA_XDR_UNION(ScVal)
};

struct ScMapEntry { // SCMapEntry
    ScVal key;
    ScVal val;
    PASSA_XDR(ScMapEntry, key, val)
};

} // namespace passa::stellar::xdr
