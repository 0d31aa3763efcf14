//! setTrustLineFlags and the older allowTrust: an issuer lets a line hold its asset, or no longer. (Offers that a line
//! which is shut would lose come with the offers.)

use stellar_xdr::{
    AccountId, AllowTrustOp, AllowTrustResult, Asset, AssetCode, OperationResult,
    OperationResultTr, SetTrustLineFlagsOp, SetTrustLineFlagsResult,
};

use super::{fail, Context, Outcome};
use crate::ledger::layers::View;
use crate::ledger::{asset, trust_line};

/// Of an issuer: leave may be taken back.
const AUTH_REVOCABLE: u32 = 2;
/// Of a line: may hold, or may only keep what it has promised.
const LEAVE: u32 = 3;
const MAINTAIN: u32 = 2;
const ALL_FLAGS: u32 = 7;

/// Why a line's flags stay as they are.
enum Refusal {
    NoTrustLine,
    CantRevoke,
    InvalidState,
}

pub fn check_set(op: &SetTrustLineFlagsOp, source: &AccountId) -> Result<(), OperationResult> {
    let is_good = asset::is_valid(&op.asset)
        && asset::issuer(&op.asset) == Some(source)
        && op.trustor != *source
        && op.set_flags & op.clear_flags == 0
        && op.set_flags & !LEAVE == 0
        && op.set_flags != LEAVE
        && op.clear_flags & !ALL_FLAGS == 0;
    let result = OperationResultTr::SetTrustLineFlags(SetTrustLineFlagsResult::Malformed);
    is_good.then_some(()).ok_or(fail(result))
}

pub fn check_allow(op: &AllowTrustOp, source: &AccountId) -> Result<(), OperationResult> {
    let is_good = asset::is_valid(&of_code(&op.asset, source))
        && op.trustor != *source
        && op.authorize < LEAVE;
    let result = OperationResultTr::AllowTrust(AllowTrustResult::Malformed);
    is_good.then_some(()).ok_or(fail(result))
}

fn of_code(code: &AssetCode, issuer: &AccountId) -> Asset {
    match code {
        AssetCode::CreditAlphanum4(code) => Asset::CreditAlphanum4(stellar_xdr::AlphaNum4 {
            asset_code: code.clone(),
            issuer: issuer.clone(),
        }),
        AssetCode::CreditAlphanum12(code) => Asset::CreditAlphanum12(stellar_xdr::AlphaNum12 {
            asset_code: code.clone(),
            issuer: issuer.clone(),
        }),
    }
}

pub fn apply_set(op: &SetTrustLineFlagsOp, context: &mut Context) -> Outcome {
    let answer = OperationResultTr::SetTrustLineFlags;
    set(
        context,
        (&op.trustor, &op.asset),
        op.set_flags,
        op.clear_flags,
    )
    .map_err(|refusal| {
        fail(answer(match refusal {
            Refusal::NoTrustLine => SetTrustLineFlagsResult::NoTrustLine,
            Refusal::CantRevoke => SetTrustLineFlagsResult::CantRevoke,
            Refusal::InvalidState => SetTrustLineFlagsResult::InvalidState,
        }))
    })?;
    Ok(answer(SetTrustLineFlagsResult::Success))
}

pub fn apply_allow(op: &AllowTrustOp, context: &mut Context) -> Outcome {
    let answer = OperationResultTr::AllowTrust;
    let asset = of_code(&op.asset, &context.source_id);
    let clear = LEAVE & !op.authorize;
    set(context, (&op.trustor, &asset), op.authorize, clear).map_err(|refusal| {
        fail(answer(match refusal {
            Refusal::NoTrustLine => AllowTrustResult::NoTrustLine,
            Refusal::CantRevoke | Refusal::InvalidState => AllowTrustResult::CantRevoke,
        }))
    })?;
    Ok(answer(AllowTrustResult::Success))
}

fn set(
    context: &mut Context,
    (trustor, asset): (&AccountId, &Asset),
    set: u32,
    clear: u32,
) -> Result<(), Refusal> {
    let issuer = context.layers.account(&context.source_id);
    let revocable = issuer.is_some_and(|issuer| issuer.flags & AUTH_REVOCABLE != 0);
    let line = context
        .layers
        .load(&asset::trust_line_key(trustor, asset))
        .and_then(trust_line::in_entry)
        .ok_or(Refusal::NoTrustLine)?;
    let wanted = (line.flags & !clear) | set;
    let loses = line.flags & LEAVE & clear != 0;
    let shrinks = trust_line::is_authorized(line) && wanted & MAINTAIN != 0;
    if !revocable && (loses || shrinks) {
        return Err(Refusal::CantRevoke);
    }
    if wanted & LEAVE == LEAVE {
        return Err(Refusal::InvalidState);
    }
    line.flags = wanted;
    let may_hold = trust_line::is_authorized(line);
    context.events.authorized(asset, trustor, may_hold);
    Ok(())
}
