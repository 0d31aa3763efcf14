//! May this transaction run? Asked by the queue before it takes one, by the close before it includes one, and once
//! more when its turn has come. The order of the questions decides which answer is given.

use stellar_xdr::{
    AccountEntry, AccountId, Operation, OperationResult, SignerKey, TransactionResultCode as Code,
};

use super::frame::Frame;
use super::layers::View;
use super::operations::{self, Threshold};
use super::signatures::{own_key, signers_of, Signatures};
use super::soroban::{self, Network};
use super::verdict::Verdict;
use super::{account, fees};

/// When the transaction is judged.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The ledger it would run in.
    pub sequence: u32,
    /// Close times, unix seconds: the earliest and the latest that ledger may have.
    pub earliest: u64,
    pub latest: u64,
    /// Running: the fee is already taken.
    pub applying: bool,
}

/// How far the questions went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Invalid,
    /// Invalid, but its sequence number is used up.
    UsesSequence,
    Valid,
}

/// Everything the queue wants to know, signatures of all operations included.
pub fn check(view: &impl View, frame: &Frame, moment: Moment) -> Verdict {
    let header = view.header();
    let mut verdict = Verdict::success(frame, fees::at_base(frame, i64::from(header.base_fee)));
    if !frame.has_valid_fee() {
        verdict.fee_charged = 0;
        verdict.refuse(Code::TxMalformed);
        return verdict;
    }
    if frame.bump.is_some() && !check_bump(view, frame, &mut verdict) {
        return verdict;
    }
    let mut signatures = Signatures::new(&frame.hash, &frame.signatures);
    if common(view, frame, moment, (&mut signatures, &mut verdict)) != Stage::Valid {
        return verdict;
    }
    for (operation, place) in frame.tx.operations.iter().zip(0..) {
        let source = account::id_of(frame.op_source(operation));
        let judged = match is_supported(view, frame, operation) {
            true => op_signed(view, frame, place, &mut signatures)
                .and_then(|()| check_operation(view, frame, operation, &source)),
            false => Err(OperationResult::OpNotSupported),
        };
        if let Err(result) = judged {
            verdict.operations[place] = result;
            verdict.code = Code::TxFailed;
            return verdict;
        }
    }
    if !signatures.all_used() {
        verdict.code = Code::TxBadAuthExtra;
    }
    verdict
}

fn is_supported(view: &impl View, frame: &Frame, operation: &Operation) -> bool {
    match frame.is_soroban() {
        true => Network::load(view).is_some(),
        false => operations::is_supported(&operation.body),
    }
}

/// What can be said of the operation without running it.
fn check_operation(
    view: &impl View,
    frame: &Frame,
    operation: &Operation,
    source: &AccountId,
) -> Result<(), OperationResult> {
    match Network::load(view).filter(|_| frame.is_soroban()) {
        Some(network) => soroban::check(&network, frame).map_err(OperationResult::OpInner),
        None => operations::check(&operation.body, source),
    }
}

/// The fee bump's own part: its fee, its signer, its money.
fn check_bump(view: &impl View, frame: &Frame, verdict: &mut Verdict) -> bool {
    let Some(bump) = &frame.bump else { return true };
    let problem = fees::bump_problem(frame, i64::from(view.header().base_fee));
    if let Some(needed) = problem {
        verdict.fee_charged = needed.unwrap_or(verdict.fee_charged);
        verdict.refuse(Code::TxInsufficientFee);
        return false;
    }
    let Some(payer) = view.account(&frame.fee_source()) else {
        verdict.refuse(Code::TxNoAccount);
        return false;
    };
    let mut signatures = Signatures::new(&bump.hash, &bump.signatures);
    let code = if !signatures.reach(&signers_of(payer), needed(payer, Threshold::Low)) {
        Code::TxBadAuth
    } else if account::available(view.header(), payer) < bump.fee {
        Code::TxInsufficientBalance
    } else if !signatures.all_used() {
        Code::TxBadAuthExtra
    } else {
        return true;
    };
    verdict.refuse(code);
    false
}

/// What is asked before and while running alike.
pub fn common(
    view: &impl View,
    frame: &Frame,
    moment: Moment,
    (signatures, verdict): (&mut Signatures, &mut Verdict),
) -> Stage {
    let (stage, code) = match judge(view, frame, moment, signatures) {
        Ok(()) => return Stage::Valid,
        Err(ill) => ill,
    };
    verdict.code = code;
    stage
}

