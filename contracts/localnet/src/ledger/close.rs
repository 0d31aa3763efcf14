//! Closing: fees of all, then each transaction in turn, then the header over the last one, and the meta that tells
//! what happened in between.

use std::collections::{BTreeMap, BTreeSet};

use stellar_xdr::{
    AccountId, GeneralizedTransactionSet, Hash, LedgerCloseMeta, LedgerCloseMetaExt,
    LedgerCloseMetaV2, LedgerEntryChanges, LedgerHeader, LedgerHeaderHistoryEntry,
    LedgerHeaderHistoryEntryExt, LedgerKey, OperationBody, TransactionEnvelope, TransactionResult,
    TransactionResultSet, VecM,
};

use super::apply::{self, Round};
use super::frame::Frame;
use super::header::{update_skip_list, value};
use super::inclusion::{self, BaseFees, Candidate, Chosen};
use super::layers::Layers;
use super::ran::{state_hash, Ran};
use super::room::{Lane, Room};
use super::soroban::{Declared, Network};
use super::tx_set::tx_set;
use super::validate::{self, Moment};
use super::verdict::Verdict;
use super::{events, fees, hashing, payers, ClosedLedger, Ledger};

impl Ledger {
    /// What the queue asks before it takes a transaction. `latest`: when the ledger that takes it closes at the latest,
    /// unix seconds.
    pub fn validate(&self, tx: &TransactionEnvelope, latest: u64) -> TransactionResult {
        let last = self.header.scp_value.close_time.0;
        self.check(&Frame::new(tx, &self.network_id), last, latest)
            .into_result()
    }

    fn check(&self, frame: &Frame, earliest: u64, latest: u64) -> Verdict {
        let sequence = self.header.ledger_seq.saturating_add(1);
        validate::check(
            self,
            frame,
            Moment {
                sequence,
                earliest,
                latest,
                applying: false,
            },
        )
    }

    /// Closes the next ledger with those of the transactions that are valid now and find room. Time never runs back.
    pub fn close(&mut self, close_time: u64, txs: Vec<TransactionEnvelope>) -> ClosedLedger {
        let close_time = close_time.max(self.header.scp_value.close_time.0);
        let (chosen, refused) = self.choose(close_time, txs);
        ClosedLedger {
            refused,
            ..self.close_with(close_time, chosen)
        }
    }

    /// Closes the next ledger as it was closed before: with this set, at the base fees that those who found no room had
    /// brought about.
    pub fn close_again(
        &mut self,
        close_time: u64,
        base_fees: BaseFees,
        txs: Vec<TransactionEnvelope>,
    ) -> ClosedLedger {
        let (chosen, _) = self.choose(close_time, txs);
        self.close_with(
            close_time,
            Chosen {
                base_fees,
                ..chosen
            },
        )
    }

    /// What one ledger has for the transactions of a lane.
    pub(crate) fn room(&self, lane: Lane) -> Room {
        match lane {
            Lane::Classic => Room::classic(self.settings.max_tx_set_ops),
            Lane::Contracts => Network::load(self)
                .map_or_else(Room::default, |network| Room::contracts(&network.ledger)),
        }
    }

    fn close_with(&mut self, close_time: u64, chosen: Chosen) -> ClosedLedger {
        let tx_set = tx_set(&self.hash, &chosen);
        let set_hash = hashing::of_xdr(&tx_set);
        let header = LedgerHeader {
            previous_ledger_hash: self.hash.clone(),
            scp_value: value(&self.network_id, set_hash.clone(), close_time),
            ledger_seq: self.header.ledger_seq.saturating_add(1),
            ..self.header.clone()
        };
        let (header, ran) = self.run(header, chosen, set_hash);
        let evicted = self.state.evict(header.ledger_seq);
        self.seal(header, &ran);
        self.tell(tx_set, ran, evicted)
    }

    /// One transaction a source, valid in a ledger that closes at this time; and what could not run in it.
    fn choose(&self, close_time: u64, txs: Vec<TransactionEnvelope>) -> (Chosen, BTreeSet<Hash>) {
        let mut sources = BTreeSet::new();
        let (mut candidates, mut refused) = (Vec::new(), BTreeSet::new());
        for envelope in txs {
            let frame = Frame::new(&envelope, &self.network_id);
            let full_hash = hashing::of_xdr(&envelope);
            if !self.check(&frame, close_time, close_time).is_success() {
                refused.insert(full_hash);
            } else if sources.insert(frame.source()) {
                candidates.push(Candidate {
                    envelope,
                    frame,
                    full_hash,
                });
            }
        }
        let broke = payers::Overdrawn::among(self, candidates.iter().map(|held| &held.frame));
        let (unpaid, paid): (Vec<_>, Vec<_>) = candidates
            .into_iter()
            .partition(|held| broke.includes(&held.frame));
        refused.extend(unpaid.into_iter().map(|held| held.full_hash));
        let rooms = (self.room(Lane::Classic), self.room(Lane::Contracts));
        (
            inclusion::choose(paid, rooms, self.header.base_fee),
            refused,
        )
    }

