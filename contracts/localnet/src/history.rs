//! What the network remembers of its closed ledgers, for clients to read.
//! A ledger is kept as the bytes of its LedgerCloseMeta, the truth that is written to the journal too, and each of its
//! transactions once more by itself: who asks for one of a thousand must not wait for all of them to be decoded.

use std::collections::{HashMap, VecDeque};

use localnet::BaseFees;
use stellar_xdr::{
    Error, FeeBumpTransactionInnerTx, GeneralizedTransactionSet, Hash, LedgerCloseMeta,
    LedgerHeaderHistoryEntry, Limits, Operation, OperationBody, ReadXdr, SorobanTransactionMetaExt,
    TransactionEnvelope, TransactionMeta, TransactionPhase, TransactionResult,
    TransactionResultResult, TransactionSet, TxSetComponent, WriteXdr,
};

/// Ledgers kept, as public RPC servers do: seven days of five-second ledgers.
pub const RETENTION: usize = 120_960;

/// One ledger, with what is asked of it most without decoding.
#[derive(Clone)]
pub struct ClosedRecord {
    pub sequence: u32,
    pub close_time: u64,
    /// Fee charged per operation, one for each classic transaction: what getFeeStats counts.
    pub fees: Vec<u64>,
    /// What each contract transaction paid beside its resources, for its place in the ledger.
    pub contract_fees: Vec<u64>,
    meta: Box<[u8]>,
    transactions: Vec<Encoded>,
}

/// The XDR of one transaction's envelope, result and meta.
#[derive(Clone)]
struct Encoded {
    hash: Hash,
    envelope: Box<[u8]>,
    result: Box<[u8]>,
    meta: Box<[u8]>,
}

/// One transaction of a closed ledger.
pub struct Included {
    pub hash: Hash,
    pub envelope: TransactionEnvelope,
    pub result: TransactionResult,
    pub meta: TransactionMeta,
    /// From 1, in the order of application.
    pub order: u32,
}

impl Included {
    pub fn is_fee_bump(&self) -> bool {
        matches!(self.envelope, TransactionEnvelope::TxFeeBump(_))
    }

    pub fn is_successful(&self) -> bool {
        matches!(
            self.result.result,
            TransactionResultResult::TxSuccess(_)
                | TransactionResultResult::TxFeeBumpInnerSuccess(_)
        )
    }
}

impl ClosedRecord {
    pub fn meta(&self) -> Result<LedgerCloseMeta, Error> {
        LedgerCloseMeta::from_xdr(&self.meta, Limits::none())
    }

    /// How many transactions it holds; the last one's order.
    pub fn count(&self) -> u32 {
        self.transactions.len() as u32
    }

    /// One transaction by its order of application, from 1.
    pub fn transaction(&self, order: u32) -> Result<Included, Error> {
        let place = order.checked_sub(1).ok_or(Error::Invalid)?;
        let found = self
            .transactions
            .get(place as usize)
            .ok_or(Error::Invalid)?;
        Ok(Included {
            hash: found.hash.clone(),
            envelope: TransactionEnvelope::from_xdr(&found.envelope, Limits::none())?,
            result: TransactionResult::from_xdr(&found.result, Limits::none())?,
            meta: TransactionMeta::from_xdr(&found.meta, Limits::none())?,
            order,
        })
    }
}

impl Encoded {
    fn of(transaction: &Included) -> Result<Encoded, Error> {
        Ok(Encoded {
            hash: transaction.hash.clone(),
            envelope: transaction.envelope.to_xdr(Limits::none())?.into(),
            result: transaction.result.to_xdr(Limits::none())?.into(),
            meta: transaction.meta.to_xdr(Limits::none())?.into(),
        })
    }
}

#[derive(Clone, Default)]
pub struct History {
    ledgers: VecDeque<ClosedRecord>,
    /// Outer and inner hashes: where the transaction stands.
    by_hash: HashMap<Hash, (u32, u32)>,
}

impl History {
    pub fn oldest(&self) -> Option<&ClosedRecord> {
        self.ledgers.front()
    }

    pub fn latest(&self) -> Option<&ClosedRecord> {
        self.ledgers.back()
    }

