//! A transaction that has run, in the forms in which a ledger tells of it.

use stellar_xdr::{
    ExtensionPoint, Hash, LedgerEntryChanges, TransactionMeta, TransactionResult,
    TransactionResultMetaV1, TransactionResultPair,
};

use super::inclusion::Candidate;
use super::{hashing, Applied};

#[derive(Debug)]
pub struct Ran {
    pub candidate: Candidate,
    pub result: TransactionResult,
    pub fee_changes: LedgerEntryChanges,
    /// Of giving back what a contract did not use, after all of the ledger's transactions.
    pub refund_changes: LedgerEntryChanges,
    pub meta: TransactionMeta,
}

impl Ran {
    pub fn pair(&self) -> TransactionResultPair {
        let transaction_hash = self.candidate.frame.outer_hash().clone();
        TransactionResultPair {
            transaction_hash,
            result: self.result.clone(),
        }
    }

    pub fn processing(&self) -> TransactionResultMetaV1 {
        TransactionResultMetaV1 {
            ext: ExtensionPoint::V0,
            result: self.pair(),
            fee_processing: self.fee_changes.clone(),
            tx_apply_processing: self.meta.clone(),
            post_tx_apply_fee_processing: self.refund_changes.clone(),
        }
    }

    pub fn applied(self, application_order: u32) -> Applied {
        let Candidate {
            envelope, frame, ..
        } = self.candidate;
        Applied {
            envelope,
            hash: frame.outer_hash().clone(),
            inner_hash: frame.bump.is_some().then(|| frame.hash.clone()),
            result: self.result,
            meta: self.meta,
            application_order,
        }
    }
}

/// This network keeps no bucket list. In its place stands a chain over every change made since the beginning.
pub fn state_hash(previous: &Hash, ran: &[Ran]) -> Hash {
    let mut chain = previous.clone();
    for ran in ran {
        let links = [
            chain,
            hashing::of_xdr(&ran.fee_changes),
            hashing::of_xdr(&ran.meta),
            hashing::of_xdr(&ran.refund_changes),
        ];
        chain = hashing::of_bytes(&links.map(|link| link.0).concat());
    }
    chain
}
