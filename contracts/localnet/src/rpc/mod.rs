//! JSON-RPC 2.0 as Stellar RPC speaks it: parameters by name only, batches, notifications, its codes and its words.
//! One file holds one method; a method reads its parameters and the node, and gives a JSON value.

mod control;
mod details;
mod event_filter;
mod format;
mod get_events;
mod get_fee_stats;
mod get_health;
mod get_latest_ledger;
mod get_ledger_entries;
mod get_ledgers;
mod get_network;
mod get_transaction;
mod get_transactions;
mod get_version_info;
mod misbehave;
mod page;
mod params;
mod send_transaction;
mod simulate_transaction;

use serde_json::{json, Map, Value};

use crate::faults::Line;
use crate::node::{Node, Shared};
use params::{Params, Shape};

/// What the server is told at the start and a method may want to know.
pub struct Facts {
    pub friendbot: String,
    pub control: bool,
}

pub struct RpcError {
    pub code: i32,
    pub message: String,
    pub data: Option<Value>,
}

pub const PARSE_ERROR: i32 = -32700;
pub const INVALID_REQUEST: i32 = -32600;
pub const METHOD_NOT_FOUND: i32 = -32601;
pub const INVALID_PARAMS: i32 = -32602;
pub const INTERNAL_ERROR: i32 = -32603;

impl RpcError {
    pub fn new(code: i32, message: impl Into<String>) -> RpcError {
        RpcError {
            code,
            message: message.into(),
            data: None,
        }
    }

    pub fn params(message: impl Into<String>) -> RpcError {
        RpcError::new(INVALID_PARAMS, message)
    }

    pub fn request(message: impl Into<String>) -> RpcError {
        RpcError::new(INVALID_REQUEST, message)
    }

    pub fn internal(message: impl ToString) -> RpcError {
        RpcError::new(INTERNAL_ERROR, message.to_string())
    }
}

impl From<stellar_xdr::Error> for RpcError {
    fn from(error: stellar_xdr::Error) -> RpcError {
        RpcError::internal(error)
    }
}

pub type Answer = Result<Value, RpcError>;
type Method = fn(&mut Node, &Params, &Facts) -> Answer;

