//! getLatestLedger: the last closed ledger with its header and everything that happened in it.

use serde_json::json;
use stellar_xdr::{Limits, WriteXdr};

use super::format::Format;
use super::params::Params;
use super::{Answer, Facts, RpcError};
use crate::node::Node;
use crate::snapshot::hex;

pub fn answer(node: &mut Node, _: &Params, _: &Facts) -> Answer {
    let Some(latest) = node.history.latest() else {
        return Err(RpcError::internal("could not get latest ledger"));
    };
    let meta = latest.meta()?;
    let entry = crate::history::header_of(&meta);
    Ok(json!({
        "id": hex(&entry.hash.0),
        "protocolVersion": entry.header.ledger_version,
        "sequence": latest.sequence,
        "closeTime": latest.close_time.to_string(),
        "headerXdr": entry.header.to_xdr_base64(Limits::none())?,
        "metadataXdr": Format::Base64.show(&meta)?,
    }))
}
