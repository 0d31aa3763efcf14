//! payment: an asset from account to account; out of the issuer it is made, back to the issuer it ends.

use stellar_xdr::{AccountId, Asset, OperationResult, OperationResultTr, PaymentOp, PaymentResult};

use super::{fail, Context, Outcome};
use crate::ledger::events::Transfer;
use crate::ledger::layers::View;
use crate::ledger::{account, asset, trust_line};

fn answer(result: PaymentResult) -> OperationResultTr {
    OperationResultTr::Payment(result)
}

pub fn check(op: &PaymentOp) -> Result<(), OperationResult> {
    match op.amount <= 0 || !asset::is_valid(&op.asset) {
        true => Err(fail(answer(PaymentResult::Malformed))),
        false => Ok(()),
    }
}

/// XLM to oneself always succeeds and moves nothing. Else the receiver is credited before the sender is charged.
pub fn apply(op: &PaymentOp, context: &mut Context) -> Outcome {
    let destination = account::id_of(&op.destination);
    if !(destination == context.source_id && op.asset == Asset::Native) {
        let back_to_issuer = asset::issuer(&op.asset) == Some(&destination);
        if !back_to_issuer && context.layers.account(&destination).is_none() {
            return Err(fail(answer(PaymentResult::NoDestination)));
        }
        credit(op, &destination, context).map_err(|result| fail(answer(result)))?;
        charge(op, context).map_err(|result| fail(answer(result)))?;
    }
    context.events.transfer(Transfer {
        asset: &op.asset,
        from: context.source,
        to: &op.destination,
        amount: op.amount,
    });
    Ok(answer(PaymentResult::Success))
}

fn credit(
    op: &PaymentOp,
    destination: &AccountId,
    context: &mut Context,
) -> Result<(), PaymentResult> {
    if asset::issuer(&op.asset) == Some(destination) {
        return Ok(());
    }
    if op.asset == Asset::Native {
        let header = context.layers.header().clone();
        let account = context
            .layers
            .load_account(destination)
            .ok_or(PaymentResult::NoDestination)?;
        return account::add_balance(&header, account, op.amount)
            .then_some(())
            .ok_or(PaymentResult::LineFull);
    }
    let key = asset::trust_line_key(destination, &op.asset);
    let line = context
        .layers
        .load(&key)
        .and_then(trust_line::in_entry)
        .ok_or(PaymentResult::NoTrust)?;
    if !trust_line::is_authorized(line) {
        return Err(PaymentResult::NotAuthorized);
    }
    trust_line::add_balance(line, op.amount)
        .then_some(())
        .ok_or(PaymentResult::LineFull)
}

fn charge(op: &PaymentOp, context: &mut Context) -> Result<(), PaymentResult> {
    if asset::issuer(&op.asset) == Some(&context.source_id) {
        return Ok(());
    }
    if op.asset == Asset::Native {
        let header = context.layers.header().clone();
        let account = context
            .layers
            .load_account(&context.source_id)
            .ok_or(PaymentResult::Malformed)?;
        let affords = account::available(&header, account) >= op.amount;
        let paid = affords && account::add_balance(&header, account, -op.amount);
        return paid.then_some(()).ok_or(PaymentResult::Underfunded);
    }
    let key = asset::trust_line_key(&context.source_id, &op.asset);
    let line = context
        .layers
        .load(&key)
        .and_then(trust_line::in_entry)
        .ok_or(PaymentResult::SrcNoTrust)?;
    if !trust_line::is_authorized(line) {
        return Err(PaymentResult::SrcNotAuthorized);
    }
    trust_line::add_balance(line, -op.amount)
        .then_some(())
        .ok_or(PaymentResult::Underfunded)
}
