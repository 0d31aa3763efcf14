//! createClaimableBalance: an amount is set aside for whoever may claim it; its reserve is on its maker, or on whoever
//! sponsors him, a unit for each claimant (CAP-23).

use std::collections::BTreeSet;

use stellar_xdr::{
    Asset, ClaimPredicate, ClaimableBalanceEntry, ClaimableBalanceEntryExt,
    ClaimableBalanceEntryExtensionV1, ClaimableBalanceEntryExtensionV1Ext, ClaimableBalanceId,
    Claimant, ClaimantV0, CreateClaimableBalanceOp, CreateClaimableBalanceResult, HashIdPreimage,
    HashIdPreimageOperationId, LedgerEntry, LedgerEntryData, OperationResult, OperationResultTr,
    ScAddress, VecM,
};

use super::{fail, refused, Context, Outcome};
use crate::ledger::layers::View;
use crate::ledger::{account, asset, hashing, reserve, trust_line};

const CLAWBACK_ENABLED: u32 = 1;
/// Of an issuer.
const AUTH_CLAWBACK_ENABLED: u32 = 8;
const DEEPEST_PREDICATE: usize = 4;

fn answer(result: CreateClaimableBalanceResult) -> OperationResultTr {
    OperationResultTr::CreateClaimableBalance(result)
}

pub fn check(op: &CreateClaimableBalanceOp) -> Result<(), OperationResult> {
    let claimants: BTreeSet<_> = op.claimants.iter().map(destination).collect();
    let fits = op.amount > 0
        && asset::is_valid(&op.asset)
        && !op.claimants.is_empty()
        && claimants.len() == op.claimants.len()
        && op
            .claimants
            .iter()
            .all(|Claimant::ClaimantTypeV0(claimant)| is_valid(&claimant.predicate, 1));
    fits.then_some(())
        .ok_or(fail(answer(CreateClaimableBalanceResult::Malformed)))
}

fn destination(Claimant::ClaimantTypeV0(claimant): &Claimant) -> &stellar_xdr::AccountId {
    &claimant.destination
}

fn is_valid(predicate: &ClaimPredicate, depth: usize) -> bool {
    let deeper = |inner: &ClaimPredicate| is_valid(inner, depth + 1);
    depth <= DEEPEST_PREDICATE
        && match predicate {
            ClaimPredicate::Unconditional => true,
            ClaimPredicate::And(both) | ClaimPredicate::Or(both) => {
                both.len() == 2 && both.iter().all(deeper)
            }
            ClaimPredicate::Not(inner) => inner.as_deref().is_some_and(deeper),
            ClaimPredicate::BeforeAbsoluteTime(time) | ClaimPredicate::BeforeRelativeTime(time) => {
                *time >= 0
            }
        }
}

pub fn apply(op: &CreateClaimableBalanceOp, context: &mut Context) -> Outcome {
    context.layers.load_account(&context.source_id);
    let claws = charge(op, context).map_err(|result| fail(answer(result)))?;
    let balance_id = name(context);
    let header = context.layers.header().clone();
    let units = u32::try_from(op.claimants.len()).unwrap_or(u32::MAX);
    let sponsor = reserve::sponsor_balance(context.layers, &context.source_id, units)
        .map_err(|refusal| refused(refusal, answer(CreateClaimableBalanceResult::LowReserve)))?;
    let closed_at = i64::try_from(header.scp_value.close_time.0).unwrap_or(i64::MAX);
    context.layers.create(LedgerEntry {
        last_modified_ledger_seq: header.ledger_seq,
        data: LedgerEntryData::ClaimableBalance(ClaimableBalanceEntry {
            balance_id: balance_id.clone(),
            claimants: absolute(&op.claimants, closed_at),
            asset: op.asset.clone(),
            amount: op.amount,
            ext: extension(claws),
        }),
        ext: reserve::extension(Some(sponsor)),
    });
    context.events.between(
        &op.asset,
        ScAddress::Account(context.source_id.clone()),
        ScAddress::ClaimableBalance(balance_id.clone()),
        op.amount,
    );
    Ok(answer(CreateClaimableBalanceResult::Success(balance_id)))
}

