//! Paging as getTransactions and getLedgers share it: a start or a cursor, and a limit.

use super::params::Params;
use super::RpcError;
use crate::node::Range;

const DEFAULT_LIMIT: u64 = 50;
pub const MAX_LIMIT: u64 = 200;

pub struct Page {
    pub start: u32,
    pub cursor: String,
    pub limit: usize,
}

impl Page {
    pub fn read(params: &Params) -> Result<Page, RpcError> {
        let start = params.small_number("startLedger")?.unwrap_or(0);
        let paging = params.object("pagination")?.unwrap_or_default();
        let cursor = paging.text("cursor")?.to_owned();
        let limit = paging.number("limit")?.unwrap_or(0);
        if !cursor.is_empty() && start != 0 {
            return Err(RpcError::request(
                "startLedger and cursor cannot both be set",
            ));
        }
        if limit > MAX_LIMIT {
            return Err(RpcError::request(format!(
                "limit must not exceed {MAX_LIMIT}"
            )));
        }
        let limit = if limit == 0 { DEFAULT_LIMIT } else { limit } as usize;
        Ok(Page {
            start,
            cursor,
            limit,
        })
    }

    pub fn check_start(&self, range: &Range) -> Result<(), RpcError> {
        if self.cursor.is_empty() && !(range.oldest..=range.latest).contains(&self.start) {
            return Err(RpcError::request(format!(
                "start ledger ({}) must be between the oldest ledger: {} and the latest ledger: {} for this rpc instance",
                self.start, range.oldest, range.latest
            )));
        }
        Ok(())
    }
}

/// A decimal cursor; the words are those of the reference server's language (Go, strconv).
pub fn read_cursor<T: std::str::FromStr>(text: &str, function: &str) -> Result<T, RpcError> {
    text.parse().map_err(|_| {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let why = if is_number {
            "value out of range"
        } else {
            "invalid syntax"
        };
        RpcError::params(format!("strconv.{function}: parsing \"{text}\": {why}"))
    })
}
