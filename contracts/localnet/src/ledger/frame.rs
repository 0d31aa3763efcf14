//! A transaction as the rules look at it: the part that acts, and the fee bump around it, if there is one.

use stellar_xdr::{
    AccountId, DecoratedSignature, FeeBumpTransactionInnerTx, Hash, LedgerBounds, MuxedAccount,
    Operation, OperationBody, Preconditions, PreconditionsV2, TimeBounds, Transaction,
    TransactionEnvelope, TransactionExt, TransactionV1Envelope, VecM,
};

use super::account;

/// In stroops; beyond it no fee for resources is understood (stellar-core, MAX_RESOURCE_FEE).
const MOST_RESOURCE_FEE: i64 = 1 << 50;

#[derive(Clone, Debug)]
pub struct Frame {
    pub tx: Transaction,
    pub signatures: VecM<DecoratedSignature, 20>,
    /// Of the part that acts.
    pub hash: Hash,
    pub bump: Option<Bump>,
    /// An envelope of the first form, which is no longer accepted.
    pub is_v0: bool,
}

/// The envelope that pays for another.
#[derive(Clone, Debug)]
pub struct Bump {
    pub fee_source: MuxedAccount,
    pub fee: i64,
    pub signatures: VecM<DecoratedSignature, 20>,
    pub hash: Hash,
}

impl Frame {
    pub fn new(envelope: &TransactionEnvelope, network_id: &Hash) -> Frame {
        let hash_of =
            |envelope: &TransactionEnvelope| Hash(envelope.hash(network_id.0).unwrap_or_default());
        let hash = hash_of(envelope);
        match envelope {
            TransactionEnvelope::TxV0(v0) => {
                let (tx, signatures) = (Transaction::from(&v0.tx), v0.signatures.clone());
                Frame {
                    tx,
                    signatures,
                    hash,
                    bump: None,
                    is_v0: true,
                }
            }
            TransactionEnvelope::Tx(v1) => Frame {
                tx: v1.tx.clone(),
                signatures: v1.signatures.clone(),
                hash,
                bump: None,
                is_v0: false,
            },
            TransactionEnvelope::TxFeeBump(outer) => {
                let FeeBumpTransactionInnerTx::Tx(inner) = &outer.tx.inner_tx;
                let bump = Bump {
                    fee_source: outer.tx.fee_source.clone(),
                    fee: outer.tx.fee,
                    signatures: outer.signatures.clone(),
                    hash,
                };
                let hash = hash_of(&TransactionEnvelope::Tx(inner.clone()));
                let (tx, signatures) = (inner.tx.clone(), inner.signatures.clone());
                Frame {
                    tx,
                    signatures,
                    hash,
                    bump: Some(bump),
                    is_v0: false,
                }
            }
        }
    }

    /// Of the envelope as it was sent.
    pub fn outer_hash(&self) -> &Hash {
        self.bump.as_ref().map_or(&self.hash, |bump| &bump.hash)
    }

    pub fn source(&self) -> AccountId {
        account::id_of(&self.tx.source_account)
    }

    pub fn fee_source(&self) -> AccountId {
        self.bump
            .as_ref()
            .map_or_else(|| self.source(), |bump| account::id_of(&bump.fee_source))
    }

    pub fn op_source<'a>(&'a self, operation: &'a Operation) -> &'a MuxedAccount {
        operation
            .source_account
            .as_ref()
            .unwrap_or(&self.tx.source_account)
    }

    pub fn sequence(&self) -> i64 {
        self.tx.seq_num.0
    }

    /// The most that may be charged, in stroops.
    pub fn fee(&self) -> i64 {
        self.bump
            .as_ref()
            .map_or_else(|| i64::from(self.tx.fee), |bump| bump.fee)
    }

    /// What of the bid is for resources, in stroops; contracts alone have any.
    pub fn resource_fee(&self) -> i64 {
        match &self.tx.ext {
            TransactionExt::V1(data) => data.resource_fee,
            TransactionExt::V0 => 0,
        }
    }

    /// What is bid for a place in the ledger.
    pub fn inclusion_fee(&self) -> i64 {
        self.fee().saturating_sub(self.resource_fee())
    }

    /// A fee bump counts as one operation more. An empty transaction counts as one.
    pub fn fee_ops(&self) -> i64 {
        let own = self.own_fee_ops();
        match self.bump {
            Some(_) => i64::try_from(self.tx.operations.len()).unwrap_or(i64::MAX - 1) + 1,
            None => own,
        }
    }

    /// As `fee_ops`, of the part that acts alone.
    pub fn own_fee_ops(&self) -> i64 {
        i64::try_from(self.tx.operations.len())
            .unwrap_or(i64::MAX - 1)
            .max(1)
    }

    pub fn conditions(&self) -> Option<&PreconditionsV2> {
        match &self.tx.cond {
            Preconditions::V2(conditions) => Some(conditions),
            _ => None,
        }
    }

    pub fn time_bounds(&self) -> Option<&TimeBounds> {
        match &self.tx.cond {
            Preconditions::None => None,
            Preconditions::Time(bounds) => Some(bounds),
            Preconditions::V2(conditions) => conditions.time_bounds.as_ref(),
        }
    }

    pub fn ledger_bounds(&self) -> Option<&LedgerBounds> {
        self.conditions()
            .and_then(|conditions| conditions.ledger_bounds.as_ref())
    }

    pub fn is_soroban(&self) -> bool {
        self.tx.operations.iter().any(is_soroban)
    }

    /// No bid is below zero, and who calls a contract says what its resources may cost.
    pub fn has_valid_fee(&self) -> bool {
        let resources = match &self.tx.ext {
            TransactionExt::V1(data) => Some(data.resource_fee),
            TransactionExt::V0 => None,
        };
        let calls = self.tx.operations.first().is_some_and(is_soroban);
        let is_priced = resources.is_some_and(|fee| (0..=MOST_RESOURCE_FEE).contains(&fee));
        self.fee() >= 0 && (!calls || is_priced)
    }

    /// Contract operations stand alone and bring their resources; no other transaction has any.
    pub fn is_consistent(&self) -> bool {
        let has_data = matches!(self.tx.ext, TransactionExt::V1(_));
        match self.is_soroban() {
            true => self.tx.operations.len() == 1 && has_data,
            false => !has_data,
        }
    }
}

/// An envelope of the first form in today's; its hash and so its signatures stay what they were. Nodes do this for whoever
/// sends them one.
pub fn in_todays_form(envelope: TransactionEnvelope) -> TransactionEnvelope {
    match envelope {
        TransactionEnvelope::TxV0(old) => TransactionEnvelope::Tx(TransactionV1Envelope {
            tx: Transaction::from(&old.tx),
            signatures: old.signatures,
        }),
        other => other,
    }
}

fn is_soroban(operation: &Operation) -> bool {
    matches!(
        operation.body,
        OperationBody::InvokeHostFunction(_)
            | OperationBody::ExtendFootprintTtl(_)
            | OperationBody::RestoreFootprint(_)
    )
}
