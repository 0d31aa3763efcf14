//! clawback: an issuer takes back what a line, or a balance that waits to be claimed, holds of its asset (CAP-35).

use stellar_xdr::{
    AccountId, Asset, ClaimableBalanceEntryExt, ClawbackClaimableBalanceOp,
    ClawbackClaimableBalanceResult, ClawbackOp, ClawbackResult, LedgerEntryData, LedgerKey,
    LedgerKeyClaimableBalance, OperationResult, OperationResultTr, ScAddress,
};

use super::{fail, Context, Outcome};
use crate::ledger::{account, asset, reserve, trust_line};

const CLAWBACK_ENABLED: u32 = 1; // of a claimable balance

pub fn check(op: &ClawbackOp, source: &AccountId) -> Result<(), OperationResult> {
    let is_good = op.amount > 0
        && op.asset != Asset::Native
        && asset::is_valid(&op.asset)
        && asset::issuer(&op.asset) == Some(source)
        && account::id_of(&op.from) != *source;
    let result = OperationResultTr::Clawback(ClawbackResult::Malformed);
    is_good.then_some(()).ok_or(fail(result))
}

pub fn apply(op: &ClawbackOp, context: &mut Context) -> Outcome {
    let answer = OperationResultTr::Clawback;
    take_back(op, context).map_err(|result| fail(answer(result)))?;
    let from = ScAddress::Account(account::id_of(&op.from));
    context.events.clawback(&op.asset, from, op.amount);
    Ok(answer(ClawbackResult::Success))
}

fn take_back(op: &ClawbackOp, context: &mut Context) -> Result<(), ClawbackResult> {
    let line = context
        .layers
        .load(&asset::trust_line_key(&account::id_of(&op.from), &op.asset))
        .and_then(trust_line::in_entry)
        .ok_or(ClawbackResult::NoTrust)?;
    if line.flags & trust_line::CLAWBACK_ENABLED == 0 {
        return Err(ClawbackResult::NotClawbackEnabled);
    }
    trust_line::add_balance(line, -op.amount)
        .then_some(())
        .ok_or(ClawbackResult::Underfunded)
}

pub fn apply_to_balance(op: &ClawbackClaimableBalanceOp, context: &mut Context) -> Outcome {
    let answer = OperationResultTr::ClawbackClaimableBalance;
    take_balance_back(op, context).map_err(|result| fail(answer(result)))?;
    Ok(answer(ClawbackClaimableBalanceResult::Success))
}

fn take_balance_back(
    op: &ClawbackClaimableBalanceOp,
    context: &mut Context,
) -> Result<(), ClawbackClaimableBalanceResult> {
    let key = LedgerKey::ClaimableBalance(LedgerKeyClaimableBalance {
        balance_id: op.balance_id.clone(),
    });
    let entry = context
        .layers
        .load(&key)
        .ok_or(ClawbackClaimableBalanceResult::DoesNotExist)?;
    let sponsor = reserve::sponsor_of(entry);
    let LedgerEntryData::ClaimableBalance(balance) = entry.data.clone() else {
        return Err(ClawbackClaimableBalanceResult::DoesNotExist);
    };
    if asset::issuer(&balance.asset) != Some(&context.source_id) {
        return Err(ClawbackClaimableBalanceResult::NotIssuer);
    }
    let claws = matches!(&balance.ext, ClaimableBalanceEntryExt::V1(v1) if v1.flags & CLAWBACK_ENABLED != 0);
    if !claws {
        return Err(ClawbackClaimableBalanceResult::NotClawbackEnabled);
    }
    context.layers.load_account(&context.source_id); // told before its sponsor
    let units = u32::try_from(balance.claimants.len()).unwrap_or(u32::MAX);
    if let Some(sponsor) = sponsor {
        reserve::release_balance(context.layers, &sponsor, units);
    }
    context.layers.erase(&key);
    let from = ScAddress::ClaimableBalance(balance.balance_id);
    context
        .events
        .clawback(&balance.asset, from, balance.amount);
    Ok(())
}
