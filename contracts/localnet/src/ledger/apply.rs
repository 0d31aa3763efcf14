//! Running one transaction: its sequence number is used, then either all of its operations take effect or none does.
//! Every operation is judged even after one failed, each without the effects of the failed ones.

use std::collections::BTreeMap;

use stellar_xdr::{
    AccountId, ExtensionPoint, Hash, LedgerEntryChange, LedgerEntryChanges, OperationMetaV2,
    OperationResult, SequenceNumber, SignerKey, SorobanTransactionMetaExt,
    SorobanTransactionMetaExtV1, SorobanTransactionMetaV2, TransactionEvent, TransactionMeta,
    TransactionMetaV4, TransactionResultCode as Code, Uint256, VecM,
};

use super::events::Events;
use super::frame::Frame;
use super::layers::{account_key, Layers, View};
use super::operations::{self, Context, Place};
use super::signatures::Signatures;
use super::soroban::{self, Network, Outcome};
use super::validate::{self, Moment, Stage};
use super::verdict::Verdict;
use super::{account, hashing, reserve};

/// What all transactions of one ledger share.
#[derive(Debug)]
pub struct Round {
    pub network_id: Hash,
    /// The highest sequence number each source uses, when any transaction of the ledger merges accounts.
    pub highest_sequences: BTreeMap<AccountId, i64>,
    /// None: it has no contracts.
    pub network: Option<Network>,
    pub modules: soroban::Modules,
    /// Of the set of transactions: nobody can know it before the set is closed.
    pub set_hash: Hash,
}

/// One transaction's run. `refund`: what its contract did not use of the fee, in stroops.
#[derive(Debug)]
pub struct Applied {
    pub meta: TransactionMetaV4,
    pub refund: i64,
}

/// Runs it over the layers, the `place`th of its ledger; the fee is already taken and noted in the verdict.
pub fn run(
    layers: &mut Layers,
    round: &Round,
    (frame, place): (&Frame, u64),
    verdict: &mut Verdict,
) -> Applied {
    let mut before = Vec::new();
    if let Some(bump) = &frame.bump {
        layers.begin();
        use_up_signer(layers, &account::id_of(&bump.fee_source), &bump.hash, true);
        before.extend(layers.changes().0.into_vec());
        layers.keep();
    }
    let is_valid = prepare(layers, frame, verdict, &mut before);
    let mut ran = match &round.network {
        Some(network) if frame.is_soroban() => {
            let outcome = is_valid
                .then(|| run_contract(layers, (round, network), (frame, place), verdict))
                .flatten();
            told_of_contract(network, frame, outcome)
        }
        _ if is_valid => told_of(run_operations(layers, round, frame, verdict)),
        _ => told_of(Vec::new()),
    };
    ran.meta.tx_changes_before = changes(before);
    ran
}

fn told_of(operations: Vec<OperationMetaV2>) -> Applied {
    let meta = TransactionMetaV4 {
        ext: ExtensionPoint::V0,
        tx_changes_before: changes(Vec::new()),
        operations: VecM::try_from(operations).unwrap_or_default(),
        tx_changes_after: changes(Vec::new()),
        soroban_meta: None,
        events: VecM::default(),
        diagnostic_events: VecM::default(),
    };
    Applied { meta, refund: 0 }
}

fn run_contract(
    layers: &mut Layers,
    (round, network): (&Round, &Network),
    (frame, place): (&Frame, u64),
    verdict: &mut Verdict,
) -> Option<Outcome> {
    if let Err(result) = soroban::check(network, frame) {
        *verdict.operations.first_mut()? = OperationResult::OpInner(result);
        verdict.code = Code::TxFailed;
        return None;
    }
    let place = soroban::Place {
        network,
        network_id: &round.network_id,
        modules: &round.modules,
        seed: hashing::of_bytes(&[&round.set_hash.0[..], &place.to_be_bytes()].concat()).0,
    };
    let outcome = soroban::run(layers, frame, place)?;
    *verdict.operations.first_mut()? = OperationResult::OpInner(outcome.result.clone());
    if outcome.effects.is_none() {
        verdict.code = Code::TxFailed;
    }
    Some(outcome)
}

/// `outcome`: none when it did not come to run. What is not used up of the refundable part comes back all the same.
fn told_of_contract(network: &Network, frame: &Frame, outcome: Option<Outcome>) -> Applied {
    let fixed = soroban::Declared::of(frame).map_or(0, |declared| declared.fee(network, 0).fixed);
    let (paid, diagnostics, effects) = match outcome {
        Some(outcome) => (outcome.paid, outcome.diagnostics, outcome.effects),
        None => (soroban::Paid::default(), Vec::new(), None),
    };
    let (operations, return_value) = effects.map_or((Vec::new(), None), |effects| {
        let meta = OperationMetaV2 {
            ext: ExtensionPoint::V0,
            changes: effects.changes,
            events: VecM::try_from(effects.events).unwrap_or_default(),
        };
        (vec![meta], effects.return_value)
    });
    let mut ran = told_of(operations);
    let costs = SorobanTransactionMetaExtV1 {
        ext: ExtensionPoint::V0,
        total_non_refundable_resource_fee_charged: fixed,
        total_refundable_resource_fee_charged: paid.refundable,
        rent_fee_charged: paid.rent,
    };
    ran.meta.soroban_meta = Some(SorobanTransactionMetaV2 {
        ext: SorobanTransactionMetaExt::V1(costs),
        return_value,
    });
    ran.meta.diagnostic_events = VecM::try_from(diagnostics).unwrap_or_default();
    ran.refund = frame.resource_fee() - fixed - paid.refundable;
    ran
}

