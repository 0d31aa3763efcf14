//! endSponsoringFutureReserves: the sponsored account agrees to what was sponsored.

use stellar_xdr::{EndSponsoringFutureReservesResult, OperationResultTr};

use super::{fail, Context, Outcome};

fn answer(result: EndSponsoringFutureReservesResult) -> OperationResultTr {
    OperationResultTr::EndSponsoringFutureReserves(result)
}

pub fn apply(context: &mut Context) -> Outcome {
    match context.layers.sponsors.remove(&context.source_id) {
        Some(_) => Ok(answer(EndSponsoringFutureReservesResult::Success)),
        None => Err(fail(answer(
            EndSponsoringFutureReservesResult::NotSponsored,
        ))),
    }
}
