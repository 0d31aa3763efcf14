//! A method's answer as the plan of faults wants it.

use localnet::Submission;
use serde_json::Value;

use super::params::Params;
use super::{get_transaction, send_transaction, Answer, Entry, Facts};
use crate::faults::{Fault, Line};
use crate::node::Node;

/// The line it is lost on, if it is, belongs to whoever sends it.
pub fn call(
    node: &mut Node,
    entry: &Entry,
    params: &Params,
    facts: &Facts,
) -> (Answer, Option<Line>) {
    let (name, method, _) = entry;
    let Some(fault) = node.faults.strike(name) else {
        return (method(node, params, facts), None);
    };
    let answer = match fault {
        Fault::Line { carried_out, line } => {
            let answer = match carried_out {
                true => method(node, params, facts),
                false => Ok(Value::Null),
            };
            return (answer, Some(line));
        }
        Fault::TryAgainLater => send_transaction::pretend(node, params, Submission::TryAgainLater),
        Fault::Duplicate => send_transaction::pretend(node, params, Submission::Duplicate),
        Fault::Ignored => send_transaction::pretend(node, params, Submission::Pending),
        Fault::NotFound => get_transaction::deny(node, params),
        Fault::Stale => match node.past.as_mut() {
            Some(past) => method(past, params, facts),
            None => method(node, params, facts),
        },
        Fault::OtherNetwork => method(node, params, facts).map(renamed),
        Fault::Close => {
            node.close(None);
            method(node, params, facts)
        }
    };
    (answer, None)
}

fn renamed(mut network: Value) -> Value {
    network["passphrase"] = "Another Network ; of faults".into();
    network
}
