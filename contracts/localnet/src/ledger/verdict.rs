//! What the network says of a transaction, while it is still being found out; at the end it becomes the XDR result.

use stellar_xdr::{
    Hash, InnerTransactionResult, InnerTransactionResultExt, InnerTransactionResultPair,
    InnerTransactionResultResult, Limited, Limits, Operation, OperationResult, OperationResultTr,
    ReadXdr, TransactionResult, TransactionResultCode, TransactionResultExt,
    TransactionResultResult, VecM,
};

use super::frame::Frame;

/// Enough zeros for the success form of any operation's result.
const ZEROS: usize = 512;

#[derive(Clone, Debug)]
pub struct Verdict {
    pub fee_charged: i64,
    /// Of the part that acts.
    pub code: TransactionResultCode,
    pub operations: Vec<OperationResult>,
    /// What is wrong with the fee bump itself: then the part that acts has no result.
    pub bump_error: Option<TransactionResultCode>,
    inner_hash: Option<Hash>,
}

impl Verdict {
    /// Success so far: every operation starts as if it went well.
    pub fn success(frame: &Frame, fee_charged: i64) -> Verdict {
        Verdict {
            fee_charged,
            code: TransactionResultCode::TxSuccess,
            operations: frame.tx.operations.iter().map(untouched).collect(),
            bump_error: None,
            inner_hash: frame.bump.as_ref().map(|_| frame.hash.clone()),
        }
    }

    pub fn is_success(&self) -> bool {
        self.bump_error.is_none() && self.code == TransactionResultCode::TxSuccess
    }

    /// The envelope itself is refused, a fee bump or not.
    pub fn refuse(&mut self, code: TransactionResultCode) {
        match self.inner_hash {
            Some(_) => self.bump_error = Some(code),
            None => self.code = code,
        }
    }

    pub fn into_result(self) -> TransactionResult {
        let result = match (self.bump_error, self.inner_hash) {
            (Some(error), _) => without_operations(error),
            (None, None) => match self.code {
                TransactionResultCode::TxSuccess => {
                    TransactionResultResult::TxSuccess(listed(self.operations))
                }
                TransactionResultCode::TxFailed => {
                    TransactionResultResult::TxFailed(listed(self.operations))
                }
                code => without_operations(code),
            },
            (None, Some(hash)) => inner(hash, self.code, self.operations),
        };
        TransactionResult {
            fee_charged: self.fee_charged,
            result,
            ext: TransactionResultExt::V0,
        }
    }
}

/// An error that says nothing of operations.
pub fn error(code: TransactionResultCode, fee_charged: i64) -> TransactionResult {
    TransactionResult {
        fee_charged,
        result: without_operations(code),
        ext: TransactionResultExt::V0,
    }
}

fn listed(operations: Vec<OperationResult>) -> VecM<OperationResult> {
    VecM::try_from(operations).unwrap_or_default()
}

fn inner(
    hash: Hash,
    code: TransactionResultCode,
    operations: Vec<OperationResult>,
) -> TransactionResultResult {
    let pair = |result| InnerTransactionResultPair {
        transaction_hash: hash,
        result: InnerTransactionResult {
            fee_charged: 0,
            result,
            ext: InnerTransactionResultExt::V0,
        },
    };
    match code {
        TransactionResultCode::TxSuccess => TransactionResultResult::TxFeeBumpInnerSuccess(pair(
            InnerTransactionResultResult::TxSuccess(listed(operations)),
        )),
        TransactionResultCode::TxFailed => TransactionResultResult::TxFeeBumpInnerFailed(pair(
            InnerTransactionResultResult::TxFailed(listed(operations)),
        )),
        code => TransactionResultResult::TxFeeBumpInnerFailed(pair(
            by_code(code as i32).unwrap_or(InnerTransactionResultResult::TxInternalError),
        )),
    }
}

fn without_operations(code: TransactionResultCode) -> TransactionResultResult {
    by_code(code as i32).unwrap_or(TransactionResultResult::TxInternalError)
}

/// A union's value from its discriminant alone, the rest of it zero.
fn by_code<T: ReadXdr>(code: i32) -> Option<T> {
    let mut bytes = code.to_be_bytes().to_vec();
    bytes.resize(ZEROS, 0);
    T::read_xdr(&mut Limited::new(bytes.as_slice(), Limits::none())).ok()
}

/// The result of an operation that nobody has judged yet.
fn untouched(operation: &Operation) -> OperationResult {
    let kind = operation.body.discriminant() as i32;
    by_code::<OperationResultTr>(kind)
        .map_or(OperationResult::OpNotSupported, OperationResult::OpInner)
}