    pub fn get(&self, sequence: u32) -> Option<&ClosedRecord> {
        let first = self.oldest()?.sequence;
        self.ledgers.get(sequence.checked_sub(first)? as usize)
    }

    /// Ledger and application order of a transaction, by its own hash or that of the transaction inside a fee bump.
    pub fn find(&self, hash: &Hash) -> Option<(u32, u32)> {
        self.by_hash.get(hash).copied()
    }

    /// The last `count` ledgers, oldest first.
    pub fn recent(&self, count: usize) -> impl Iterator<Item = &ClosedRecord> {
        self.ledgers
            .range(self.ledgers.len().saturating_sub(count)..)
    }

    pub fn append(&mut self, meta: &LedgerCloseMeta, network: &Hash) -> Result<(), Error> {
        let header = &header_of(meta).header;
        let sequence = header.ledger_seq;
        let (mut fees, mut contract_fees) = (Vec::new(), Vec::new());
        let mut transactions = Vec::new();
        for transaction in included(meta.clone(), network)? {
            if is_contract_call(&transaction.envelope) {
                contract_fees.extend(contract_inclusion_fee(&transaction));
            } else {
                fees.extend(fee_per_operation(&transaction));
            }
            let place = (sequence, transaction.order);
            if let Some(inner) = inner_hash(&transaction.envelope, network)? {
                self.by_hash.insert(inner, place);
            }
            transactions.push(Encoded::of(&transaction)?);
            self.by_hash.insert(transaction.hash, place);
        }
        self.ledgers.push_back(ClosedRecord {
            sequence,
            close_time: header.scp_value.close_time.0,
            fees,
            contract_fees,
            meta: meta.to_xdr(Limits::none())?.into(),
            transactions,
        });
        if self.ledgers.len() > RETENTION {
            self.forget_oldest();
        }
        Ok(())
    }

    /// As if so much time had passed; the newest ledger always stays.
    pub fn forget_before(&mut self, sequence: u32) {
        while self.ledgers.len() > 1 && self.oldest().is_some_and(|l| l.sequence < sequence) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some(gone) = self.ledgers.pop_front() {
            if gone.count() > 0 {
                self.by_hash.retain(|_, place| place.0 != gone.sequence);
            }
        }
    }
}

pub fn header_of(meta: &LedgerCloseMeta) -> &LedgerHeaderHistoryEntry {
    match meta {
        LedgerCloseMeta::V0(v) => &v.ledger_header,
        LedgerCloseMeta::V1(v) => &v.ledger_header,
        LedgerCloseMeta::V2(v) => &v.ledger_header,
    }
}

/// The envelopes of the ledger's transaction set, in no particular order.
pub fn envelopes(meta: &LedgerCloseMeta) -> Vec<TransactionEnvelope> {
    match meta {
        LedgerCloseMeta::V0(v) => of_plain_set(&v.tx_set),
        LedgerCloseMeta::V1(v) => of_phases(&v.tx_set),
        LedgerCloseMeta::V2(v) => of_phases(&v.tx_set),
    }
}

/// What an operation cost in this ledger; the ledger's least where nobody was in the lane.
pub fn base_fees(meta: &LedgerCloseMeta) -> BaseFees {
    let least = i64::from(header_of(meta).header.base_fee);
    let mut told = BaseFees {
        classic: least,
        contracts: least,
    };
    let GeneralizedTransactionSet::V1(set) = match meta {
        LedgerCloseMeta::V0(_) => return told,
        LedgerCloseMeta::V1(v) => &v.tx_set,
        LedgerCloseMeta::V2(v) => &v.tx_set,
    };
    for phase in set.phases.iter() {
        match phase {
            TransactionPhase::V0(components) => {
                let paid = components
                    .first()
                    .and_then(|TxSetComponent::TxsetCompTxsMaybeDiscountedFee(part)| part.base_fee);
                told.classic = paid.unwrap_or(least);
            }
            TransactionPhase::V1(parallel) => told.contracts = parallel.base_fee.unwrap_or(least),
        }
    }
    told
}

fn of_plain_set(set: &TransactionSet) -> Vec<TransactionEnvelope> {
    set.txs.to_vec()
}

