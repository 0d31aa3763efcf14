//! createAccount: a new account with a starting balance out of the source's own.

use stellar_xdr::{
    AccountId, Asset, CreateAccountOp, CreateAccountResult, LedgerEntry, LedgerEntryData,
    MuxedAccount, OperationResult, OperationResultTr, PublicKey,
};

use super::{fail, refused, Context, Outcome};
use crate::ledger::events::Transfer;
use crate::ledger::layers::{account_key, View};
use crate::ledger::{account, reserve};

fn answer(result: CreateAccountResult) -> OperationResultTr {
    OperationResultTr::CreateAccount(result)
}

pub fn check(op: &CreateAccountOp, source: &AccountId) -> Result<(), OperationResult> {
    match op.starting_balance < 0 || op.destination == *source {
        true => Err(fail(answer(CreateAccountResult::Malformed))),
        false => Ok(()),
    }
}

pub fn apply(op: &CreateAccountOp, context: &mut Context) -> Outcome {
    if context.layers.load(&account_key(&op.destination)).is_some() {
        return Err(fail(answer(CreateAccountResult::AlreadyExist)));
    }
    context.layers.begin();
    let outcome = fund(op, context);
    match outcome {
        Ok(_) => context.layers.keep(),
        Err(_) => context.layers.discard(),
    }
    outcome?;
    let PublicKey::PublicKeyTypeEd25519(key) = &op.destination.0;
    context.events.transfer(Transfer {
        asset: &Asset::Native,
        from: context.source,
        to: &MuxedAccount::Ed25519(key.clone()),
        amount: op.starting_balance,
    });
    Ok(answer(CreateAccountResult::Success))
}

fn fund(op: &CreateAccountOp, context: &mut Context) -> Result<(), OperationResult> {
    let header = context.layers.header().clone();
    let mut account = account::begin(
        op.destination.clone(),
        op.starting_balance,
        account::starting_sequence(&header),
    );
    let low = || answer(CreateAccountResult::LowReserve);
    let sponsor = reserve::sponsor_account(context.layers, &mut account)
        .map_err(|refusal| refused(refusal, low()))?;
    if account.balance < account::min_balance(&header, &account) {
        return Err(fail(low()));
    }
    let paid = context
        .layers
        .load_account(&context.source_id)
        .is_some_and(|source| {
            account::available(&header, source) >= op.starting_balance
                && account::add_balance(&header, source, -op.starting_balance)
        });
    if !paid {
        return Err(fail(answer(CreateAccountResult::Underfunded)));
    }
    context.layers.create(LedgerEntry {
        last_modified_ledger_seq: header.ledger_seq,
        data: LedgerEntryData::Account(account),
        ext: reserve::extension(sponsor),
    });
    Ok(())
}
