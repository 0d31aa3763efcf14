// What contracts cost: the network settings of fees and metering.
// Source: Stellar-contract-config-setting.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar::xdr {

PASSA_XDR_ENUM(ConfigSettingId, "CONFIG_SETTING_", contract_max_size_bytes = 0, contract_compute_v0 = 1,
               contract_ledger_cost_v0 = 2, contract_historical_data_v0 = 3, contract_events_v0 = 4,
               contract_bandwidth_v0 = 5, contract_cost_params_cpu_instructions = 6,
               contract_cost_params_memory_bytes = 7, contract_data_key_size_bytes = 8,
               contract_data_entry_size_bytes = 9, state_archival = 10, contract_execution_lanes = 11,
               live_soroban_state_size_window = 12, eviction_iterator = 13, contract_parallel_compute_v0 = 14,
               contract_ledger_cost_ext_v0 = 15, scp_timing = 16, frozen_ledger_keys = 17,
               frozen_ledger_keys_delta = 18, freeze_bypass_txs = 19, freeze_bypass_txs_delta = 20); // ConfigSettingID
PASSA_XDR_ENUM(ContractCostType, "", wasm_insn_exec = 0, mem_alloc = 1, mem_cpy = 2, mem_cmp = 3,
               dispatch_host_function = 4, visit_object = 5, val_ser = 6, val_deser = 7, compute_sha256_hash = 8,
               compute_ed25519_pub_key = 9, verify_ed25519_sig = 10, vm_instantiation = 11,
               vm_cached_instantiation = 12, invoke_vm_function = 13, compute_keccak256_hash = 14,
               decode_ecdsa_curve256_sig = 15, recover_ecdsa_secp256k1_key = 16, int256_add_sub = 17, int256_mul = 18,
               int256_div = 19, int256_pow = 20, int256_shift = 21, cha_cha20_draw_bytes = 22,
               parse_wasm_instructions = 23, parse_wasm_functions = 24, parse_wasm_globals = 25,
               parse_wasm_table_entries = 26, parse_wasm_types = 27, parse_wasm_data_segments = 28,
               parse_wasm_elem_segments = 29, parse_wasm_imports = 30, parse_wasm_exports = 31,
               parse_wasm_data_segment_bytes = 32, instantiate_wasm_instructions = 33, instantiate_wasm_functions = 34,
               instantiate_wasm_globals = 35, instantiate_wasm_table_entries = 36, instantiate_wasm_types = 37,
               instantiate_wasm_data_segments = 38, instantiate_wasm_elem_segments = 39, instantiate_wasm_imports = 40,
               instantiate_wasm_exports = 41, instantiate_wasm_data_segment_bytes = 42,
               sec1_decode_point_uncompressed = 43, verify_ecdsa_secp256r1_sig = 44, bls12381_encode_fp = 45,
               bls12381_decode_fp = 46, bls12381_g1_check_point_on_curve = 47, bls12381_g1_check_point_in_subgroup = 48,
               bls12381_g2_check_point_on_curve = 49, bls12381_g2_check_point_in_subgroup = 50,
               bls12381_g1_projective_to_affine = 51, bls12381_g2_projective_to_affine = 52, bls12381_g1_add = 53,
               bls12381_g1_mul = 54, bls12381_g1_msm = 55, bls12381_map_fp_to_g1 = 56, bls12381_hash_to_g1 = 57,
               bls12381_g2_add = 58, bls12381_g2_mul = 59, bls12381_g2_msm = 60, bls12381_map_fp2_to_g2 = 61,
               bls12381_hash_to_g2 = 62, bls12381_pairing = 63, bls12381_fr_from_u256 = 64, bls12381_fr_to_u256 = 65,
               bls12381_fr_add_sub = 66, bls12381_fr_mul = 67, bls12381_fr_pow = 68, bls12381_fr_inv = 69,
               bn254_encode_fp = 70, bn254_decode_fp = 71, bn254_g1_check_point_on_curve = 72,
               bn254_g2_check_point_on_curve = 73, bn254_g2_check_point_in_subgroup = 74,
               bn254_g1_projective_to_affine = 75, bn254_g1_add = 76, bn254_g1_mul = 77, bn254_pairing = 78,
               bn254_fr_from_u256 = 79, bn254_fr_to_u256 = 80, bn254_fr_add_sub = 81, bn254_fr_mul = 82,
               bn254_fr_pow = 83, bn254_fr_inv = 84, bn254_g1_msm = 85);

