//! All live entries by key. Knows nothing of transactions.

use std::collections::BTreeMap;

use stellar_xdr::{LedgerEntry, LedgerKey};

#[derive(Clone, Debug, Default)]
pub struct State {
    entries: BTreeMap<LedgerKey, LedgerEntry>,
}

impl State {
    pub fn get(&self, key: &LedgerKey) -> Option<&LedgerEntry> {
        self.entries.get(key)
    }

    pub fn entries(&self) -> impl Iterator<Item = &LedgerEntry> {
        self.entries.values()
    }

    pub fn put(&mut self, entry: LedgerEntry) {
        self.entries.insert(entry.to_key(), entry);
    }

    pub fn remove(&mut self, key: &LedgerKey) {
        self.entries.remove(key);
    }
}
