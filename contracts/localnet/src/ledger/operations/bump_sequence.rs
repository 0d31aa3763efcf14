//! bumpSequence: moves an account's sequence number forward; a number behind it is no error and does nothing.

use stellar_xdr::{
    BumpSequenceOp, BumpSequenceResult, OperationResult, OperationResultTr, SequenceNumber,
};

use super::{fail, Context, Outcome};
use crate::ledger::account;
use crate::ledger::layers::View;

pub fn check(op: &BumpSequenceOp) -> Result<(), OperationResult> {
    match op.bump_to.0 < 0 {
        true => Err(fail(OperationResultTr::BumpSequence(
            BumpSequenceResult::BadSeq,
        ))),
        false => Ok(()),
    }
}

pub fn apply(op: &BumpSequenceOp, context: &mut Context) -> Outcome {
    let header = context.layers.header().clone();
    let source = context
        .layers
        .load_account(&context.source_id)
        .ok_or(OperationResult::OpNoAccount)?;
    account::set_sequence_moved(source, &header);
    source.seq_num = SequenceNumber(source.seq_num.0.max(op.bump_to.0));
    Ok(OperationResultTr::BumpSequence(BumpSequenceResult::Success))
}