struct ContractCostParamEntry {
    ExtensionPoint ext;
    std::int64_t const_term{};
    std::int64_t linear_term{};
    PASSA_XDR(ContractCostParamEntry, ext, const_term, linear_term)
};

using ContractCostParams = List<ContractCostParamEntry, 1024>;

struct ConfigSettingContractComputeV0 {
    std::int64_t ledger_max_instructions{};
    std::int64_t tx_max_instructions{};
    std::int64_t fee_rate_per_instructions_increment{};
    std::uint32_t tx_memory_limit{};
    PASSA_XDR(ConfigSettingContractComputeV0, ledger_max_instructions, tx_max_instructions,
              fee_rate_per_instructions_increment, tx_memory_limit)
};

struct ConfigSettingContractParallelComputeV0 {
    std::uint32_t ledger_max_dependent_tx_clusters{};
    PASSA_XDR(ConfigSettingContractParallelComputeV0, ledger_max_dependent_tx_clusters)
};

struct ConfigSettingContractLedgerCostV0 {
    std::uint32_t ledger_max_disk_read_entries{};
    std::uint32_t ledger_max_disk_read_bytes{};
    std::uint32_t ledger_max_write_ledger_entries{};
    std::uint32_t ledger_max_write_bytes{};
    std::uint32_t tx_max_disk_read_entries{};
    std::uint32_t tx_max_disk_read_bytes{};
    std::uint32_t tx_max_write_ledger_entries{};
    std::uint32_t tx_max_write_bytes{};
    std::int64_t fee_disk_read_ledger_entry{};
    std::int64_t fee_write_ledger_entry{};
    std::int64_t fee_disk_read1_kb{};
    std::int64_t soroban_state_target_size_bytes{};
    std::int64_t rent_fee1_kb_soroban_state_size_low{};
    std::int64_t rent_fee1_kb_soroban_state_size_high{};
    std::uint32_t soroban_state_rent_fee_growth_factor{};
    PASSA_XDR(ConfigSettingContractLedgerCostV0, ledger_max_disk_read_entries, ledger_max_disk_read_bytes,
              ledger_max_write_ledger_entries, ledger_max_write_bytes, tx_max_disk_read_entries, tx_max_disk_read_bytes,
              tx_max_write_ledger_entries, tx_max_write_bytes, fee_disk_read_ledger_entry, fee_write_ledger_entry,
              fee_disk_read1_kb, soroban_state_target_size_bytes, rent_fee1_kb_soroban_state_size_low,
              rent_fee1_kb_soroban_state_size_high, soroban_state_rent_fee_growth_factor)
};

struct ConfigSettingContractLedgerCostExtV0 {
    std::uint32_t tx_max_footprint_entries{};
    std::int64_t fee_write1_kb{};
    PASSA_XDR(ConfigSettingContractLedgerCostExtV0, tx_max_footprint_entries, fee_write1_kb)
};

struct ConfigSettingContractHistoricalDataV0 {
    std::int64_t fee_historical1_kb{};
    PASSA_XDR(ConfigSettingContractHistoricalDataV0, fee_historical1_kb)
};

struct ConfigSettingContractEventsV0 {
    std::uint32_t tx_max_contract_events_size_bytes{};
    std::int64_t fee_contract_events1_kb{};
    PASSA_XDR(ConfigSettingContractEventsV0, tx_max_contract_events_size_bytes, fee_contract_events1_kb)
};

struct ConfigSettingContractBandwidthV0 {
    std::uint32_t ledger_max_txs_size_bytes{};
    std::uint32_t tx_max_size_bytes{};
    std::int64_t fee_tx_size1_kb{};
    PASSA_XDR(ConfigSettingContractBandwidthV0, ledger_max_txs_size_bytes, tx_max_size_bytes, fee_tx_size1_kb)
};

} // namespace passa::stellar::xdr
