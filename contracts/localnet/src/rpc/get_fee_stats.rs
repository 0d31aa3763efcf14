//! getFeeStats: what a place in a ledger cost lately, in stroops an operation.

use serde_json::{json, Value};

use super::params::Params;
use super::{Answer, Facts};
use crate::history::ClosedRecord;
use crate::node::Node;

/// Ledgers looked at (the reference server's defaults).
const WINDOW: usize = 10;
const CONTRACT_WINDOW: usize = 50;

pub fn answer(node: &mut Node, _: &Params, _: &Facts) -> Answer {
    let told = |window, fees: fn(&ClosedRecord) -> &[u64]| {
        let ledgers = node.history.recent(window);
        let found: Vec<u64> = ledgers.flat_map(fees).copied().collect();
        distribution(found, node.history.recent(window).count())
    };
    Ok(json!({
        "sorobanInclusionFee": told(CONTRACT_WINDOW, |ledger| &ledger.contract_fees),
        "inclusionFee": told(WINDOW, |ledger| &ledger.fees),
        "latestLedger": node.ledger.header().ledger_seq,
    }))
}

fn distribution(mut fees: Vec<u64>, ledgers: usize) -> Value {
    fees.sort_unstable();
    let ledgers = if fees.is_empty() { 0 } else { ledgers };
    // Nearest rank.
    let percentile = |p: usize| match (p * fees.len()).div_ceil(100) {
        0 => "0".to_owned(),
        rank => fees[rank - 1].to_string(),
    };
    json!({
        "max": percentile(100),
        "min": fees.first().unwrap_or(&0).to_string(),
        "mode": mode(&fees).to_string(),
        "p10": percentile(10),
        "p20": percentile(20),
        "p30": percentile(30),
        "p40": percentile(40),
        "p50": percentile(50),
        "p60": percentile(60),
        "p70": percentile(70),
        "p80": percentile(80),
        "p90": percentile(90),
        "p95": percentile(95),
        "p99": percentile(99),
        "transactionCount": fees.len().to_string(),
        "ledgerCount": ledgers,
    })
}

/// The commonest of sorted values, the smallest of equally common ones.
fn mode(sorted: &[u64]) -> u64 {
    let mut best = (0, 0);
    for same in sorted.chunk_by(|a, b| a == b) {
        if same.len() > best.0 {
            best = (same.len(), same[0]);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a real network told it after four transactions (queue-behaviour.json, "fee stats after").
    #[test]
    fn four_fees_are_told_as_recorded() {
        let told = distribution(vec![200, 100, 200, 100], 10);
        for (name, value) in [
            ("max", "200"),
            ("min", "100"),
            ("mode", "100"),
            ("p10", "100"),
            ("p50", "100"),
            ("p60", "200"),
            ("p99", "200"),
            ("transactionCount", "4"),
        ] {
            assert_eq!(told[name], value, "{name}");
        }
        assert_eq!(told["ledgerCount"], 10);
    }
}
