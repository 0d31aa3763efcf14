//! getHealth: whether ledgers still close. An unhealthy node answers with an error.

use serde_json::json;

use super::params::Params;
use super::{Answer, Facts, RpcError};
use crate::history::RETENTION;
use crate::node::{Node, Pace};

/// Seconds since the last ledger that are still fine (the reference server's default).
const MAX_LATENCY: u64 = 30;

pub fn answer(node: &mut Node, _: &Params, _: &Facts) -> Answer {
    let range = node.range();
    let latency = node.now().saturating_sub(range.latest_close_time);
    let allowed = match node.pace {
        Pace::Every(period) => MAX_LATENCY.max(3 * period.as_secs()),
        Pace::Manual => u64::MAX,
    };
    if latency > allowed {
        return Err(RpcError::internal(format!(
            "latency ({latency}s) since last known ledger closed is too high (>{allowed}s)"
        )));
    }
    Ok(json!({
        "status": "healthy",
        "latestLedger": range.latest,
        "oldestLedger": range.oldest,
        "ledgerRetentionWindow": RETENTION,
    }))
}
