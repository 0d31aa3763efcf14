//! The ledger: what every account holds, and the one way it changes, by closing.
//! The public face of the engine; the rules stand in the files beside this one.

pub(crate) mod account;
mod apply;
mod asset;
mod close;
mod events;
pub(crate) mod fees;
pub(crate) mod frame;
mod genesis;
pub(crate) mod hashing;
mod header;
mod inclusion;
pub(crate) mod layers;
mod operations;
pub(crate) mod payers;
mod ran;
mod reserve;
pub(crate) mod room;
mod signatures;
mod soroban;
mod state;
mod trust_line;
mod tx_set;
mod validate;
pub(crate) mod verdict;
mod verify;

use std::collections::BTreeSet;

use stellar_xdr::{
    Hash, LedgerCloseMeta, LedgerEntry, LedgerHeader, LedgerHeaderHistoryEntry, LedgerKey,
    TransactionEnvelope, TransactionMeta, TransactionResult,
};

pub use inclusion::BaseFees;
use layers::View;
pub use soroban::{mainnet_settings, AuthMode, Simulated, Wish};
use state::State;

/// What a network is told once, when it begins. Fees and reserves are in stroops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub passphrase: String,
    pub protocol_version: u32,
    pub base_fee: u32,
    pub base_reserve: u32,
    pub max_tx_set_ops: u32,
}

/// The state after the last closed ledger.
#[derive(Clone, Debug)]
pub struct Ledger {
    settings: Settings,
    network_id: Hash,
    header: LedgerHeader,
    hash: Hash,
    state: State,
    modules: soroban::Modules,
}

/// Everything one close brought about.
#[derive(Clone, Debug)]
pub struct ClosedLedger {
    pub header: LedgerHeaderHistoryEntry,
    pub meta: LedgerCloseMeta,
    pub transactions: Vec<Applied>,
    /// Of whole envelopes that were offered to this ledger but could not run in it: the queue forgets and bans them.
    pub refused: BTreeSet<Hash>,
}

/// One transaction as it was applied, in the order of application (1-based within its ledger).
#[derive(Clone, Debug)]
pub struct Applied {
    pub envelope: TransactionEnvelope,
    pub hash: Hash,
    /// Of the wrapped transaction, when this is a fee bump.
    pub inner_hash: Option<Hash>,
    pub result: TransactionResult,
    pub meta: TransactionMeta,
    pub application_order: u32,
}

impl Ledger {
    pub fn header(&self) -> &LedgerHeader {
        &self.header
    }

    pub fn hash(&self) -> Hash {
        self.hash.clone()
    }

    pub fn network_id(&self) -> Hash {
        self.network_id.clone()
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn get(&self, key: &LedgerKey) -> Option<&LedgerEntry> {
        self.state.get(key)
    }

    /// The last ledger in which an entry of a contract can be used; 0 once it is archived. None: it lives for ever.
    pub fn live_until(&self, key: &LedgerKey) -> Option<u32> {
        let until = soroban::find_ttl(self, key)?;
        Some(if until < self.header.ledger_seq {
            0
        } else {
            until
        })
    }

    pub fn entries(&self) -> impl Iterator<Item = &LedgerEntry> {
        self.state.entries()
    }
}

impl View for Ledger {
    fn header(&self) -> &LedgerHeader {
        &self.header
    }

    fn entry(&self, key: &LedgerKey) -> Option<&LedgerEntry> {
        self.state.get(key)
    }
}
