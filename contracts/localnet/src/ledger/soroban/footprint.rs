//! The declared entries as the host gets them, in the declared order: live ones with their time to live, archived ones
//! restored where the transaction says so, nothing in the place of those that are not there.

use soroban_env_host::budget::Budget;
use soroban_env_host::e2e_invoke::{entry_size_for_rent, TtlLedgerEntryMeta};
use soroban_env_host::xdr::{
    InvokeHostFunctionResult as Code, LedgerEntry, LedgerEntryData, LedgerKey, Limits, TtlEntry,
    WriteXdr,
};

use super::meter::{Exceeded, Meter};
use super::resources::{count, is_contract_entry, is_persistent, size_of, ttl_key, Declared};
use crate::ledger::layers::{Layers, View};

/// Encoded; an entry of a contract with when it ends and the size it pays rent for.
pub type Input = (Option<Vec<u8>>, Option<TtlLedgerEntryMeta>);

#[derive(Debug, Default)]
pub struct Inputs {
    pub entries: Vec<Input>,
    /// Places in the written part of the footprint of what was restored on the way.
    pub restored: Vec<u32>,
    /// They and their times to live, as they were put back.
    pub put_back: Vec<LedgerEntry>,
}

/// From this ledger on, so that it lives for as long as a new persistent entry does.
pub fn restored_until(layers: &Layers, least: u32) -> u32 {
    layers
        .header()
        .ledger_seq
        .saturating_add(least)
        .saturating_sub(1)
}

pub fn find_ttl(view: &impl View, key: &LedgerKey) -> Option<u32> {
    match &view.entry(&ttl_key(key))?.data {
        LedgerEntryData::Ttl(ttl) => Some(ttl.live_until_ledger_seq),
        _ => None,
    }
}

/// Puts an archived entry back: it counts as written in this ledger, and its time to live runs again.
pub fn restore(layers: &mut Layers, key: &LedgerKey, until: u32) {
    layers.load(key);
    if let Some(LedgerEntryData::Ttl(ttl)) = layers.load(&ttl_key(key)).map(|entry| &mut entry.data)
    {
        *ttl = TtlEntry {
            live_until_ledger_seq: until,
            key_hash: ttl.key_hash.clone(),
        };
    }
}

/// The entry and its time to live.
pub fn both(view: &impl View, key: &LedgerKey) -> impl Iterator<Item = LedgerEntry> {
    [view.entry(key).cloned(), view.entry(&ttl_key(key)).cloned()]
        .into_iter()
        .flatten()
}

/// The size that an entry pays rent for: code takes more room in memory than on disk.
pub fn rent_size(entry: &LedgerEntry, size: u32) -> u32 {
    let uncounted = Budget::default();
    entry_size_for_rent(&uncounted, entry, size).unwrap_or(size)
}

pub fn read(
    layers: &mut Layers,
    declared: &Declared,
    least: u32,
    meter: &mut Meter,
) -> Result<Inputs, Code> {
    let mut inputs = Inputs::default();
    let footprint = &declared.resources().footprint;
    for key in footprint.read_only.iter() {
        let input = read_one(layers, key, None, meter)?;
        inputs.entries.push(input);
    }
    for (key, place) in footprint.read_write.iter().zip(0..) {
        let until = declared
            .archived()
            .contains(&place)
            .then(|| restored_until(layers, least));
        let is_archived = is_archived(layers, key);
        let input = read_one(layers, key, until, meter)?;
        inputs.entries.push(input);
        if is_archived && until.is_some() {
            inputs.restored.push(place);
            inputs.put_back.extend(both(layers, key));
        }
    }
    Ok(inputs)
}

fn is_archived(view: &impl View, key: &LedgerKey) -> bool {
    is_persistent(key) && find_ttl(view, key).is_some_and(|until| until < view.header().ledger_seq)
}

/// `until`: the transaction wants the entry restored if it is archived.
fn read_one(
    layers: &mut Layers,
    key: &LedgerKey,
    until: Option<u32>,
    meter: &mut Meter,
) -> Result<Input, Code> {
    let over = |_: Exceeded| Code::ResourceLimitExceeded;
    let is_restored = is_archived(layers, key);
    if is_restored {
        let Some(until) = until else {
            meter.refuse_archived(key);
            return Err(Code::EntryArchived);
        };
        restore(layers, key, until);
    }
    let ttl = find_ttl(layers, key);
    let is_gone = ttl.is_some_and(|until| until < layers.header().ledger_seq); // a temporary one whose time is over
    let entry = layers.entry(key).filter(|_| !is_gone);
    let bytes = entry.and_then(|entry| entry.to_xdr(Limits::none()).ok());
    let size = bytes.as_ref().map_or(0, |bytes| count(bytes.len()));
    let rented = entry
        .zip(ttl)
        .map(|(entry, live_until_ledger)| TtlLedgerEntryMeta {
            live_until_ledger,
            entry_size_for_rent: rent_size(entry, size),
        });
    meter.check_entry(key, size).map_err(over)?;
    if is_restored || !is_contract_entry(key) {
        meter
            .read_from_disk(key, size_of(key), size)
            .map_err(over)?;
    } else {
        meter.counters.read_entries += 1;
    }
    Ok((bytes, rented))
}