fn judge(
    view: &impl View,
    frame: &Frame,
    moment: Moment,
    signatures: &mut Signatures,
) -> Result<(), (Stage, Code)> {
    let invalid = |code| (Stage::Invalid, code);
    if let Some(code) = form_problem(frame)
        .or_else(|| contract_problem(view, frame))
        .or_else(|| time_problem(frame, moment))
    {
        return Err(invalid(code));
    }
    let base_fee = i64::from(view.header().base_fee);
    if frame.bump.is_none() && frame.fee() < fees::at_base(frame, base_fee) {
        return Err(invalid(Code::TxInsufficientFee));
    }
    let source = view
        .account(&frame.source())
        .ok_or(invalid(Code::TxNoAccount))?;
    if is_bad_sequence(view, frame, source) {
        return Err(invalid(Code::TxBadSeq));
    }
    let uses_sequence = |code| (Stage::UsesSequence, code);
    if is_too_early_for(source, frame, moment) {
        return Err(uses_sequence(Code::TxBadMinSeqAgeOrGap));
    }
    if !signatures.reach(&signers_of(source), needed(source, Threshold::Low))
        || !extra_signed(frame, signatures)
    {
        return Err(uses_sequence(Code::TxBadAuth));
    }
    let to_pay = if moment.applying { 0 } else { frame.fee() };
    if frame.bump.is_none() && account::available(view.header(), source) < to_pay {
        return Err(uses_sequence(Code::TxInsufficientBalance));
    }
    Ok(())
}

/// What is wrong with the transaction whatever the ledger holds.
fn form_problem(frame: &Frame) -> Option<Code> {
    let extra = frame
        .conditions()
        .map_or(&[][..], |conditions| conditions.extra_signers.as_slice());
    let is_empty = |key: &SignerKey| matches!(key, SignerKey::Ed25519SignedPayload(signed) if signed.payload.is_empty());
    let is_repeated = matches!(extra, [first, second] if first == second);
    if frame.is_v0 {
        Some(Code::TxNotSupported)
    } else if is_repeated || extra.iter().any(is_empty) {
        Some(Code::TxMalformed)
    } else if frame.tx.operations.is_empty() {
        Some(Code::TxMissingOperation)
    } else if !frame.is_consistent() {
        Some(Code::TxMalformed)
    } else {
        None
    }
}

/// What is wrong with the resources that a contract call declares.
fn contract_problem(view: &impl View, frame: &Frame) -> Option<Code> {
    let network = frame.is_soroban().then(|| Network::load(view)).flatten()?;
    (!soroban::is_valid(&network, frame)).then_some(Code::TxSorobanInvalid)
}

fn time_problem(frame: &Frame, moment: Moment) -> Option<Code> {
    let (after, before) = frame
        .time_bounds()
        .map_or((0, 0), |bounds| (bounds.min_time.0, bounds.max_time.0));
    let (first, end) = frame
        .ledger_bounds()
        .map_or((0, 0), |bounds| (bounds.min_ledger, bounds.max_ledger));
    if after > moment.earliest || first > moment.sequence {
        Some(Code::TxTooEarly)
    } else if (before != 0 && before < moment.latest) || (end != 0 && end <= moment.sequence) {
        Some(Code::TxTooLate)
    } else {
        None
    }
}

fn is_bad_sequence(view: &impl View, frame: &Frame, source: &AccountEntry) -> bool {
    let (current, wanted) = (source.seq_num.0, frame.sequence());
    if wanted == account::starting_sequence(view.header()) {
        return true;
    }
    match frame
        .conditions()
        .and_then(|conditions| conditions.min_seq_num.as_ref())
    {
        Some(least) => current < least.0 || current >= wanted,
        None => current.checked_add(1) != Some(wanted),
    }
}

fn is_too_early_for(source: &AccountEntry, frame: &Frame, moment: Moment) -> bool {
    let (age, gap) = frame.conditions().map_or((0, 0), |asked| {
        (asked.min_seq_age.0, asked.min_seq_ledger_gap)
    });
    let (moved_ledger, moved_time) = account::sequence_moved(source);
    let is_young = moment
        .earliest
        .checked_sub(age)
        .is_none_or(|then| then < moved_time);
    is_young
        || moment
            .sequence
            .checked_sub(gap)
            .is_none_or(|then| then < moved_ledger)
}

/// Every extra signer must have signed.
fn extra_signed(frame: &Frame, signatures: &mut Signatures) -> bool {
    let extra = frame
        .conditions()
        .map_or(&[][..], |conditions| conditions.extra_signers.as_slice());
    let signers: Vec<_> = extra
        .iter()
        .map(|key| stellar_xdr::Signer {
            key: key.clone(),
            weight: 1,
        })
        .collect();
    let needed = u32::try_from(signers.len()).unwrap_or(u32::MAX);
    signers.is_empty() || signatures.reach(&signers, needed)
}

/// Has the source of the operation at this place agreed? A source yet to be created signs with its own key.
pub fn op_signed(
    view: &impl View,
    frame: &Frame,
    place: usize,
    signatures: &mut Signatures,
) -> Result<(), OperationResult> {
    let Some(operation) = frame.tx.operations.get(place) else {
        return Ok(());
    };
    let source = account::id_of(frame.op_source(operation));
    let signed = match view.account(&source) {
        Some(account) => signatures.reach(
            &signers_of(account),
            needed(account, operations::threshold(&operation.body)),
        ),
        None if operation.source_account.is_none() => return Err(OperationResult::OpNoAccount),
        None => signatures.reach(&[own_key(&source, 1)], 0),
    };
    signed.then_some(()).ok_or(OperationResult::OpBadAuth)
}

fn needed(account: &AccountEntry, threshold: Threshold) -> u32 {
    u32::from(account.thresholds.0[threshold as usize])
}
