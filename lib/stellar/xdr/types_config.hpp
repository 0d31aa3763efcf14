// Network settings of state archival, timing and frozen keys; the ConfigSettingEntry that holds any of them.
// Source: Stellar-contract-config-setting.x.
#pragma once
#include "lib/stellar/xdr/types_basic.hpp"
#include "lib/stellar/xdr/types_config_cost.hpp"

namespace passa::stellar::xdr {

struct StateArchivalSettings {
    std::uint32_t max_entry_ttl{};
    std::uint32_t min_temporary_ttl{};
    std::uint32_t min_persistent_ttl{};
    std::int64_t persistent_rent_rate_denominator{};
    std::int64_t temp_rent_rate_denominator{};
    std::uint32_t max_entries_to_archive{};
    std::uint32_t live_soroban_state_size_window_sample_size{};
    std::uint32_t live_soroban_state_size_window_sample_period{};
    std::uint32_t eviction_scan_size{};
    std::uint32_t starting_eviction_scan_level{};
    PASSA_XDR(StateArchivalSettings, max_entry_ttl, min_temporary_ttl, min_persistent_ttl,
              persistent_rent_rate_denominator, temp_rent_rate_denominator, max_entries_to_archive,
              live_soroban_state_size_window_sample_size, live_soroban_state_size_window_sample_period,
              eviction_scan_size, starting_eviction_scan_level)
};

struct ConfigSettingContractExecutionLanesV0 {
    std::uint32_t ledger_max_tx_count{};
    PASSA_XDR(ConfigSettingContractExecutionLanesV0, ledger_max_tx_count)
};

struct EvictionIterator {
    std::uint32_t bucket_list_level{};
    bool is_curr_bucket{};
    std::uint64_t bucket_file_offset{};
    PASSA_XDR(EvictionIterator, bucket_list_level, is_curr_bucket, bucket_file_offset)
};

struct ConfigSettingScpTiming { // ConfigSettingSCPTiming
    std::uint32_t ledger_target_close_time_milliseconds{};
    std::uint32_t nomination_timeout_initial_milliseconds{};
    std::uint32_t nomination_timeout_increment_milliseconds{};
    std::uint32_t ballot_timeout_initial_milliseconds{};
    std::uint32_t ballot_timeout_increment_milliseconds{};
    PASSA_XDR(ConfigSettingScpTiming, ledger_target_close_time_milliseconds, nomination_timeout_initial_milliseconds,
              nomination_timeout_increment_milliseconds, ballot_timeout_initial_milliseconds,
              ballot_timeout_increment_milliseconds)
};

using EncodedLedgerKey = Opaque<>;

struct FrozenLedgerKeys {
    List<EncodedLedgerKey> keys;
    PASSA_XDR(FrozenLedgerKeys, keys)
};

struct FrozenLedgerKeysDelta {
    List<EncodedLedgerKey> keys_to_freeze;
    List<EncodedLedgerKey> keys_to_unfreeze;
    PASSA_XDR(FrozenLedgerKeysDelta, keys_to_freeze, keys_to_unfreeze)
};

struct FreezeBypassTxs {
    List<Hash> tx_hashes;
    PASSA_XDR(FreezeBypassTxs, tx_hashes)
};

struct FreezeBypassTxsDelta {
    List<Hash> add_txs;
    List<Hash> remove_txs;
    PASSA_XDR(FreezeBypassTxsDelta, add_txs, remove_txs)
};

struct ConfigSettingEntry
    : Union<ConfigSettingId, Void<>, Arm<ConfigSettingId::contract_max_size_bytes, std::uint32_t>,
            Arm<ConfigSettingId::contract_compute_v0, ConfigSettingContractComputeV0>,
            Arm<ConfigSettingId::contract_ledger_cost_v0, ConfigSettingContractLedgerCostV0>,
            Arm<ConfigSettingId::contract_historical_data_v0, ConfigSettingContractHistoricalDataV0>,
            Arm<ConfigSettingId::contract_events_v0, ConfigSettingContractEventsV0>,
            Arm<ConfigSettingId::contract_bandwidth_v0, ConfigSettingContractBandwidthV0>,
            Arm<ConfigSettingId::contract_cost_params_cpu_instructions, ContractCostParams>,
            Arm<ConfigSettingId::contract_cost_params_memory_bytes, ContractCostParams>,
            Arm<ConfigSettingId::contract_data_key_size_bytes, std::uint32_t>,
            Arm<ConfigSettingId::contract_data_entry_size_bytes, std::uint32_t>,
            Arm<ConfigSettingId::state_archival, StateArchivalSettings>,
            Arm<ConfigSettingId::contract_execution_lanes, ConfigSettingContractExecutionLanesV0>,
            Arm<ConfigSettingId::live_soroban_state_size_window, List<std::uint64_t>>,
            Arm<ConfigSettingId::eviction_iterator, EvictionIterator>,
            Arm<ConfigSettingId::contract_parallel_compute_v0, ConfigSettingContractParallelComputeV0>,
            Arm<ConfigSettingId::contract_ledger_cost_ext_v0, ConfigSettingContractLedgerCostExtV0>,
            Arm<ConfigSettingId::scp_timing, ConfigSettingScpTiming>,
            Arm<ConfigSettingId::frozen_ledger_keys, FrozenLedgerKeys>,
            Arm<ConfigSettingId::frozen_ledger_keys_delta, FrozenLedgerKeysDelta>,
            Arm<ConfigSettingId::freeze_bypass_txs, FreezeBypassTxs>,
            Arm<ConfigSettingId::freeze_bypass_txs_delta, FreezeBypassTxsDelta>> {
    PASSA_XDR_UNION(ConfigSettingEntry)
};

struct ConfigUpgradeSet {
    List<ConfigSettingEntry> updated_entry;
    PASSA_XDR(ConfigUpgradeSet, updated_entry)
};

} // namespace passa::stellar::xdr
