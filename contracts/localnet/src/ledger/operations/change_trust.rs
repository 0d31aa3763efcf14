//! changeTrust: opens, limits or closes a trust line. (Pool shares come with the pools.)

use stellar_xdr::{
    AccountId, Asset, ChangeTrustOp, ChangeTrustResult, LedgerEntry, LedgerEntryData, LedgerKey,
    OperationResult, OperationResultTr, TrustLineEntry, TrustLineEntryExt,
};

use super::{fail, refused, Context, Outcome};
use crate::ledger::layers::View;
use crate::ledger::{asset, reserve, trust_line};

/// Flags of an issuer: lines need leave; what was issued may be taken back.
const AUTH_REQUIRED: u32 = 1;
const AUTH_CLAWBACK_ENABLED: u32 = 8;

fn answer(result: ChangeTrustResult) -> OperationResultTr {
    OperationResultTr::ChangeTrust(result)
}

pub fn check(op: &ChangeTrustOp, source: &AccountId) -> Result<(), OperationResult> {
    let asset = asset::of_change_trust(&op.line).ok_or(OperationResult::OpNotSupported)?;
    let fits = op.limit >= 0
        && asset::is_valid(&asset)
        && asset != Asset::Native
        && asset::issuer(&asset) != Some(source);
    fits.then_some(())
        .ok_or(fail(answer(ChangeTrustResult::Malformed)))
}

pub fn apply(op: &ChangeTrustOp, context: &mut Context) -> Outcome {
    let asset = asset::of_change_trust(&op.line).ok_or(OperationResult::OpNotSupported)?;
    let key = asset::trust_line_key(&context.source_id, &asset);
    let held = context
        .layers
        .load(&key)
        .and_then(trust_line::in_entry)
        .cloned();
    match held {
        Some(line) if op.limit < trust_line::least_limit(&line) => {
            Err(ChangeTrustResult::InvalidLimit)
        }
        Some(line) if op.limit == 0 => close(&key, &line, context),
        Some(_) => limit(op.limit, &key, &asset, context),
        None if op.limit == 0 => Err(ChangeTrustResult::InvalidLimit),
        None => return open(op.limit, &asset, context),
    }
    .map(|()| answer(ChangeTrustResult::Success))
    .map_err(|result| fail(answer(result)))
}

fn close(
    key: &LedgerKey,
    line: &TrustLineEntry,
    context: &mut Context,
) -> Result<(), ChangeTrustResult> {
    if trust_line::pool_uses(line) != 0 {
        return Err(ChangeTrustResult::CannotDelete);
    }
    let sponsor = context.layers.entry(key).and_then(reserve::sponsor_of);
    reserve::release_subentry(context.layers, &context.source_id, sponsor.as_ref());
    context.layers.erase(key);
    Ok(())
}

fn limit(
    limit: i64,
    key: &LedgerKey,
    asset: &Asset,
    context: &mut Context,
) -> Result<(), ChangeTrustResult> {
    let issuer = asset::issuer(asset).and_then(|issuer| context.layers.account(issuer));
    issuer.ok_or(ChangeTrustResult::NoIssuer)?;
    if let Some(line) = context.layers.load(key).and_then(trust_line::in_entry) {
        line.limit = limit;
    }
    Ok(())
}

fn open(limit: i64, asset: &Asset, context: &mut Context) -> Outcome {
    let issuer = asset::issuer(asset).and_then(|issuer| context.layers.account(issuer));
    let issuer_flags = issuer
        .ok_or(fail(answer(ChangeTrustResult::NoIssuer)))?
        .flags;
    let header = context.layers.header().clone();
    let sponsor = reserve::add_subentry(context.layers, &context.source_id)
        .map_err(|refusal| refused(refusal, answer(ChangeTrustResult::LowReserve)))?;
    let line = TrustLineEntry {
        account_id: context.source_id.clone(),
        asset: asset::of_trust_line(asset),
        balance: 0,
        limit,
        flags: first_flags(issuer_flags),
        ext: TrustLineEntryExt::V0,
    };
    context.layers.create(LedgerEntry {
        last_modified_ledger_seq: header.ledger_seq,
        data: LedgerEntryData::Trustline(line),
        ext: reserve::extension(sponsor),
    });
    Ok(answer(ChangeTrustResult::Success))
}

fn first_flags(issuer_flags: u32) -> u32 {
    let authorized = if issuer_flags & AUTH_REQUIRED == 0 {
        trust_line::AUTHORIZED
    } else {
        0
    };
    let clawback = if issuer_flags & AUTH_CLAWBACK_ENABLED != 0 {
        trust_line::CLAWBACK_ENABLED
    } else {
        0
    };
    authorized | clawback
}
