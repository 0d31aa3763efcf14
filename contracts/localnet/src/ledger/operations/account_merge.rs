//! accountMerge: an account ends and leaves its balance to another.

use stellar_xdr::{
    AccountEntry, AccountId, AccountMergeResult, Asset, LedgerHeader, MuxedAccount,
    OperationResult, OperationResultTr,
};

use super::{fail, Context, Outcome};
use crate::ledger::events::Transfer;
use crate::ledger::layers::{account_key, View};
use crate::ledger::{account, reserve};

fn answer(result: AccountMergeResult) -> OperationResultTr {
    OperationResultTr::AccountMerge(result)
}

pub fn check(destination: &MuxedAccount, source: &AccountId) -> Result<(), OperationResult> {
    match account::id_of(destination) == *source {
        true => Err(fail(answer(AccountMergeResult::Malformed))),
        false => Ok(()),
    }
}

pub fn apply(destination: &MuxedAccount, context: &mut Context) -> Outcome {
    let amount = merge(destination, context).map_err(|result| fail(answer(result)))?;
    context.events.transfer(Transfer {
        asset: &Asset::Native,
        from: context.source,
        to: destination,
        amount,
    });
    Ok(answer(AccountMergeResult::Success(amount)))
}

fn merge(destination: &MuxedAccount, context: &mut Context) -> Result<i64, AccountMergeResult> {
    let heir = account::id_of(destination);
    let header = context.layers.header().clone();
    context
        .layers
        .load(&account_key(&heir))
        .ok_or(AccountMergeResult::NoAccount)?;
    let source = context
        .layers
        .load_account(&context.source_id)
        .ok_or(AccountMergeResult::NoAccount)?;
    may_end(&header, source, context.highest_sequence)?;
    let (balance, signers) = (source.balance, source.signers.len());
    for place in (0..signers).rev() {
        reserve::remove_signer(context.layers, &context.source_id, place);
    }
    let inherited = context.layers.load_account(&heir);
    if !inherited.is_some_and(|heir| account::add_balance(&header, heir, balance)) {
        return Err(AccountMergeResult::DestFull);
    }
    reserve::release_account(context.layers, &context.source_id);
    context.layers.erase(&account_key(&context.source_id));
    Ok(balance)
}

/// Made again in this ledger, the account must not get a sequence number it could have used before.
fn may_end(
    header: &LedgerHeader,
    source: &AccountEntry,
    highest: Option<i64>,
) -> Result<(), AccountMergeResult> {
    let next_start = account::starting_sequence(header);
    if source.flags & account::AUTH_IMMUTABLE != 0 {
        return Err(AccountMergeResult::ImmutableSet);
    }
    if usize::try_from(source.num_sub_entries) != Ok(source.signers.len()) {
        return Err(AccountMergeResult::HasSubEntries);
    }
    if source.seq_num.0 >= next_start || highest.is_some_and(|highest| highest >= next_start) {
        return Err(AccountMergeResult::SeqnumTooFar);
    }
    if account::extension_v2(source).is_some_and(|v2| v2.num_sponsoring > 0) {
        return Err(AccountMergeResult::IsSponsor);
    }
    Ok(())
}
