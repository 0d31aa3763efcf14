//! manageData: a named value on an account, set or removed.

use stellar_xdr::{
    DataEntry, DataEntryExt, DataValue, LedgerEntry, LedgerEntryData, LedgerKey, LedgerKeyData,
    ManageDataOp, ManageDataResult, OperationResult, OperationResultTr,
};

use super::{fail, is_plain_text, refused, Context, Outcome};
use crate::ledger::layers::View;
use crate::ledger::reserve;

fn answer(result: ManageDataResult) -> OperationResultTr {
    OperationResultTr::ManageData(result)
}

pub fn check(op: &ManageDataOp) -> Result<(), OperationResult> {
    let name = op.data_name.as_slice();
    match name.is_empty() || !is_plain_text(name) {
        true => Err(fail(answer(ManageDataResult::InvalidName))),
        false => Ok(()),
    }
}

pub fn apply(op: &ManageDataOp, context: &mut Context) -> Outcome {
    let key = LedgerKey::Data(LedgerKeyData {
        account_id: context.source_id.clone(),
        data_name: op.data_name.clone(),
    });
    let held = context.layers.load(&key).map(|entry| &mut entry.data);
    match (held, &op.data_value) {
        (Some(LedgerEntryData::Data(data)), Some(value)) => data.data_value = value.clone(),
        (Some(_), None) => remove(&key, context),
        (_, Some(value)) => create(op, value, context)?,
        (None, None) => return Err(fail(answer(ManageDataResult::NameNotFound))),
    }
    Ok(answer(ManageDataResult::Success))
}

fn remove(key: &LedgerKey, context: &mut Context) {
    let sponsor = context.layers.entry(key).and_then(reserve::sponsor_of);
    reserve::release_subentry(context.layers, &context.source_id, sponsor.as_ref());
    context.layers.erase(key);
}

fn create(
    op: &ManageDataOp,
    value: &DataValue,
    context: &mut Context,
) -> Result<(), OperationResult> {
    let header = context.layers.header().clone();
    let sponsor = reserve::add_subentry(context.layers, &context.source_id)
        .map_err(|refusal| refused(refusal, answer(ManageDataResult::LowReserve)))?;
    let data = DataEntry {
        account_id: context.source_id.clone(),
        data_name: op.data_name.clone(),
        data_value: value.clone(),
        ext: DataEntryExt::V0,
    };
    context.layers.create(LedgerEntry {
        last_modified_ledger_seq: header.ledger_seq,
        data: LedgerEntryData::Data(data),
        ext: reserve::extension(sponsor),
    });
    Ok(())
}
