//! Changes on top of changes: each layer may be kept or thrown away, and tells what it changed against the one below.
//! The order of changes in meta is a fact others compare: a layer is told newest entry first, and keeping it hands its
//! entries to the layer below in that told order. That is how the reference implementation's tables come out.

use std::collections::BTreeMap;

use stellar_xdr::{
    AccountEntry, AccountId, LedgerEntry, LedgerEntryChange, LedgerEntryChanges, LedgerEntryData,
    LedgerHeader, LedgerKey, LedgerKeyAccount, VecM,
};

use super::state::State;

/// Where an entry can be looked up without leaving a trace in the meta.
pub trait View {
    fn header(&self) -> &LedgerHeader;
    fn entry(&self, key: &LedgerKey) -> Option<&LedgerEntry>;

    fn account(&self, id: &AccountId) -> Option<&AccountEntry> {
        match self.entry(&account_key(id)).map(|entry| &entry.data) {
            Some(LedgerEntryData::Account(account)) => Some(account),
            _ => None,
        }
    }
}

pub fn account_key(id: &AccountId) -> LedgerKey {
    LedgerKey::Account(LedgerKeyAccount {
        account_id: id.clone(),
    })
}

#[derive(Clone, Debug)]
enum Slot {
    Live(LedgerEntry),
    Created(LedgerEntry),
    Erased,
}

impl Slot {
    fn entry(&self) -> Option<&LedgerEntry> {
        match self {
            Slot::Live(entry) | Slot::Created(entry) => Some(entry),
            Slot::Erased => None,
        }
    }

    fn entry_mut(&mut self) -> Option<&mut LedgerEntry> {
        match self {
            Slot::Live(entry) | Slot::Created(entry) => Some(entry),
            Slot::Erased => None,
        }
    }
}

#[derive(Debug, Default)]
struct Layer {
    order: Vec<LedgerKey>,
    slots: BTreeMap<LedgerKey, Slot>,
    /// Who sponsored whom when the layer began.
    sponsors_before: BTreeMap<AccountId, AccountId>,
}

impl Layer {
    fn put(&mut self, key: LedgerKey, slot: Slot) {
        let merged = match (self.slots.get(&key), slot) {
            (None, slot) => {
                self.order.push(key.clone());
                slot
            }
            (Some(Slot::Created(_)), Slot::Erased) => {
                self.order.retain(|held| *held != key);
                self.slots.remove(&key);
                return;
            }
            (Some(Slot::Created(_)), Slot::Live(entry)) => Slot::Created(entry),
            (Some(Slot::Erased), Slot::Created(entry)) => Slot::Live(entry),
            (Some(_), slot) => slot,
        };
        self.slots.insert(key, merged);
    }

    fn stamp(&mut self, sequence: u32) {
        for entry in self.slots.values_mut().filter_map(Slot::entry_mut) {
            entry.last_modified_ledger_seq = sequence;
        }
    }
}

/// The state below, and the layers over it. One ledger is applied through one of these.
#[derive(Debug)]
pub struct Layers<'a> {
    base: &'a mut State,
    pub header: LedgerHeader,
    layers: Vec<Layer>,
    /// Within a transaction: whose future reserves are on whom.
    pub sponsors: BTreeMap<AccountId, AccountId>,
}

impl View for Layers<'_> {
    fn header(&self) -> &LedgerHeader {
        &self.header
    }

    fn entry(&self, key: &LedgerKey) -> Option<&LedgerEntry> {
        self.entry_below(self.layers.len(), key)
    }
}

impl<'a> Layers<'a> {
    pub fn over(base: &'a mut State, header: LedgerHeader) -> Self {
        Layers {
            base,
            header,
            layers: Vec::new(),
            sponsors: BTreeMap::new(),
        }
    }

    pub fn begin(&mut self) {
        self.layers.push(Layer {
            sponsors_before: self.sponsors.clone(),
            ..Layer::default()
        });
    }

    pub fn discard(&mut self) {
        if let Some(top) = self.layers.pop() {
            self.sponsors = top.sponsors_before;
        }
    }

    pub fn keep(&mut self) {
        let Some(mut top) = self.layers.pop() else {
            return;
        };
        top.stamp(self.header.ledger_seq);
        for key in top.order.iter().rev() {
            let Some(slot) = top.slots.remove(key) else {
                continue;
            };
            match (self.layers.last_mut(), slot) {
                (Some(below), slot) => below.put(key.clone(), slot),
                (None, Slot::Erased) => self.base.remove(key),
                (None, Slot::Live(entry) | Slot::Created(entry)) => self.base.put(entry),
            }
        }
    }

    /// To be changed in place: the entry counts as changed even when it stays the same.
    pub fn load(&mut self, key: &LedgerKey) -> Option<&mut LedgerEntry> {
        let entry = self.entry(key)?.clone();
        let top = self.layers.last_mut()?;
        if !top.slots.contains_key(key) {
            top.put(key.clone(), Slot::Live(entry));
        }
        top.slots.get_mut(key)?.entry_mut()
    }

    pub fn load_account(&mut self, id: &AccountId) -> Option<&mut AccountEntry> {
        match self.load(&account_key(id)).map(|entry| &mut entry.data) {
            Some(LedgerEntryData::Account(account)) => Some(account),
            _ => None,
        }
    }

    pub fn create(&mut self, entry: LedgerEntry) {
        if let Some(top) = self.layers.last_mut() {
            top.put(entry.to_key(), Slot::Created(entry));
        }
    }

    pub fn erase(&mut self, key: &LedgerKey) {
        if let Some(top) = self.layers.last_mut() {
            top.put(key.clone(), Slot::Erased);
        }
    }

    /// What the topmost layer changed, before and after.
    pub fn changes(&mut self) -> LedgerEntryChanges {
        let sequence = self.header.ledger_seq;
        if let Some(top) = self.layers.last_mut() {
            top.stamp(sequence);
        }
        let mut told = Vec::new();
        let depth = self.layers.len().saturating_sub(1);
        for (key, slot) in self.layers.last().into_iter().flat_map(newest_first) {
            let before = self.entry_below(depth, key);
            told.extend(
                before
                    .filter(|_| !matches!(slot, Slot::Created(_)))
                    .cloned()
                    .map(LedgerEntryChange::State),
            );
            told.push(match slot {
                Slot::Created(entry) => LedgerEntryChange::Created(entry.clone()),
                Slot::Live(entry) => LedgerEntryChange::Updated(entry.clone()),
                Slot::Erased => LedgerEntryChange::Removed(key.clone()),
            });
        }
        LedgerEntryChanges(VecM::try_from(told).unwrap_or_default())
    }

    fn entry_below(&self, depth: usize, key: &LedgerKey) -> Option<&LedgerEntry> {
        let held = self.layers[..depth]
            .iter()
            .rev()
            .find_map(|layer| layer.slots.get(key));
        match held {
            Some(slot) => slot.entry(),
            None => self.base.get(key),
        }
    }
}

fn newest_first(layer: &Layer) -> impl Iterator<Item = (&LedgerKey, &Slot)> {
    layer
        .order
        .iter()
        .rev()
        .filter_map(|key| layer.slots.get_key_value(key))
}