/// A method, and the type its parameters are read into.
type Entry = (&'static str, Method, Shape);

const METHODS: &[Entry] = &[
    ("getHealth", get_health::answer, shape("GetHealthRequest")),
    (
        "getNetwork",
        get_network::answer,
        shape("GetNetworkRequest"),
    ),
    (
        "getVersionInfo",
        get_version_info::answer,
        shape("GetVersionInfoRequest"),
    ),
    (
        "getLatestLedger",
        get_latest_ledger::answer,
        shape("GetLatestLedgerRequest"),
    ),
    ("getEvents", get_events::answer, shape("GetEventsRequest")),
    (
        "getFeeStats",
        get_fee_stats::answer,
        shape("GetFeeStatsRequest"),
    ),
    (
        "getLedgerEntries",
        get_ledger_entries::answer,
        shape("GetLedgerEntriesRequest"),
    ),
    (
        "getLedgers",
        get_ledgers::answer,
        shape("GetLedgersRequest"),
    ),
    (
        "getTransaction",
        get_transaction::answer,
        shape("GetTransactionRequest"),
    ),
    (
        "getTransactions",
        get_transactions::answer,
        Shape {
            name: "GetTransactionsRequest",
            in_order: &["startLedger", "pagination", "xdrFormat"],
        },
    ),
    (
        "sendTransaction",
        send_transaction::answer,
        shape("SendTransactionRequest"),
    ),
    (
        "simulateTransaction",
        simulate_transaction::answer,
        shape("SimulateTransactionRequest"),
    ),
];

const fn shape(name: &'static str) -> Shape {
    Shape {
        name,
        in_order: &[],
    }
}

/// What is told to one who asked.
pub struct Told {
    /// None when nothing but notifications came.
    pub text: Option<String>,
    /// What is to become of it, where a fault was planned.
    pub line: Option<Line>,
}

/// The whole body's answer. Err: not JSON at all.
pub fn answer(shared: &Shared, facts: &Facts, body: &[u8]) -> Result<Told, RpcError> {
    let mut line = None;
    let text = answer_body(shared, facts, body, &mut line)?;
    Ok(Told { text, line })
}

fn answer_body(
    shared: &Shared,
    facts: &Facts,
    body: &[u8],
    line: &mut Option<Line>,
) -> Result<Option<String>, RpcError> {
    let parsed: Value = serde_json::from_slice(body)
        .map_err(|_| RpcError::new(PARSE_ERROR, "invalid request value"))?;
    let answers = match parsed {
        Value::Array(requests) if requests.is_empty() => {
            let error = RpcError::request("empty request batch");
            return Ok(Some(envelope(Value::Null, Err(error)).to_string()));
        }
        Value::Array(requests) => {
            let answers = requests
                .into_iter()
                .filter_map(|r| answer_one(shared, facts, r, line));
            let answers: Vec<_> = answers.collect();
            (!answers.is_empty()).then_some(Value::Array(answers))
        }
        request => answer_one(shared, facts, request, line),
    };
    Ok(answers.map(|value| value.to_string()))
}

fn answer_one(
    shared: &Shared,
    facts: &Facts,
    request: Value,
    line: &mut Option<Line>,
) -> Option<Value> {
    let (id, call) = read_request(request);
    let outcome = call.and_then(|call| {
        let entry = find(&call.method, facts)?;
        let params = Params::new(call.params, entry.2)?;
        let mut node = shared.lock();
        let sequence = node.ledger.header().ledger_seq;
        let (outcome, spoiled) = misbehave::call(&mut node, entry, &params, facts);
        *line = line.or(spoiled);
        if node.ledger.header().ledger_seq != sequence {
            shared.announce_close();
        }
        outcome
    });
    match (&id, &outcome) {
        // A well-formed call without an id is a notification.
        (Value::Null, Ok(_)) => None,
        _ => Some(envelope(id, outcome)),
    }
}

struct Call {
    method: String,
    params: Value,
}

fn find(name: &str, facts: &Facts) -> Result<&'static Entry, RpcError> {
    let control = if facts.control { control::METHODS } else { &[] };
    let found = METHODS
        .iter()
        .chain(control)
        .find(|(known, ..)| *known == name);
    found.ok_or_else(|| RpcError {
        code: METHOD_NOT_FOUND,
        message: "method not found".into(),
        data: Some(name.into()),
    })
}

fn envelope(id: Value, outcome: Answer) -> Value {
    match outcome {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(error) => {
            let mut told = json!({ "code": error.code, "message": error.message });
            if let Some(data) = error.data {
                told["data"] = data;
            }
            json!({ "jsonrpc": "2.0", "id": id, "error": told })
        }
    }
}

/// The id is read even where the rest is wrong, so that the error finds its asker.
fn read_request(request: Value) -> (Value, Result<Call, RpcError>) {
    let Value::Object(mut fields) = request else {
        let error = RpcError::new(PARSE_ERROR, "request is not a JSON object");
        return (Value::Null, Err(error));
    };
    let id = fields.remove("id").unwrap_or_default();
    if id.is_array() || id.is_object() || id.is_boolean() {
        return (Value::Null, Err(RpcError::request("invalid request ID")));
    }
    (id, read_call(fields))
}

fn read_call(mut fields: Map<String, Value>) -> Result<Call, RpcError> {
    let version = fields.remove("jsonrpc");
    let method = fields.remove("method");
    let params = fields.remove("params").unwrap_or_default();
    if method.as_ref().is_some_and(|m| !m.is_string()) {
        return Err(RpcError::new(PARSE_ERROR, "invalid method name"));
    }
    if !(params.is_null() || params.is_array() || params.is_object()) {
        return Err(RpcError::request("parameters must be array or object"));
    }
    if version.as_ref().and_then(Value::as_str) != Some("2.0") {
        return Err(RpcError::request("invalid version marker"));
    }
    if !fields.is_empty() {
        let names = fields.keys().cloned().collect();
        let mut error = RpcError::request("extra fields in request");
        error.data = Some(names);
        return Err(error);
    }
    match method {
        Some(Value::String(method)) if !method.is_empty() => Ok(Call { method, params }),
        _ => Err(RpcError::request("empty method name")),
    }
}
