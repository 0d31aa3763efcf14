//! How meta tells of archived entries that live again: as restored, not as changed (CAP-66).

use std::collections::BTreeMap;

use soroban_env_host::xdr::{LedgerEntry, LedgerEntryChange, LedgerEntryChanges, LedgerKey, VecM};

/// `restored`: entries and their times to live as they were put back. `is_rewritten`: the operation wrote them once more,
/// as a call does; else only the times to live were written.
pub fn told(
    changes: LedgerEntryChanges,
    restored: Vec<LedgerEntry>,
    (is_rewritten, sequence): (bool, u32),
) -> LedgerEntryChanges {
    if restored.is_empty() {
        return changes;
    }
    let mut left: BTreeMap<LedgerKey, LedgerEntry> = restored
        .into_iter()
        .map(|entry| (entry.to_key(), entry))
        .collect();
    let mut told = Vec::new();
    for change in changes.0.into_vec() {
        let key = match &change {
            LedgerEntryChange::Updated(entry) => entry.to_key(),
            LedgerEntryChange::Removed(key) => key.clone(),
            LedgerEntryChange::State(entry) if left.contains_key(&entry.to_key()) => continue,
            _ => {
                told.push(change);
                continue;
            }
        };
        match (left.remove(&key), change) {
            (Some(held), LedgerEntryChange::Updated(entry)) if held.data == entry.data => {
                told.push(LedgerEntryChange::Restored(entry));
            }
            (Some(held), change) => {
                told.push(LedgerEntryChange::Restored(LedgerEntry {
                    last_modified_ledger_seq: sequence,
                    ..held
                }));
                told.push(change);
            }
            (None, change) => told.push(change),
        }
    }
    if !is_rewritten {
        told.extend(left.into_values().map(LedgerEntryChange::Restored));
    }
    LedgerEntryChanges(VecM::try_from(told).unwrap_or_default())
}
