//! beginSponsoringFutureReserves: until it ends, what comes of the sponsored account is on the source's reserve (CAP-33).

use stellar_xdr::{
    AccountId, BeginSponsoringFutureReservesOp, BeginSponsoringFutureReservesResult,
    OperationResult, OperationResultTr,
};

use super::{fail, Context, Outcome};

fn answer(result: BeginSponsoringFutureReservesResult) -> OperationResultTr {
    OperationResultTr::BeginSponsoringFutureReserves(result)
}

pub fn check(
    op: &BeginSponsoringFutureReservesOp,
    source: &AccountId,
) -> Result<(), OperationResult> {
    match op.sponsored_id == *source {
        true => Err(fail(answer(BeginSponsoringFutureReservesResult::Malformed))),
        false => Ok(()),
    }
}

pub fn apply(op: &BeginSponsoringFutureReservesOp, context: &mut Context) -> Outcome {
    let sponsors = &mut context.layers.sponsors;
    if sponsors.contains_key(&op.sponsored_id) {
        return Err(fail(answer(
            BeginSponsoringFutureReservesResult::AlreadySponsored,
        )));
    }
    let is_sponsor = sponsors.values().any(|sponsor| *sponsor == op.sponsored_id);
    if is_sponsor || sponsors.contains_key(&context.source_id) {
        return Err(fail(answer(BeginSponsoringFutureReservesResult::Recursive)));
    }
    sponsors.insert(op.sponsored_id.clone(), context.source_id.clone());
    Ok(answer(BeginSponsoringFutureReservesResult::Success))
}
