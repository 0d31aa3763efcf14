//! getLedgers: closed ledgers from a start or a cursor on, page by page. The cursor is the last sequence seen.

use serde_json::json;

use super::details::Fields;
use super::format::Format;
use super::page::{read_cursor, Page};
use super::params::Params;
use super::{Answer, Facts, RpcError};
use crate::history::{header_of, ClosedRecord};
use crate::node::{Node, Range};
use crate::snapshot::hex;

pub fn answer(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let range = node.range();
    let page = Page::read(params, &range)?;
    let first = start(&page, &range)?;
    let mut ledgers = Vec::new();
    let mut last = first - 1;
    for ledger in (first..=range.latest)
        .take(page.limit)
        .filter_map(|s| node.history.get(s))
    {
        ledgers.push(show(ledger, page.format)?);
        last = ledger.sequence;
    }
    Ok(json!({
        "ledgers": ledgers,
        "latestLedger": range.latest,
        "latestLedgerCloseTime": range.latest_close_time,
        "oldestLedger": range.oldest,
        "oldestLedgerCloseTime": range.oldest_close_time,
        "cursor": last.to_string(),
    }))
}

fn start(page: &Page, range: &Range) -> Result<u32, RpcError> {
    if page.cursor.is_empty() {
        return Ok(page.start);
    }
    let cursor: u32 = read_cursor(&page.cursor, "ParseUint")?;
    let start = cursor.wrapping_add(1);
    if !(range.oldest..=range.latest).contains(&start) {
        return Err(RpcError::params(format!(
            "cursor ('{}') must be between the oldest ledger: {} and the latest ledger: {} for this rpc instance",
            page.cursor, range.oldest, range.latest
        )));
    }
    Ok(start)
}

fn show(ledger: &ClosedRecord, format: Format) -> Answer {
    let meta = ledger.meta()?;
    let header = header_of(&meta);
    let mut fields = Fields::new();
    fields.insert("hash".into(), hex(&header.hash.0).into());
    fields.insert("sequence".into(), ledger.sequence.into());
    fields.insert(
        "ledgerCloseTime".into(),
        ledger.close_time.to_string().into(),
    );
    format.put(&mut fields, "header", header)?;
    format.put(&mut fields, "metadata", &meta)?;
    Ok(fields.into())
}
