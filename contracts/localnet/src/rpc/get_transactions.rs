//! getTransactions: every transaction from a ledger or a cursor on, page by page. The cursor is the id of the last
//! transaction seen: ledger << 32 | order << 12 | operation (SEP-35).

use serde_json::json;

use super::details::{put_details, put_status, Fields};
use super::page::{read_cursor, Page};
use super::params::Params;
use super::{Answer, Facts, RpcError};
use crate::node::Node;
use crate::snapshot::hex;

pub fn answer(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let range = node.range();
    let page = Page::read(params, &range)?;
    let (first, first_order) = start(&page)?;
    let mut transactions = Vec::new();
    let mut cursor = 0;
    'ledgers: for sequence in first..=i64::from(range.latest) {
        let known = u32::try_from(sequence)
            .ok()
            .and_then(|s| node.history.get(s));
        let Some(ledger) = known else {
            return Err(missing(sequence));
        };
        // As the reference server: a page that ends in a ledger without anything new points to that ledger's beginning, so
        // that what stood there before comes again. Clients must know transactions by their hash.
        cursor = toid(sequence, 0);
        let after = if sequence == first { first_order } else { 1 };
        for order in (1..=ledger.count()).filter(|order| i64::from(*order) >= after) {
            let transaction = ledger.transaction(order)?;
            cursor = toid(sequence, i64::from(order));
            let mut fields = Fields::new();
            put_status(&mut fields, &transaction);
            fields.insert("txHash".into(), hex(&transaction.hash.0).into());
            put_details(&mut fields, &transaction, page.format)?;
            fields.insert("ledger".into(), ledger.sequence.into());
            fields.insert("createdAt".into(), ledger.close_time.into());
            transactions.push(fields);
            if transactions.len() >= page.limit {
                break 'ledgers;
            }
        }
    }
    Ok(json!({
        "transactions": transactions,
        "latestLedger": range.latest,
        "latestLedgerCloseTimestamp": range.latest_close_time,
        "oldestLedger": range.oldest,
        "oldestLedgerCloseTimestamp": range.oldest_close_time,
        "cursor": cursor.to_string(),
    }))
}

/// Ledger and application order to begin with: those after the cursor.
fn start(page: &Page) -> Result<(i64, i64), RpcError> {
    if page.cursor.is_empty() {
        return Ok((i64::from(page.start), 1));
    }
    let cursor: i64 = read_cursor(&page.cursor, "ParseInt")?;
    Ok((cursor >> 32, (cursor >> 12 & 0xF_FFFF) + 1))
}

/// The reference server writes the id of the first operation, so that an order of 0 never is the whole cursor.
fn toid(ledger: i64, order: i64) -> i64 {
    ledger << 32 | order << 12 | 1
}

fn missing(sequence: i64) -> RpcError {
    if sequence < 0 {
        return RpcError::params("cursor ledger sequence cannot be negative");
    }
    RpcError::params(format!(
        "database does not contain metadata for ledger: {sequence}"
    ))
}
