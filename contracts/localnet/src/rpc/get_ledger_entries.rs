//! getLedgerEntries: entries by key, as they stand after the last ledger. A missing one is simply not in the answer.

use serde_json::{json, Map, Value};
use stellar_xdr::{LedgerEntry, LedgerKey, Limits, ReadXdr};

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
    let format = params.format().map_err(RpcError::params)?;
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
    let mut entries = Vec::new();
    for key in &keys {
        if let Some(entry) = node.ledger.get(key) {
            entries.push(show(key, entry, format)?);
        }
    }
    Ok(json!({ "entries": entries, "latestLedger": node.ledger.header().ledger_seq }))
}

fn read_key(text: &str, index: usize) -> Result<LedgerKey, RpcError> {
    let key = LedgerKey::from_xdr_base64(text, KEY_LIMITS).map_err(|_| {
        RpcError::params(format!(
            "cannot unmarshal key value {text} at index {index}"
        ))
    })?;
    match key {
        LedgerKey::Ttl(_) => Err(RpcError::params(
            "ledger ttl entries cannot be queried directly",
        )),
        key => Ok(key),
    }
}

fn show(key: &LedgerKey, entry: &LedgerEntry, format: Format) -> Answer {
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
    format.put(&mut fields, "ext", &entry.ext)?;
    Ok(Value::Object(fields))
}
