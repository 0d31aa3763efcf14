//! getLedgerEntries: entries by key, as they stand after the last ledger. A missing one is simply not in the answer.

use std::collections::BTreeSet;
use std::io::Cursor;

use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use serde_json::{json, Map, Value};
use stellar_xdr::{LedgerEntry, LedgerKey, Limited, Limits, ReadXdr, WriteXdr};

use super::format::Format;
use super::params::Params;
use super::{Answer, Facts, RpcError};
use crate::node::Node;

const MAX_KEYS: usize = 200;
/// What one key may take: bytes, and levels of nesting.
const KEY_LIMITS: Limits = Limits {
    depth: 500,
    len: 16 * 1024,
};

pub fn answer(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let format = params.format()?;
    let texts = params.texts("keys")?;
    if texts.len() > MAX_KEYS {
        let what = format!(
            "key count ({}) exceeds maximum supported ({MAX_KEYS})",
            texts.len()
        );
        return Err(RpcError::params(what));
    }
    let keys = texts.iter().enumerate().map(|(i, text)| read_key(text, i));
    let keys = keys.collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() {
        return Err(RpcError::internal(
            "could not query captive core: no keys specified in request",
        ));
    }
    // The node behind the reference server refuses them all, and says no more than this.
    if keys.iter().collect::<BTreeSet<_>>().len() < keys.len() {
        return Err(RpcError::internal(
            "could not query captive core: http request failed with non-200 status code (404)",
        ));
    }
    let mut entries = Vec::new();
    for (key, text) in keys.iter().zip(texts) {
        let Some(entry) = node.ledger.get(key) else {
            continue;
        };
        let plain = key.to_xdr_base64(Limits::none())?;
        if plain != text {
            return Err(RpcError::internal(format!(
                "mismatching key in result: {plain}"
            )));
        }
        let mut shown = show(key, entry, format)?;
        if let Some(until) = node.ledger.live_until(key) {
            shown.insert("liveUntilLedgerSeq".into(), until.into());
        }
        format.put(&mut shown, "ext", &entry.ext)?;
        entries.push(shown);
    }
    Ok(json!({ "entries": entries, "latestLedger": node.ledger.header().ledger_seq }))
}

/// The reference server reads base64 four characters at a time and does not mind what else the last four hold.
fn read_key(text: &str, index: usize) -> Result<LedgerKey, RpcError> {
    let wrong = || {
        RpcError::params(format!(
            "cannot unmarshal key value {text} at index {index}"
        ))
    };
    let bytes = STANDARD.decode(text).map_err(|_| wrong())?;
    let mut reader = Limited::new(Cursor::new(&bytes), KEY_LIMITS);
    let key = LedgerKey::read_xdr(&mut reader).map_err(|_| wrong())?;
    let used = reader.inner.position() as usize;
    if used.div_ceil(3) != bytes.len().div_ceil(3) {
        return Err(wrong());
    }
    match key {
        LedgerKey::Ttl(_) => Err(RpcError::params(
            "ledger ttl entries cannot be queried directly",
        )),
        key => Ok(key),
    }
}

fn show(
    key: &LedgerKey,
    entry: &LedgerEntry,
    format: Format,
) -> Result<Map<String, Value>, RpcError> {
    let (key_name, data_name) = match format {
        Format::Base64 => ("key", "xdr"),
        Format::Json => ("keyJson", "dataJson"),
    };
    let mut fields = Map::new();
    fields.insert(key_name.into(), format.show(key)?);
    fields.insert(data_name.into(), format.show(&entry.data)?);
    fields.insert(
        "lastModifiedLedgerSeq".into(),
        entry.last_modified_ledger_seq.into(),
    );
    Ok(fields)
}
