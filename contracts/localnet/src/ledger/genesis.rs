//! How a ledger begins: with the root account alone, or with entries taken from elsewhere.

use ed25519_dalek::SigningKey;
use stellar_xdr::{
    AccountId, ConfigSettingEntry, Hash, LedgerEntry, LedgerEntryData, LedgerEntryExt,
    LedgerHeader, LedgerHeaderExt, PublicKey, Uint256,
};

use super::header::first_value;
use super::soroban;
use super::state::State;
use super::{account, hashing, Ledger, Settings};

/// 100 billion XLM in stroops: all that ever exist.
const TOTAL_COINS: i64 = 1_000_000_000_000_000_000;

impl Ledger {
    /// Ledger 1: the root account, whose seed is the network id, holds everything.
    pub fn genesis(settings: Settings) -> Ledger {
        let root = root_entry(&network_id(&settings.passphrase));
        let mut ledger = Ledger::load(settings, 1, 0, 0, vec![root]);
        ledger.settle(soroban::mainnet_settings());
        ledger
    }

    /// What contracts may use and what it costs, from now on. Settings that are not named stay as they are.
    pub fn settle(&mut self, settings: Vec<ConfigSettingEntry>) {
        let last_modified_ledger_seq = self.header.ledger_seq;
        for data in settings.into_iter().map(LedgerEntryData::ConfigSetting) {
            self.state.put(LedgerEntry {
                last_modified_ledger_seq,
                data,
                ext: LedgerEntryExt::V0,
            });
        }
    }

    /// Entries as they are elsewhere.
    pub fn put(&mut self, entries: Vec<LedgerEntry>) {
        entries.into_iter().for_each(|entry| self.state.put(entry));
    }

    /// The next ledger is `sequence`, as if those in between had closed with nothing in them.
    pub fn skip_to(&mut self, sequence: u32) {
        self.header.ledger_seq = sequence.saturating_sub(1).max(self.header.ledger_seq);
        self.hash = hashing::of_xdr(&self.header);
    }

    /// A ledger that was closed elsewhere as `sequence`, at `close_time` (unix seconds).
    pub fn load(
        settings: Settings,
        sequence: u32,
        close_time: u64,
        id_pool: u64,
        entries: Vec<LedgerEntry>,
    ) -> Ledger {
        let header = LedgerHeader {
            ledger_version: settings.protocol_version,
            previous_ledger_hash: Hash([0; 32]),
            scp_value: first_value(close_time),
            tx_set_result_hash: Hash([0; 32]),
            bucket_list_hash: Hash([0; 32]),
            ledger_seq: sequence,
            total_coins: TOTAL_COINS,
            fee_pool: 0,
            inflation_seq: 0,
            id_pool,
            base_fee: settings.base_fee,
            base_reserve: settings.base_reserve,
            max_tx_set_size: settings.max_tx_set_ops,
            skip_list: [Hash([0; 32]), Hash([0; 32]), Hash([0; 32]), Hash([0; 32])],
            ext: LedgerHeaderExt::V0,
        };
        Ledger::restore(settings, header, entries)
    }

    /// A ledger exactly as it was when its header was taken: a network that goes on after a restart.
    pub fn restore(settings: Settings, header: LedgerHeader, entries: Vec<LedgerEntry>) -> Ledger {
        let mut state = State::default();
        entries.into_iter().for_each(|entry| state.put(entry));
        // What had ended by then was evicted then.
        state.evict(header.ledger_seq);
        let network_id = network_id(&settings.passphrase);
        let hash = hashing::of_xdr(&header);
        Ledger {
            settings,
            network_id,
            header,
            hash,
            state,
            modules: soroban::Modules::default(),
        }
    }
}

fn network_id(passphrase: &str) -> Hash {
    hashing::of_bytes(passphrase.as_bytes())
}

fn root_entry(network_id: &Hash) -> LedgerEntry {
    let key = SigningKey::from_bytes(&network_id.0).verifying_key();
    let id = AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key.to_bytes())));
    LedgerEntry {
        last_modified_ledger_seq: 1,
        data: LedgerEntryData::Account(account::begin(id, TOTAL_COINS, 0)),
        ext: LedgerEntryExt::V0,
    }
}
