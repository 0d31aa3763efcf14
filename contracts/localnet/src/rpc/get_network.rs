//! getNetwork: which network this is.

use serde_json::json;

use super::params::Params;
use super::{Answer, Facts};
use crate::node::Node;

pub fn answer(node: &mut Node, _: &Params, facts: &Facts) -> Answer {
    Ok(json!({
        "friendbotUrl": facts.friendbot,
        "passphrase": node.ledger.settings().passphrase,
        "protocolVersion": node.ledger.header().ledger_version,
    }))
}