/// The transaction's meta with the events that concern it as a whole.
pub fn with_events(meta: TransactionMetaV4, events: Vec<TransactionEvent>) -> TransactionMeta {
    TransactionMeta::V4(TransactionMetaV4 {
        events: VecM::try_from(events).unwrap_or_default(),
        ..meta
    })
}

fn changes(list: Vec<LedgerEntryChange>) -> LedgerEntryChanges {
    LedgerEntryChanges(VecM::try_from(list).unwrap_or_default())
}

fn prepare(
    layers: &mut Layers,
    frame: &Frame,
    verdict: &mut Verdict,
    before: &mut Vec<LedgerEntryChange>,
) -> bool {
    let close_time = layers.header.scp_value.close_time.0;
    let sequence = layers.header.ledger_seq;
    let moment = Moment {
        sequence,
        earliest: close_time,
        latest: close_time,
        applying: true,
    };
    layers.begin();
    let mut signatures = Signatures::new(&frame.hash, &frame.signatures);
    let stage = validate::common(layers, frame, moment, (&mut signatures, verdict));
    if stage >= Stage::UsesSequence {
        use_sequence(layers, frame);
    }
    let is_valid =
        stage == Stage::Valid && check_signatures(layers, frame, &mut signatures, verdict);
    use_up_signers(layers, frame);
    before.extend(layers.changes().0.into_vec());
    layers.keep();
    is_valid
}

fn use_sequence(layers: &mut Layers, frame: &Frame) {
    let header = layers.header().clone();
    if let Some(source) = layers.load_account(&frame.source()) {
        source.seq_num = SequenceNumber(frame.sequence());
        account::set_sequence_moved(source, &header);
    }
}

fn check_signatures(
    layers: &Layers,
    frame: &Frame,
    signatures: &mut Signatures,
    verdict: &mut Verdict,
) -> bool {
    let mut all_signed = true;
    for place in 0..frame.tx.operations.len() {
        if let Err(result) = validate::op_signed(layers, frame, place, signatures) {
            verdict.operations[place] = result;
            all_signed = false;
        }
    }
    if !all_signed {
        verdict.code = Code::TxFailed;
    } else if !signatures.all_used() {
        verdict.code = Code::TxBadAuthExtra;
    }
    verdict.is_success()
}

/// A signer that stands for exactly this transaction has done its work, on every account that sends in it.
fn use_up_signers(layers: &mut Layers, frame: &Frame) {
    let mut sources = vec![frame.source()];
    for operation in frame.tx.operations.iter() {
        let source = account::id_of(frame.op_source(operation));
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    for source in sources.iter().rev() {
        use_up_signer(layers, source, &frame.hash, false);
    }
}

/// `always`: the account counts as touched even when it had no such signer.
fn use_up_signer(layers: &mut Layers, id: &AccountId, hash: &Hash, always: bool) {
    let key = SignerKey::PreAuthTx(Uint256(hash.0));
    let place = layers
        .account(id)
        .and_then(|held| held.signers.iter().position(|signer| signer.key == key));
    if always {
        layers.load(&account_key(id));
    }
    if let Some(place) = place {
        layers.begin();
        reserve::remove_signer(layers, id, place);
        layers.keep();
    }
}

fn run_operations(
    layers: &mut Layers,
    round: &Round,
    frame: &Frame,
    verdict: &mut Verdict,
) -> Vec<OperationMetaV2> {
    let mut metas = Vec::new();
    layers.begin();
    for place in 0..frame.tx.operations.len() {
        let (result, meta) = run_operation(layers, round, frame, place);
        if meta.is_none() {
            verdict.code = Code::TxFailed;
        }
        metas.extend(meta);
        verdict.operations[place] = result;
    }
    if verdict.is_success() && !layers.sponsors.is_empty() {
        verdict.code = Code::TxBadSponsorship;
    }
    if verdict.is_success() {
        layers.keep();
        return metas;
    }
    layers.discard();
    Vec::new()
}

/// The operation's result, and its meta when it went well.
fn run_operation(
    layers: &mut Layers,
    round: &Round,
    frame: &Frame,
    place: usize,
) -> (OperationResult, Option<OperationMetaV2>) {
    let operation = &frame.tx.operations[place];
    let source = frame.op_source(operation);
    let source_id = account::id_of(source);
    if !operations::is_supported(&operation.body) {
        return (OperationResult::OpNotSupported, None);
    }
    if layers.account(&source_id).is_none() {
        return (OperationResult::OpNoAccount, None);
    }
    if let Err(result) = operations::check(&operation.body, &source_id) {
        return (result, None);
    }
    let mut events = Events::new(&round.network_id, &frame.tx.memo);
    layers.begin();
    let highest_sequence = round.highest_sequences.get(&source_id).copied();
    let mut context = Context {
        layers,
        events: &mut events,
        source,
        source_id,
        place: Place {
            transaction_source: account::id_of(&frame.tx.source_account),
            sequence: frame.tx.seq_num.clone(),
            number: u32::try_from(place).unwrap_or(u32::MAX),
        },
        highest_sequence,
    };
    match operations::apply(&operation.body, &mut context) {
        Ok(result) => {
            let changes = layers.changes();
            layers.keep();
            let meta = OperationMetaV2 {
                ext: ExtensionPoint::V0,
                changes,
                events: events.into_list(),
            };
            (OperationResult::OpInner(result), Some(meta))
        }
        Err(result) => {
            layers.discard();
            (result, None)
        }
    }
}
