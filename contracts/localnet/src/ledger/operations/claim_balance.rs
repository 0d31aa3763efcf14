//! claimClaimableBalance: one of those it was set aside for takes it, when its time has come.

use stellar_xdr::{
    Asset, ClaimClaimableBalanceOp, ClaimClaimableBalanceResult, ClaimPredicate,
    ClaimableBalanceEntry, Claimant, LedgerEntryData, LedgerKey, LedgerKeyClaimableBalance,
    OperationResultTr, ScAddress,
};

use super::{fail, Context, Outcome};
use crate::ledger::layers::View;
use crate::ledger::{account, asset, reserve, trust_line};

fn answer(result: ClaimClaimableBalanceResult) -> OperationResultTr {
    OperationResultTr::ClaimClaimableBalance(result)
}

pub fn apply(op: &ClaimClaimableBalanceOp, context: &mut Context) -> Outcome {
    claim(op, context).map_err(|result| fail(answer(result)))?;
    Ok(answer(ClaimClaimableBalanceResult::Success))
}

fn claim(
    op: &ClaimClaimableBalanceOp,
    context: &mut Context,
) -> Result<(), ClaimClaimableBalanceResult> {
    let key = LedgerKey::ClaimableBalance(LedgerKeyClaimableBalance {
        balance_id: op.balance_id.clone(),
    });
    let now = context.layers.header().scp_value.close_time.0;
    let entry = context
        .layers
        .load(&key)
        .ok_or(ClaimClaimableBalanceResult::DoesNotExist)?;
    let sponsor = reserve::sponsor_of(entry);
    let LedgerEntryData::ClaimableBalance(balance) = entry.data.clone() else {
        return Err(ClaimClaimableBalanceResult::DoesNotExist);
    };
    let may = balance
        .claimants
        .iter()
        .any(|Claimant::ClaimantTypeV0(claimant)| {
            claimant.destination == context.source_id && holds(&claimant.predicate, now)
        });
    if !may {
        return Err(ClaimClaimableBalanceResult::CannotClaim);
    }
    credit(&balance, context)?;
    context.layers.load_account(&context.source_id); // told before its sponsor
    let units = u32::try_from(balance.claimants.len()).unwrap_or(u32::MAX);
    if let Some(sponsor) = sponsor {
        reserve::release_balance(context.layers, &sponsor, units);
    }
    context.layers.erase(&key);
    context.events.between(
        &balance.asset,
        ScAddress::ClaimableBalance(balance.balance_id),
        ScAddress::Account(context.source_id.clone()),
        balance.amount,
    );
    Ok(())
}

fn holds(predicate: &ClaimPredicate, now: u64) -> bool {
    match predicate {
        ClaimPredicate::Unconditional => true,
        ClaimPredicate::And(both) => both.iter().all(|inner| holds(inner, now)),
        ClaimPredicate::Or(either) => either.iter().any(|inner| holds(inner, now)),
        ClaimPredicate::Not(inner) => inner.as_deref().is_some_and(|inner| !holds(inner, now)),
        ClaimPredicate::BeforeAbsoluteTime(time) => {
            u64::try_from(*time).is_ok_and(|time| now < time)
        }
        ClaimPredicate::BeforeRelativeTime(_) => false, // made absolute when the balance was
    }
}

fn credit(
    balance: &ClaimableBalanceEntry,
    context: &mut Context,
) -> Result<(), ClaimClaimableBalanceResult> {
    if balance.asset == Asset::Native {
        let header = context.layers.header().clone();
        let account = context
            .layers
            .load_account(&context.source_id)
            .ok_or(ClaimClaimableBalanceResult::CannotClaim)?;
        return account::add_balance(&header, account, balance.amount)
            .then_some(())
            .ok_or(ClaimClaimableBalanceResult::LineFull);
    }
    if asset::issuer(&balance.asset) == Some(&context.source_id) {
        return Ok(());
    }
    let line = context
        .layers
        .load(&asset::trust_line_key(&context.source_id, &balance.asset))
        .and_then(trust_line::in_entry)
        .ok_or(ClaimClaimableBalanceResult::NoTrust)?;
    if !trust_line::is_authorized(line) {
        return Err(ClaimClaimableBalanceResult::NotAuthorized);
    }
    trust_line::add_balance(line, balance.amount)
        .then_some(())
        .ok_or(ClaimClaimableBalanceResult::LineFull)
}
