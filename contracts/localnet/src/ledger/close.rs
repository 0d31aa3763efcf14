//! Closing: the next header over the last one, and the meta that tells what happened in between.

use stellar_xdr::{
    GeneralizedTransactionSet, Hash, LedgerCloseMeta, LedgerCloseMetaExt, LedgerCloseMetaV2,
    LedgerHeader, LedgerHeaderHistoryEntry, LedgerHeaderHistoryEntryExt, TransactionEnvelope,
    TransactionResult, TransactionResultExt, TransactionResultResult, TransactionSetV1, VecM,
};

use super::genesis::value;
use super::{hashing, ClosedLedger, Ledger};

impl Ledger {
    /// What the queue asks before it takes a transaction. `now` is the clock of this node, unix seconds.
    pub fn validate(&self, _tx: &TransactionEnvelope, _now: u64) -> TransactionResult {
        TransactionResult {
            fee_charged: 0,
            result: TransactionResultResult::TxNotSupported,
            ext: TransactionResultExt::V0,
        }
    }

    pub fn close(&mut self, close_time: u64, _txs: Vec<TransactionEnvelope>) -> ClosedLedger {
        let tx_set = GeneralizedTransactionSet::V1(TransactionSetV1 {
            previous_ledger_hash: self.hash.clone(),
            phases: VecM::default(),
        });
        self.header = LedgerHeader {
            previous_ledger_hash: self.hash.clone(),
            scp_value: value(hashing::of_xdr(&tx_set), close_time),
            tx_set_result_hash: Hash([0; 32]),
            ledger_seq: self.header.ledger_seq + 1,
            ..self.header.clone()
        };
        self.hash = hashing::of_xdr(&self.header);
        let header = LedgerHeaderHistoryEntry {
            hash: self.hash.clone(),
            header: self.header.clone(),
            ext: LedgerHeaderHistoryEntryExt::V0,
        };
        let meta = LedgerCloseMeta::V2(LedgerCloseMetaV2 {
            ext: LedgerCloseMetaExt::V0,
            ledger_header: header.clone(),
            tx_set,
            tx_processing: VecM::default(),
            upgrades_processing: VecM::default(),
            scp_info: VecM::default(),
            total_byte_size_of_live_soroban_state: 0,
            evicted_keys: VecM::default(),
        });
        ClosedLedger {
            header,
            meta,
            transactions: Vec::new(),
        }
    }
}
