//! sendTransaction: puts a transaction into the queue, or says why not. It does not wait for a ledger.

use localnet::Submission;
use serde_json::Map;
use stellar_xdr::{Limits, ReadXdr, TransactionEnvelope};

use super::params::Params;
use super::{Answer, Facts, RpcError};
use crate::node::Node;
use crate::snapshot::hex;

/// What one transaction may take when decoded: bytes, and levels of nesting.
const LIMITS: Limits = Limits {
    depth: 500,
    len: 1024 * 1024,
};

pub fn answer(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    tell(node, params, |node, envelope| node.submit(envelope))
}

/// Says so, and does nothing.
pub fn pretend(node: &mut Node, params: &Params, submission: Submission) -> Answer {
    tell(node, params, |_, _| submission)
}

fn tell(
    node: &mut Node,
    params: &Params,
    submit: impl FnOnce(&mut Node, TransactionEnvelope) -> Submission,
) -> Answer {
    let format = params.format()?;
    let text = params.text("transaction")?;
    let envelope = TransactionEnvelope::from_xdr_base64(text, LIMITS)
        .map_err(|_| RpcError::params("invalid_xdr"))?;
    let hash = envelope
        .hash(node.ledger.network_id().0)
        .map_err(|_| RpcError::params("invalid_hash"))?;
    let range = node.range();
    let mut fields = Map::new();
    let status = match submit(node, envelope) {
        Submission::Pending => "PENDING",
        Submission::Duplicate => "DUPLICATE",
        Submission::TryAgainLater => "TRY_AGAIN_LATER",
        Submission::Error(result) => {
            format.put(&mut fields, "errorResult", &result)?;
            "ERROR"
        }
    };
    fields.insert("status".into(), status.into());
    fields.insert("hash".into(), hex(&hash).into());
    fields.insert("latestLedger".into(), range.latest.into());
    fields.insert(
        "latestLedgerCloseTime".into(),
        range.latest_close_time.to_string().into(),
    );
    Ok(fields.into())
}