/// Whether what is set aside may be clawed back.
fn charge(
    op: &CreateClaimableBalanceOp,
    context: &mut Context,
) -> Result<bool, CreateClaimableBalanceResult> {
    let header = context.layers.header().clone();
    if op.asset == Asset::Native {
        let account = context
            .layers
            .load_account(&context.source_id)
            .ok_or(CreateClaimableBalanceResult::Underfunded)?;
        let affords = account::available(&header, account) >= op.amount;
        let paid = affords && account::add_balance(&header, account, -op.amount);
        return paid
            .then_some(false)
            .ok_or(CreateClaimableBalanceResult::Underfunded);
    }
    if asset::issuer(&op.asset) == Some(&context.source_id) {
        let issuer = context.layers.account(&context.source_id);
        return Ok(issuer.is_some_and(|issuer| issuer.flags & AUTH_CLAWBACK_ENABLED != 0));
    }
    let line = context
        .layers
        .load(&asset::trust_line_key(&context.source_id, &op.asset))
        .and_then(trust_line::in_entry)
        .ok_or(CreateClaimableBalanceResult::NoTrust)?;
    if !trust_line::is_authorized(line) {
        return Err(CreateClaimableBalanceResult::NotAuthorized);
    }
    trust_line::add_balance(line, -op.amount)
        .then_some(line.flags & trust_line::CLAWBACK_ENABLED != 0)
        .ok_or(CreateClaimableBalanceResult::Underfunded)
}

fn name(context: &Context) -> ClaimableBalanceId {
    let preimage = HashIdPreimage::OpId(HashIdPreimageOperationId {
        source_account: context.place.transaction_source.clone(),
        seq_num: context.place.sequence.clone(),
        op_num: context.place.number,
    });
    ClaimableBalanceId::ClaimableBalanceIdTypeV0(hashing::of_xdr(&preimage))
}

/// Times counted from now on become moments.
fn absolute(claimants: &VecM<Claimant, 10>, now: i64) -> VecM<Claimant, 10> {
    let fixed: Vec<Claimant> = claimants
        .iter()
        .map(|Claimant::ClaimantTypeV0(claimant)| {
            Claimant::ClaimantTypeV0(ClaimantV0 {
                destination: claimant.destination.clone(),
                predicate: fix(&claimant.predicate, now),
            })
        })
        .collect();
    VecM::try_from(fixed).unwrap_or_default()
}

fn fix(predicate: &ClaimPredicate, now: i64) -> ClaimPredicate {
    let all = |inner: &VecM<ClaimPredicate, 2>| {
        let fixed: Vec<ClaimPredicate> = inner.iter().map(|inner| fix(inner, now)).collect();
        VecM::try_from(fixed).unwrap_or_default()
    };
    match predicate {
        ClaimPredicate::And(both) => ClaimPredicate::And(all(both)),
        ClaimPredicate::Or(both) => ClaimPredicate::Or(all(both)),
        ClaimPredicate::Not(inner) => {
            ClaimPredicate::Not(inner.as_deref().map(|inner| Box::new(fix(inner, now))))
        }
        ClaimPredicate::BeforeRelativeTime(time) => {
            ClaimPredicate::BeforeAbsoluteTime(now.saturating_add(*time))
        }
        other => other.clone(),
    }
}

fn extension(claws: bool) -> ClaimableBalanceEntryExt {
    match claws {
        false => ClaimableBalanceEntryExt::V0,
        true => ClaimableBalanceEntryExt::V1(ClaimableBalanceEntryExtensionV1 {
            ext: ClaimableBalanceEntryExtensionV1Ext::V0,
            flags: CLAWBACK_ENABLED,
        }),
    }
}
