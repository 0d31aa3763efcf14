//! The transactions that wait for the next ledger. Submitting is a question with four answers.

use stellar_xdr::{TransactionEnvelope, TransactionResult, TransactionResultResult};

use crate::ledger::{ClosedLedger, Ledger};

/// What a node says to someone who sends it a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submission {
    Pending,
    Duplicate,
    TryAgainLater,
    Error(TransactionResult),
}

#[derive(Clone, Debug, Default)]
pub struct Queue {
    waiting: Vec<TransactionEnvelope>,
}

impl Queue {
    pub fn submit(&mut self, ledger: &Ledger, tx: TransactionEnvelope, now: u64) -> Submission {
        let result = ledger.validate(&tx, now);
        if !matches!(result.result, TransactionResultResult::TxSuccess(_)) {
            return Submission::Error(result);
        }
        self.waiting.push(tx);
        Submission::Pending
    }

    pub fn take_for_close(&mut self, _ledger: &Ledger) -> Vec<TransactionEnvelope> {
        std::mem::take(&mut self.waiting)
    }

    pub fn after_close(&mut self, _closed: &ClosedLedger) {}
}
