//! Every method's answers against those recorded from a real network (tests/fixtures/vectors/rpc-answers.json): the same
//! fields in the same order, and the same values wherever they do not depend on when it was asked.

mod served;

use serde_json::{json, Value};
use served::{recorded, Served};
use stellar_xdr::{Limits, ReadXdr, SorobanResources, SorobanTransactionData};

/// What depends on the moment of the question.
const MOMENT: &[&str] = &[
    "latestLedger",
    "latestLedgerCloseTime",
    "latestLedgerCloseTimestamp",
    "oldestLedger",
    "oldestLedgerCloseTime",
    "oldestLedgerCloseTimestamp",
];

struct Case {
    method: String,
    params: Value,
    body: Value,
}

fn case(name: &str) -> Case {
    let all = recorded("rpc-answers.json");
    let found = all
        .as_array()
        .expect("a list")
        .iter()
        .find(|c| c["case"] == name);
    let found = found.unwrap_or_else(|| panic!("no case {name}"));
    Case {
        method: found["request"]["method"]
            .as_str()
            .expect("a method")
            .to_owned(),
        params: found["request"]["params"].clone(),
        body: found["answer"]["body"].clone(),
    }
}

/// The network of the recording, as far as the payments in lumens.
fn network() -> Served {
    let served = Served::by_hand();
    served.replay(&recorded("network/payment_native.json"));
    served
}

/// The recorded value wins where it is the moment's; cut lists and texts are compared as far as they go.
fn agree(path: &str, ours: &Value, theirs: &Value) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            let names: Vec<_> = a.keys().collect();
            let wanted: Vec<_> = b.keys().collect();
            assert_eq!(names, wanted, "{path}: fields");
            for (name, value) in a {
                let path = format!("{path}.{name}");
                if name == "error" && value.is_string() {
                    served::agree_in_words(value, &b[name]);
                    continue;
                }
                if name == "transactionData" || name == "minResourceFee" {
                    assert_eq!(
                        declared(name, value).0,
                        declared(name, &b[name]).0,
                        "{path}"
                    );
                    near(&path, declared(name, value).1, declared(name, &b[name]).1);
                    continue;
                }
                if MOMENT.contains(&name.as_str()) {
                    assert_eq!(kind(value), kind(&b[name]), "{path}");
                } else {
                    agree(&path, value, &b[name]);
                }
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            let cut = b.last().is_some_and(is_cut);
            let size = b.len() - usize::from(cut);
            assert!(
                if cut { a.len() > size } else { a.len() == size },
                "{path}: {} items",
                a.len()
            );
            for (i, value) in b[..size].iter().enumerate() {
                agree(&format!("{path}[{i}]"), &a[i], value);
            }
        }
        (Value::String(a), Value::String(b)) if b.ends_with(" characters)") => {
            let begun = b
                .rsplit_once("... (")
                .map_or(b.as_str(), |(begun, _)| begun);
            assert!(a.starts_with(begun), "{path}: {a}");
        }
        _ => assert_eq!(ours, theirs, "{path}"),
    }
}

/// The declared footprint and bytes; and the instructions, or the fee that rests on them: the recording server's host
/// was of another day than the one that runs here, and counted a little otherwise.
fn declared(name: &str, value: &Value) -> (Option<SorobanResources>, i64) {
    let text = value.as_str().expect("a text");
    if name == "minResourceFee" {
        return (None, text.parse().expect("a number"));
    }
    let data =
        SorobanTransactionData::from_xdr_base64(text, Limits::none()).expect("transaction data");
    let counted = data.resources.instructions;
    (
        Some(SorobanResources {
            instructions: 0,
            ..data.resources
        }),
        counted.into(),
    )
}

fn near(path: &str, ours: i64, theirs: i64) {
    assert!(
        (ours - theirs).abs() <= theirs / 20,
        "{path}: {ours}, not {theirs}"
    );
}

fn is_cut(item: &Value) -> bool {
    item.as_str().is_some_and(|text| text.starts_with("... "))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Number(_) => "number",
        Value::String(_) => "string",
        _ => "other",
    }
}

fn check(served: &Served, name: &str) {
    let case = case(name);
    let ours = served.call(&case.method, &case.params);
    agree(name, &ours, &case.body);
}

