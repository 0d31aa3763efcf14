//! Paging as getTransactions and getLedgers share it: a start or a cursor, and a limit.

use super::format::Format;
use super::params::Params;
use super::RpcError;
use crate::node::Range;

const DEFAULT_LIMIT: u64 = 50;
const MAX_LIMIT: u64 = 200;

pub struct Page {
    pub start: u32,
    pub cursor: String,
    pub limit: usize,
    pub format: Format,
}

impl Page {
    pub fn read(params: &Params, range: &Range) -> Result<Page, RpcError> {
        let start = params.small_number("startLedger")?.unwrap_or(0);
        let paging = params.pagination()?;
        let cursor = paging.text("cursor")?.to_owned();
        let limit = paging.number("limit")?.unwrap_or(0);
        let format = Format::named(params.text("xdrFormat")?);
        let problem = problem((start, &cursor, limit), range);
        match (problem, format) {
            (None, Ok(format)) => Ok(Page {
                start,
                cursor,
                limit: if limit == 0 { DEFAULT_LIMIT } else { limit } as usize,
                format,
            }),
            // Both at once are told in two lines.
            (Some(page), Err(format)) => Err(RpcError::request(format!("{page}\n{format}"))),
            (Some(why), Ok(_)) | (None, Err(why)) => Err(RpcError::request(why)),
        }
    }
}

fn problem((start, cursor, limit): (u32, &str, u64), range: &Range) -> Option<String> {
    let (oldest, latest) = (range.oldest, range.latest);
    if cursor.is_empty() && !(oldest..=latest).contains(&start) {
        Some(format!(
            "start ledger ({start}) must be between the oldest ledger: {oldest} and the latest ledger: {latest} for this rpc instance"
        ))
    } else if !cursor.is_empty() && start != 0 {
        Some(format!(
            "startLedger ({start}) and cursor ({cursor}) cannot both be set"
        ))
    } else {
        (limit > MAX_LIMIT).then(|| format!("limit must not exceed {MAX_LIMIT}"))
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
