//! What a transaction that calls contracts declares: the entries it touches and how much of everything it uses. All of
//! it is checked against the network's limits, and paid for, before anything runs.

use std::collections::BTreeSet;

use soroban_env_host::fees::{compute_transaction_resource_fee, TransactionResources};
use soroban_env_host::xdr::{
    Asset, ContractDataDurability, Hash, LedgerKey, LedgerKeyTrustLine, Limits, Memo, MuxedAccount,
    OperationBody, SorobanResources, SorobanTransactionData, SorobanTransactionDataExt,
    TransactionEnvelope, TransactionExt, TransactionV1Envelope, TrustLineAsset, WriteXdr,
};

use super::Network;
use crate::ledger::asset;
use crate::ledger::frame::Frame;

/// The declaration, and what follows from the transaction's form.
#[derive(Debug)]
pub struct Declared<'a> {
    pub data: &'a SorobanTransactionData,
    /// Of the envelope, without a fee bump around it, in bytes.
    pub size: u32,
    is_restore: bool,
}

/// The two parts of a resource fee, in stroops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceFee {
    pub fixed: i64,
    pub refundable: i64,
}

impl<'a> Declared<'a> {
    pub fn of(frame: &'a Frame) -> Option<Declared<'a>> {
        let TransactionExt::V1(data) = &frame.tx.ext else {
            return None;
        };
        let envelope = TransactionEnvelope::Tx(TransactionV1Envelope {
            tx: frame.tx.clone(),
            signatures: frame.signatures.clone(),
        });
        Some(Declared {
            data,
            size: size_of(&envelope),
            is_restore: matches!(
                frame.tx.operations.first()?.body,
                OperationBody::RestoreFootprint(_)
            ),
        })
    }

    pub fn resources(&self) -> &'a SorobanResources {
        &self.data.resources
    }

    pub fn keys(&self) -> impl Iterator<Item = &'a LedgerKey> {
        let footprint = &self.data.resources.footprint;
        footprint
            .read_only
            .iter()
            .chain(footprint.read_write.iter())
    }

    /// Places in the written part of the footprint of entries that are archived and to be restored on the way.
    pub fn archived(&self) -> &'a [u32] {
        match &self.data.ext {
            SorobanTransactionDataExt::V0 => &[],
            SorobanTransactionDataExt::V1(ext) => ext.archived_soroban_entries.as_slice(),
        }
    }

    /// The price of what is declared, with this many bytes of events.
    pub fn fee(&self, network: &Network, events: u32) -> ResourceFee {
        let resources = self.resources();
        let (fixed, refundable) = compute_transaction_resource_fee(
            &TransactionResources {
                instructions: resources.instructions,
                disk_read_entries: self.disk_reads(),
                write_entries: count(resources.footprint.read_write.len()),
                disk_read_bytes: resources.disk_read_bytes,
                write_bytes: resources.write_bytes,
                contract_events_size_bytes: events,
                transaction_size_bytes: self.size,
            },
            &network.prices.fee_configuration,
        );
        ResourceFee { fixed, refundable }
    }

    /// What is kept in memory is no read from disk: entries of contracts, unless they are archived.
    pub fn disk_reads(&self) -> u32 {
        if self.is_restore {
            return count(self.resources().footprint.read_write.len());
        }
        let classic = self.keys().filter(|key| !is_contract_entry(key)).count();
        count(classic + self.archived().len())
    }
}

/// Whether the network takes such a declaration, whatever the ledger holds.
pub fn is_valid(network: &Network, frame: &Frame) -> bool {
    let Some(declared) = Declared::of(frame) else {
        return false;
    };
    let fee = declared.fee(network, 0);
    let is_paid = fee
        .fixed
        .checked_add(fee.refundable)
        .is_some_and(|price| declared.data.resource_fee >= price);
    let is_covered = frame.bump.is_some() || declared.data.resource_fee <= frame.fee();
    is_plain(frame)
        && is_within(&declared, network)
        && declared.keys().all(|key| is_allowed(key, network))
        && is_archive_in_order(&declared)
        && is_paid
        && is_covered
        && is_unique(&declared)
}

/// Neither a memo nor a customer's number has a meaning for a contract.
fn is_plain(frame: &Frame) -> bool {
    let Some(operation) = frame.tx.operations.first() else {
        return false;
    };
    let is_invoke = matches!(operation.body, OperationBody::InvokeHostFunction(_));
    let is_muxed = |account: &MuxedAccount| matches!(account, MuxedAccount::MuxedEd25519(_));
    !is_invoke
        || (frame.tx.memo == Memo::None
            && !is_muxed(&frame.tx.source_account)
            && !operation.source_account.as_ref().is_some_and(is_muxed))
}

fn is_within(declared: &Declared, network: &Network) -> bool {
    let (resources, most) = (declared.resources(), &network.tx);
    resources.instructions <= most.instructions
        && resources.disk_read_bytes <= most.disk_read_bytes
        && resources.write_bytes <= most.write_bytes
        && count(declared.keys().count()) <= most.footprint_entries
        && declared.disk_reads() <= most.disk_read_entries
        && count(resources.footprint.read_write.len()) <= most.write_entries
        && declared.size <= most.size
}

fn is_allowed(key: &LedgerKey, network: &Network) -> bool {
    let is_kind = match key {
        LedgerKey::Account(_) | LedgerKey::ContractData(_) | LedgerKey::ContractCode(_) => true,
        LedgerKey::Trustline(line) => is_held(line),
        _ => false,
    };
    is_kind && size_of(key) <= network.most_key
}

/// Lines of credit that somebody else issued.
fn is_held(line: &LedgerKeyTrustLine) -> bool {
    let held = match &line.asset {
        TrustLineAsset::CreditAlphanum4(credit) => Asset::CreditAlphanum4(credit.clone()),
        TrustLineAsset::CreditAlphanum12(credit) => Asset::CreditAlphanum12(credit.clone()),
        TrustLineAsset::Native | TrustLineAsset::PoolShare(_) => return false,
    };
    asset::is_valid(&held) && asset::issuer(&held) != Some(&line.account_id)
}

fn is_archive_in_order(declared: &Declared) -> bool {
    let written = &declared.resources().footprint.read_write;
    let is_persistent_at = |place: &u32| {
        usize::try_from(*place)
            .ok()
            .and_then(|place| written.get(place))
            .is_some_and(is_persistent)
    };
    declared.archived().is_sorted_by(|left, right| left < right)
        && declared.archived().iter().all(is_persistent_at)
}

fn is_unique(declared: &Declared) -> bool {
    let mut seen = BTreeSet::new();
    declared.keys().all(|key| seen.insert(key))
}

pub fn is_contract_entry(key: &LedgerKey) -> bool {
    matches!(key, LedgerKey::ContractData(_) | LedgerKey::ContractCode(_))
}

pub fn is_persistent(key: &LedgerKey) -> bool {
    match key {
        LedgerKey::ContractCode(_) => true,
        LedgerKey::ContractData(data) => data.durability == ContractDataDurability::Persistent,
        _ => false,
    }
}

pub fn size_of(value: &impl WriteXdr) -> u32 {
    count(
        value
            .to_xdr(Limits::none())
            .map_or(usize::MAX, |bytes| bytes.len()),
    )
}

pub fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The key under which an entry's time to live is kept.
pub fn ttl_key(key: &LedgerKey) -> LedgerKey {
    let Hash(key_hash) = crate::ledger::hashing::of_xdr(key);
    LedgerKey::Ttl(soroban_env_host::xdr::LedgerKeyTtl {
        key_hash: Hash(key_hash),
    })
}
