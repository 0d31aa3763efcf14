//! getVersionInfo: what answers here. The field that elsewhere names stellar-core says that there is none.

use serde_json::json;

use super::params::Params;
use super::{Answer, Facts};
use crate::node::Node;

pub fn answer(node: &mut Node, _: &Params, _: &Facts) -> Answer {
    Ok(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "commitHash": "",
        "buildTimestamp": "",
        "captiveCoreVersion": concat!("localnet ", env!("CARGO_PKG_VERSION")),
        "protocolVersion": node.ledger.header().ledger_version,
    }))
}
