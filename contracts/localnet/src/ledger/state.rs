//! All live entries by key, and those of contracts by when they end. Knows nothing of transactions.

use std::collections::{BTreeMap, BTreeSet};

use stellar_xdr::{
    ContractDataDurability, Hash, LedgerEntry, LedgerEntryData, LedgerKey, LedgerKeyTtl,
};

use super::hashing;

#[derive(Clone, Debug, Default)]
pub struct State {
    entries: BTreeMap<LedgerKey, LedgerEntry>,
    /// Entries of contracts by the hash of their key, which is all that a time to live knows of them.
    named: BTreeMap<Hash, LedgerKey>,
    /// The hashes by the last ledger in which the entry lives; those that were evicted are out of it.
    ends: BTreeMap<u32, BTreeSet<Hash>>,
}

impl State {
    pub fn get(&self, key: &LedgerKey) -> Option<&LedgerEntry> {
        self.entries.get(key)
    }

    pub fn entries(&self) -> impl Iterator<Item = &LedgerEntry> {
        self.entries.values()
    }

    pub fn put(&mut self, entry: LedgerEntry) {
        let key = entry.to_key();
        match &entry.data {
            LedgerEntryData::Ttl(ttl) => {
                self.forget_end(&key);
                let ending = self.ends.entry(ttl.live_until_ledger_seq).or_default();
                ending.insert(ttl.key_hash.clone());
            }
            LedgerEntryData::ContractData(_) | LedgerEntryData::ContractCode(_) => {
                self.named.insert(hashing::of_xdr(&key), key.clone());
            }
            _ => {}
        }
        self.entries.insert(key, entry);
    }

    pub fn remove(&mut self, key: &LedgerKey) {
        match key {
            LedgerKey::Ttl(_) => self.forget_end(key),
            LedgerKey::ContractData(_) | LedgerKey::ContractCode(_) => {
                self.named.remove(&hashing::of_xdr(key));
            }
            _ => {}
        }
        self.entries.remove(key);
    }

    /// At the end of a ledger: temporary entries whose time is over are gone, persistent ones are archived and stay here
    /// to be restored. Told as the network tells it: what was deleted, times to live too, then what was archived.
    pub fn evict(&mut self, sequence: u32) -> Vec<LedgerKey> {
        let living = self.ends.split_off(&sequence);
        let ended = std::mem::replace(&mut self.ends, living);
        let (mut deleted, mut archived) = (Vec::new(), Vec::new());
        for key_hash in ended.into_values().flatten() {
            let Some(key) = self.named.get(&key_hash).cloned() else {
                continue;
            };
            let ttl = LedgerKey::Ttl(LedgerKeyTtl { key_hash });
            if is_temporary(&key) {
                self.remove(&key);
                self.remove(&ttl);
                deleted.extend([key, ttl]);
            } else {
                deleted.push(ttl);
                archived.push(key);
            }
        }
        deleted.extend(archived);
        deleted
    }

    fn forget_end(&mut self, ttl: &LedgerKey) {
        let held = self.entries.get(ttl).map(|entry| &entry.data);
        let Some(LedgerEntryData::Ttl(held)) = held else {
            return;
        };
        let until = held.live_until_ledger_seq;
        if let Some(ending) = self.ends.get_mut(&until) {
            ending.remove(&held.key_hash);
            if ending.is_empty() {
                self.ends.remove(&until);
            }
        }
    }
}

fn is_temporary(key: &LedgerKey) -> bool {
    matches!(key, LedgerKey::ContractData(data) if data.durability == ContractDataDurability::Temporary)
}