#[test]
fn transactions_are_told_as_recorded() {
    let served = network();
    for name in [
        "transaction found",
        "transaction failed",
        "transaction not found",
        "transaction bad hash",
        "transaction as json",
        "transactions page",
    ] {
        check(&served, name);
    }
}

#[test]
fn ledger_entries_are_told_as_recorded() {
    let served = network();
    for name in [
        "entries, one found one missing",
        "entries, bad key",
        "entries, none",
    ] {
        check(&served, name);
    }
}

#[test]
fn refused_transactions_are_told_as_recorded() {
    let served = network();
    // A node refuses the bytes of an applied transaction for ten ledgers; later it looks at them anew, and they are late.
    served.result("localnet_close", json!({ "ledger": 220 }));
    served.result("localnet_close", json!({ "closeTime": 1_795_230_272 }));
    for name in [
        "send again, already in a ledger",
        "send rubbish",
        "send nothing",
    ] {
        check(&served, name);
    }
}

#[test]
fn a_network_without_traffic_has_no_fees() {
    let served = Served::by_hand();
    check(&served, "fee stats");
}

#[test]
fn fees_are_those_of_the_last_ten_ledgers() {
    let served = Served::by_hand();
    served.replay(&recorded("network/payment_native.json"));
    let stats = served.result("getFeeStats", json!(null));
    assert_eq!(stats["inclusionFee"]["transactionCount"], "10");
    assert_eq!(stats["inclusionFee"]["ledgerCount"], 10);
    assert_eq!(stats["inclusionFee"]["max"], "100");
}

#[test]
fn health_and_versions_have_the_recorded_fields() {
    let served = network();
    for name in ["health", "version", "latest ledger"] {
        let case = case(name);
        let ours = served.result(&case.method, case.params);
        let theirs = &case.body["result"];
        let fields = |value: &Value| -> Vec<(String, &'static str)> {
            let object = value.as_object().expect("an object");
            object.iter().map(|(k, v)| (k.clone(), kind(v))).collect()
        };
        assert_eq!(fields(&ours), fields(theirs), "{name}");
    }
    let mut ours = served.call("getNetwork", &json!(null));
    let friendbot = ours["result"]
        .as_object_mut()
        .and_then(|r| r.shift_remove("friendbotUrl"));
    assert_eq!(friendbot, Some(served.announced["friendbot"].clone()));
    agree("network", &ours, &case("network").body);
}

#[test]
fn ledgers_have_the_recorded_fields() {
    let served = network();
    let case = case("ledgers page");
    let ours = served.result(&case.method, case.params);
    let theirs = &case.body["result"];
    let names = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect()
    };
    assert_eq!(names(&ours), names(theirs));
    assert_eq!(names(&ours["ledgers"][0]), names(&theirs["ledgers"][0]));
    for name in ["sequence", "ledgerCloseTime"] {
        assert_eq!(
            ours["ledgers"][0][name], theirs["ledgers"][0][name],
            "{name}"
        );
    }
    assert_eq!(ours["ledgers"].as_array().map(Vec::len), Some(1));
    assert_eq!(ours["cursor"], theirs["cursor"]);
}

#[test]
fn starts_outside_our_range_are_refused_in_the_recorded_words() {
    let served = network();
    let range = served.result("getHealth", json!(null));
    for name in ["transactions too early", "transactions in future"] {
        let case = case(name);
        let words = case.body["error"]["message"].as_str().expect("a message");
        let words = words
            .replace("151", &range["oldestLedger"].to_string())
            .replace(" 838", &format!(" {}", range["latestLedger"]));
        let ours = served.call(&case.method, &case.params);
        assert_eq!(ours["error"]["message"], words);
        assert_eq!(ours["error"]["code"], case.body["error"]["code"]);
    }
}

/// The network of the recording as far as its contracts.
fn contracts() -> Served {
    let served = Served::by_hand();
    served.replay(&recorded("network/soroban_basic.json"));
    served.result("localnet_close", json!({ "ledger": 838 }));
    served
}

#[test]
fn events_are_told_as_recorded() {
    let served = contracts();
    check(&served, "events");
    check(&served, "transaction soroban");
}

#[test]
fn simulations_are_told_as_recorded() {
    let served = contracts();
    check(&served, "simulate, refused op");
    check(&served, "simulate invoke, auth given");
    check(&served, "simulate, host error");
    check(&served, "simulate create existing");
}
