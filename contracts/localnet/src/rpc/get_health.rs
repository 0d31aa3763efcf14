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
            "latency ({}) since last known ledger closed is too high (>{})",
            duration(latency),
            duration(allowed)
        )));
    }
    Ok(json!({
        "status": "healthy",
        "latestLedger": range.latest,
        "oldestLedger": range.oldest,
        "ledgerRetentionWindow": RETENTION,
    }))
}

/// Seconds as the reference server's language writes them (Go, time.Duration): 30s, 1m5s, 2h0m0s.
fn duration(seconds: u64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0..60 => format!("{rest}s"),
        60..3600 => format!("{minutes}m{rest}s"),
        _ => format!("{hours}h{minutes}m{rest}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_go_writes_them() {
        let told = [30, 60, 65, 3600, 7325].map(duration);
        assert_eq!(told, ["30s", "1m0s", "1m5s", "1h0m0s", "2h2m5s"]);
    }
}