    fn run(
        &mut self,
        header: LedgerHeader,
        chosen: Chosen,
        set_hash: Hash,
    ) -> (LedgerHeader, Vec<Ran>) {
        let base_fees = chosen.base_fees;
        let mut candidates = inclusion::in_apply_order(chosen.candidates, &set_hash);
        candidates.extend(chosen.contracts);
        self.prepare_modules(&candidates);
        let round = Round {
            network_id: self.network_id.clone(),
            highest_sequences: highest_sequences(&candidates),
            network: Network::load(self),
            modules: self.modules.clone(),
            set_hash,
        };
        let mut layers = Layers::over(&mut self.state, header);
        let charged: Vec<_> = candidates
            .iter()
            .map(|held| {
                let base_fee = match Lane::of(&held.frame) {
                    Lane::Classic => base_fees.classic,
                    Lane::Contracts => base_fees.contracts,
                };
                charge(&mut layers, &held.frame, base_fee)
            })
            .collect();
        let mut applied = Vec::new();
        for ((candidate, (mut verdict, fee_changes)), place) in
            candidates.into_iter().zip(charged).zip(0..)
        {
            let told = (&candidate.frame, place);
            let ran = apply::run(&mut layers, &round, told, &mut verdict);
            applied.push((candidate, verdict, fee_changes, ran));
        }
        let ran = applied
            .into_iter()
            .map(|(candidate, verdict, fee_changes, ran)| {
                settle(&mut layers, &round, (candidate, verdict, fee_changes), ran)
            })
            .collect();
        (layers.header, ran)
    }

    fn prepare_modules(&mut self, candidates: &[Candidate]) {
        let mut modules = std::mem::take(&mut self.modules);
        for declared in candidates
            .iter()
            .filter_map(|held| Declared::of(&held.frame))
        {
            modules.prepare(self, declared.keys());
        }
        self.modules = modules;
    }

    fn seal(&mut self, header: LedgerHeader, ran: &[Ran]) {
        let results: Vec<_> = ran.iter().map(Ran::pair).collect();
        let results = TransactionResultSet {
            results: VecM::try_from(results).unwrap_or_default(),
        };
        self.header = LedgerHeader {
            tx_set_result_hash: hashing::of_xdr(&results),
            ..header
        };
        self.header.bucket_list_hash = state_hash(&self.header.bucket_list_hash, ran);
        update_skip_list(&mut self.header);
        self.hash = hashing::of_xdr(&self.header);
    }

    fn tell(
        &self,
        tx_set: GeneralizedTransactionSet,
        ran: Vec<Ran>,
        evicted: Vec<LedgerKey>,
    ) -> ClosedLedger {
        let header = LedgerHeaderHistoryEntry {
            hash: self.hash.clone(),
            header: self.header.clone(),
            ext: LedgerHeaderHistoryEntryExt::V0,
        };
        let processing: Vec<_> = ran.iter().map(Ran::processing).collect();
        let meta = LedgerCloseMeta::V2(LedgerCloseMetaV2 {
            ext: LedgerCloseMetaExt::V0,
            ledger_header: header.clone(),
            tx_set,
            tx_processing: VecM::try_from(processing).unwrap_or_default(),
            upgrades_processing: VecM::default(),
            scp_info: VecM::default(),
            total_byte_size_of_live_soroban_state: 0,
            evicted_keys: VecM::try_from(evicted).unwrap_or_default(),
        });
        let transactions = ran
            .into_iter()
            .zip(1..)
            .map(|(ran, order)| ran.applied(order))
            .collect();
        ClosedLedger {
            header,
            meta,
            transactions,
            refused: BTreeSet::new(),
        }
    }
}

fn charge(layers: &mut Layers, frame: &Frame, base_fee: i64) -> (Verdict, LedgerEntryChanges) {
    layers.begin();
    let mut fee = fees::to_charge(frame, base_fee);
    if let Some(payer) = layers.load_account(&frame.fee_source()) {
        fee = fee.min(payer.balance);
        payer.balance -= fee;
    }
    layers.header.fee_pool = layers.header.fee_pool.saturating_add(fee);
    let changes = layers.changes();
    layers.keep();
    (Verdict::success(frame, fee), changes)
}

/// After all have run: what a contract did not use goes back to its source, whoever paid the fee; and all is told.
fn settle(
    layers: &mut Layers,
    round: &Round,
    (candidate, mut verdict, fee_changes): (Candidate, Verdict, LedgerEntryChanges),
    ran: apply::Applied,
) -> Ran {
    let payer = candidate.frame.fee_source();
    let taken = events::fee(&round.network_id, &payer, verdict.fee_charged);
    let (refund, refund_changes) = give_back(layers, &payer, ran.refund);
    verdict.fee_charged -= refund;
    let back = events::refund(&round.network_id, &payer, refund);
    Ran {
        candidate,
        result: verdict.into_result(),
        fee_changes,
        refund_changes,
        meta: apply::with_events(ran.meta, taken.into_iter().chain(back).collect()),
    }
}

/// Nothing to an account that is gone.
fn give_back(layers: &mut Layers, payer: &AccountId, refund: i64) -> (i64, LedgerEntryChanges) {
    layers.begin();
    let given = match layers.load_account(payer).filter(|_| refund > 0) {
        Some(account) => {
            account.balance = account.balance.saturating_add(refund);
            refund
        }
        None => {
            layers.discard();
            return (0, LedgerEntryChanges(VecM::default()));
        }
    };
    layers.header.fee_pool = layers.header.fee_pool.saturating_sub(given);
    let changes = layers.changes();
    layers.keep();
    (given, changes)
}

fn highest_sequences(candidates: &[Candidate]) -> BTreeMap<AccountId, i64> {
    let is_merge = |body: &OperationBody| matches!(body, OperationBody::AccountMerge(_));
    let merges = |held: &Candidate| {
        held.frame
            .tx
            .operations
            .iter()
            .any(|operation| is_merge(&operation.body))
    };
    match candidates.iter().any(merges) {
        true => candidates
            .iter()
            .map(|held| (held.frame.source(), held.frame.sequence()))
            .collect(),
        false => BTreeMap::new(),
    }
}
