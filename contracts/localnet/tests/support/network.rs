//! A small network made by hand: settings, accounts, keys.

use ed25519_dalek::SigningKey;
use localnet::{new_account, Settings};
use stellar_xdr::{
    AccountId, LedgerEntry, LedgerEntryData, LedgerEntryExt, MuxedAccount, PublicKey, Uint256,
};

pub const PASSPHRASE: &str = "Standalone Network ; February 2017";

pub fn settings(passphrase: &str) -> Settings {
    Settings {
        passphrase: passphrase.to_owned(),
        protocol_version: 28,
        base_fee: 100,
        base_reserve: 5_000_000,
        max_tx_set_ops: 1000,
    }
}

/// The same name gives the same key.
pub fn key(name: &str) -> SigningKey {
    let mut seed = [7; 32];
    seed[..name.len()].copy_from_slice(name.as_bytes());
    SigningKey::from_bytes(&seed)
}

pub fn id(key: &SigningKey) -> AccountId {
    AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(
        key.verifying_key().to_bytes(),
    )))
}

pub fn account_of(address: &MuxedAccount) -> AccountId {
    let key = match address {
        MuxedAccount::Ed25519(key) => key.clone(),
        MuxedAccount::MuxedEd25519(muxed) => muxed.ed25519.clone(),
    };
    AccountId(PublicKey::PublicKeyTypeEd25519(key))
}

/// An account with stroops and a sequence number.
pub fn account(account_id: AccountId, balance: i64, sequence: i64) -> LedgerEntry {
    LedgerEntry {
        last_modified_ledger_seq: 1,
        data: LedgerEntryData::Account(new_account(account_id, balance, sequence)),
        ext: LedgerEntryExt::V0,
    }
}