fn of_phases(set: &GeneralizedTransactionSet) -> Vec<TransactionEnvelope> {
    let GeneralizedTransactionSet::V1(set) = set;
    let mut all = Vec::new();
    for phase in set.phases.iter() {
        match phase {
            TransactionPhase::V0(components) => {
                for component in components.iter() {
                    let TxSetComponent::TxsetCompTxsMaybeDiscountedFee(part) = component;
                    all.extend(part.txs.iter().cloned());
                }
            }
            TransactionPhase::V1(parallel) => {
                for cluster in parallel.execution_stages.iter().flat_map(|s| s.0.iter()) {
                    all.extend(cluster.0.iter().cloned());
                }
            }
        }
    }
    all
}

/// Results and metas stand in the order of application, envelopes do not: they meet by hash.
fn included(meta: LedgerCloseMeta, network: &Hash) -> Result<Vec<Included>, Error> {
    let mut by_hash = HashMap::new();
    for envelope in envelopes(&meta) {
        by_hash.insert(Hash(envelope.hash(network.0)?), envelope);
    }
    let applied: Vec<_> = match meta {
        LedgerCloseMeta::V0(v) => (v.tx_processing.into_iter())
            .map(|t| (t.result, t.tx_apply_processing))
            .collect(),
        LedgerCloseMeta::V1(v) => (v.tx_processing.into_iter())
            .map(|t| (t.result, t.tx_apply_processing))
            .collect(),
        LedgerCloseMeta::V2(v) => (v.tx_processing.into_iter())
            .map(|t| (t.result, t.tx_apply_processing))
            .collect(),
    };
    let mut all = Vec::with_capacity(applied.len());
    for (order, (pair, meta)) in (1u32..).zip(applied) {
        let hash = pair.transaction_hash;
        all.push(Included {
            envelope: by_hash.remove(&hash).ok_or(Error::Invalid)?,
            result: pair.result,
            hash,
            meta,
            order,
        });
    }
    Ok(all)
}

pub fn inner_hash(envelope: &TransactionEnvelope, network: &Hash) -> Result<Option<Hash>, Error> {
    let TransactionEnvelope::TxFeeBump(bump) = envelope else {
        return Ok(None);
    };
    let FeeBumpTransactionInnerTx::Tx(inner) = &bump.tx.inner_tx;
    Ok(Some(Hash(inner.tx.hash(network.0)?)))
}

fn operations_of(envelope: &TransactionEnvelope) -> &[Operation] {
    match envelope {
        TransactionEnvelope::TxV0(e) => &e.tx.operations,
        TransactionEnvelope::Tx(e) => &e.tx.operations,
        TransactionEnvelope::TxFeeBump(e) => {
            let FeeBumpTransactionInnerTx::Tx(inner) = &e.tx.inner_tx;
            &inner.tx.operations
        }
    }
}

fn is_contract_call(envelope: &TransactionEnvelope) -> bool {
    use OperationBody::{ExtendFootprintTtl, InvokeHostFunction, RestoreFootprint};
    matches!(
        operations_of(envelope)
            .first()
            .map(|operation| &operation.body),
        Some(InvokeHostFunction(_) | ExtendFootprintTtl(_) | RestoreFootprint(_))
    )
}

fn fee_per_operation(transaction: &Included) -> Option<u64> {
    let operations = operations_of(&transaction.envelope).len();
    let charged = u64::try_from(transaction.result.fee_charged).ok()?;
    charged.checked_div(operations as u64)
}

/// None where the meta does not say what the resources cost: the reference server does not count such a one either.
fn contract_inclusion_fee(transaction: &Included) -> Option<u64> {
    let TransactionMeta::V4(meta) = &transaction.meta else {
        return None;
    };
    let SorobanTransactionMetaExt::V1(paid) = &meta.soroban_meta.as_ref()?.ext else {
        return None;
    };
    let resources = paid
        .total_non_refundable_resource_fee_charged
        .checked_add(paid.total_refundable_resource_fee_charged)?;
    let charged = transaction.result.fee_charged.checked_sub(resources)?;
    u64::try_from(charged).ok()
}
