// Ledger entries of contracts: data, code and time to live.
// Source: Stellar-ledger-entries.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(ContractDataDurability, "", temporary = 0, persistent = 1);

struct ContractDataEntry {
    ExtensionPoint ext;
    ScAddress contract;
    ScVal key;
    ContractDataDurability durability{};
    ScVal val;
    PASSA_XDR(ContractDataEntry, ext, contract, key, durability, val)
};

struct ContractCodeCostInputs {
    ExtensionPoint ext;
    std::uint32_t n_instructions{};
    std::uint32_t n_functions{};
    std::uint32_t n_globals{};
    std::uint32_t n_table_entries{};
    std::uint32_t n_types{};
    std::uint32_t n_data_segments{};
    std::uint32_t n_elem_segments{};
    std::uint32_t n_imports{};
    std::uint32_t n_exports{};
    std::uint32_t n_data_segment_bytes{};
    PASSA_XDR(ContractCodeCostInputs, ext, n_instructions, n_functions, n_globals, n_table_entries, n_types,
              n_data_segments, n_elem_segments, n_imports, n_exports, n_data_segment_bytes)
};

struct ContractCodeEntryV1 {
    ExtensionPoint ext;
    ContractCodeCostInputs cost_inputs;
    PASSA_XDR(ContractCodeEntryV1, ext, cost_inputs)
};

struct ContractCodeEntryExt : Union<std::int32_t, Void<0>, Arm<1, ContractCodeEntryV1>> {
    PASSA_XDR_UNION(ContractCodeEntryExt)
};

struct ContractCodeEntry {
    ContractCodeEntryExt ext;
    Hash hash{};
    Opaque<> code;
    PASSA_XDR(ContractCodeEntry, ext, hash, code)
};

struct TtlEntry { // TTLEntry
    Hash key_hash{};
    std::uint32_t live_until_ledger_seq{};
    PASSA_XDR(TtlEntry, key_hash, live_until_ledger_seq)
};

} // namespace passa::stellar::xdr
