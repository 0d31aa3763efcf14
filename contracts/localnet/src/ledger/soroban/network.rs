//! What the network allows and asks for contracts: its settings, read from the ledger as everybody else reads them.

use std::rc::Rc;

use soroban_env_host::storage::{EntryWithLiveUntil, SnapshotSource};
use soroban_env_host::xdr::{
    ConfigSettingEntry as Entry, ConfigSettingId as Id, LedgerEntryData, LedgerKey,
    LedgerKeyConfigSetting,
};
use soroban_env_host::{HostError, LedgerInfo};
use soroban_simulation::NetworkConfig;

use crate::ledger::layers::View;

/// Sizes in bytes.
#[derive(Debug)]
pub struct Network {
    pub prices: NetworkConfig,
    pub tx: Limits,
    pub ledger: LedgerLimits,
    pub most_code: u32,
    pub most_data: u32,
    pub most_key: u32,
    pub most_events: u32,
}

/// Of one transaction.
#[derive(Debug)]
pub struct Limits {
    pub instructions: u32,
    pub footprint_entries: u32,
    pub disk_read_entries: u32,
    pub disk_read_bytes: u32,
    pub write_entries: u32,
    pub write_bytes: u32,
    pub size: u32,
}

/// Of all of a ledger's transactions together.
#[derive(Debug)]
pub struct LedgerLimits {
    pub instructions: i64,
    pub disk_read_entries: u32,
    pub disk_read_bytes: u32,
    pub write_entries: u32,
    pub write_bytes: u32,
    pub size: u32,
    pub transactions: u32,
}

/// Mainnet's, after SLP-4 and SLP-5.
pub fn mainnet_settings() -> Vec<Entry> {
    serde_json::from_str(include_str!("mainnet.json")).unwrap_or_default()
}

impl Network {
    /// None for a network that runs no contracts: it has no such settings.
    pub fn load(view: &impl View) -> Option<Network> {
        let prices = NetworkConfig::load_from_snapshot(&Settings(view)).ok()?;
        let find = |id| find(view, id);
        let Entry::ContractMaxSizeBytes(most_code) = find(Id::ContractMaxSizeBytes)? else {
            return None;
        };
        let Entry::ContractDataEntrySizeBytes(most_data) = find(Id::ContractDataEntrySizeBytes)?
        else {
            return None;
        };
        let Entry::ContractDataKeySizeBytes(most_key) = find(Id::ContractDataKeySizeBytes)? else {
            return None;
        };
        let Entry::ContractEventsV0(events) = find(Id::ContractEventsV0)? else {
            return None;
        };
        let Entry::ContractComputeV0(compute) = find(Id::ContractComputeV0)? else {
            return None;
        };
        let Entry::ContractLedgerCostV0(cost) = find(Id::ContractLedgerCostV0)? else {
            return None;
        };
        let Entry::ContractLedgerCostExtV0(more) = find(Id::ContractLedgerCostExtV0)? else {
            return None;
        };
        let Entry::ContractBandwidthV0(bandwidth) = find(Id::ContractBandwidthV0)? else {
            return None;
        };
        let Entry::ContractExecutionLanes(lanes) = find(Id::ContractExecutionLanes)? else {
            return None;
        };
        Some(Network {
            prices,
            tx: Limits {
                instructions: u32::try_from(compute.tx_max_instructions).unwrap_or(u32::MAX),
                footprint_entries: more.tx_max_footprint_entries,
                disk_read_entries: cost.tx_max_disk_read_entries,
                disk_read_bytes: cost.tx_max_disk_read_bytes,
                write_entries: cost.tx_max_write_ledger_entries,
                write_bytes: cost.tx_max_write_bytes,
                size: bandwidth.tx_max_size_bytes,
            },
            ledger: LedgerLimits {
                instructions: compute.ledger_max_instructions,
                disk_read_entries: cost.ledger_max_disk_read_entries,
                disk_read_bytes: cost.ledger_max_disk_read_bytes,
                write_entries: cost.ledger_max_write_ledger_entries,
                write_bytes: cost.ledger_max_write_bytes,
                size: bandwidth.ledger_max_txs_size_bytes,
                transactions: lanes.ledger_max_tx_count,
            },
            most_code: *most_code,
            most_data: *most_data,
            most_key: *most_key,
            most_events: events.tx_max_contract_events_size_bytes,
        })
    }

    /// As the host is told of the ledger that runs.
    pub fn ledger_info(&self, view: &impl View, network_id: [u8; 32]) -> LedgerInfo {
        let header = view.header();
        let mut info = LedgerInfo {
            protocol_version: header.ledger_version,
            sequence_number: header.ledger_seq,
            timestamp: header.scp_value.close_time.0,
            network_id,
            base_reserve: header.base_reserve,
            ..LedgerInfo::default()
        };
        self.prices.fill_config_fields_in_ledger_info(&mut info);
        info
    }
}

fn find(view: &impl View, id: Id) -> Option<&Entry> {
    match &view.entry(&key(id))?.data {
        LedgerEntryData::ConfigSetting(setting) => Some(setting),
        _ => None,
    }
}

fn key(config_setting_id: Id) -> LedgerKey {
    LedgerKey::ConfigSetting(LedgerKeyConfigSetting { config_setting_id })
}

struct Settings<'a, V: View>(&'a V);

impl<V: View> SnapshotSource for Settings<'_, V> {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        let entry = self.0.entry(key);
        Ok(entry.map(|entry| (Rc::new(entry.clone()), None)))
    }
}
