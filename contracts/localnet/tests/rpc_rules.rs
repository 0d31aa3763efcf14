//! The rules around the methods: JSON-RPC, HTTP, what control may do, and what a restart keeps.

mod served;

use serde_json::{json, Value};
use served::{recorded, Folder, Served};

fn error(answer: &Value) -> (i64, String) {
    let error = &answer["error"];
    let message = error["message"].as_str().unwrap_or_default().to_owned();
    (error["code"].as_i64().unwrap_or_default(), message)
}

#[test]
fn requests_that_are_none_are_refused() {
    let served = Served::by_hand();
    let refused = |body: &str| error(&served.post(body).json());
    let cases = [
        (r#"7"#, -32700, "request is not a JSON object"),
        (r#"[]"#, -32600, "empty request batch"),
        (
            r#"{"id":1,"method":"getHealth"}"#,
            -32600,
            "invalid version marker",
        ),
        (r#"{"jsonrpc":"2.0","id":1}"#, -32600, "empty method name"),
        (
            r#"{"jsonrpc":"2.0","id":[1],"method":"getHealth"}"#,
            -32600,
            "invalid request ID",
        ),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"getHealth","params":7}"#,
            -32600,
            "parameters must be array or object",
        ),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"getHealth","more":7}"#,
            -32600,
            "extra fields in request",
        ),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"getAnything"}"#,
            -32601,
            "method not found",
        ),
    ];
    for (body, code, words) in cases {
        assert_eq!(refused(body), (code, words.to_owned()), "{body}");
    }
}

#[test]
fn batches_and_notifications() {
    let served = Served::by_hand();
    let health = r#"{"jsonrpc":"2.0","id":"a","method":"getHealth"}"#;
    let silent = r#"{"jsonrpc":"2.0","method":"getHealth"}"#;
    let batch = served.post(&format!("[{health},{silent},{health}]")).json();
    assert_eq!(batch.as_array().map(Vec::len), Some(2));
    assert_eq!(batch[0]["id"], "a");
    let alone = served.post(silent);
    assert_eq!((alone.status, alone.body.as_str()), (204, ""));
}

#[test]
fn http_is_spoken_as_the_reference_server_does() {
    let served = Served::by_hand();
    let json = "Content-Type: application/json";
    assert_eq!(served.http("GET /", &[], "").status, 405);
    assert_eq!(
        served
            .http("POST /", &["Content-Type: text/plain"], "{}")
            .status,
        415
    );
    assert_eq!(served.http("POST /", &[json], "{").status, 500);
    assert_eq!(
        served
            .http("POST /", &[json], &" ".repeat(512 * 1024 + 1))
            .status,
        413
    );
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(served.http("POST /", &[json], &deep).status, 500);
    let preflight = [
        "Origin: http://example.org",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: content-type,x-client-name",
    ];
    let answer = served.http("OPTIONS /", &preflight, "");
    assert_eq!(answer.status, 204);
    assert_eq!(
        answer.header("Access-Control-Allow-Origin"),
        Some("http://example.org")
    );
    assert_eq!(
        answer.header("Access-Control-Allow-Headers"),
        Some("content-type,x-client-name")
    );
    let health = r#"{"jsonrpc":"2.0","id":1,"method":"getHealth"}"#;
    let answer = served.http("POST /", &[json, "Origin: null"], health);
    assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("null"));
    assert_eq!(answer.header("Content-Type"), Some("application/json"));
}

#[test]
fn pages_lead_to_the_end_without_a_gap() {
    let served = Served::by_hand();
    served.replay(&recorded("network/payment_native.json"));
    let start = served.result("getHealth", json!(null))["oldestLedger"].clone();
    let all = served.result("getTransactions", json!({ "startLedger": start }));
    let mut page = served.result(
        "getTransactions",
        json!({ "startLedger": start, "pagination": { "limit": 3 } }),
    );
    let mut seen = Vec::new();
    while page["transactions"]
        .as_array()
        .is_some_and(|t| !t.is_empty())
    {
        seen.extend(page["transactions"].as_array().expect("a list").clone());
        page = served.result(
            "getTransactions",
            json!({ "pagination": { "cursor": page["cursor"], "limit": 3 } }),
        );
    }
    assert!(seen.len() > 3);
    assert_eq!(Value::from(seen), all["transactions"]);
    let ledgers = served.result(
        "getLedgers",
        json!({ "startLedger": start, "pagination": { "limit": 4 } }),
    );
    let next = served.result(
        "getLedgers",
        json!({ "pagination": { "cursor": ledgers["cursor"], "limit": 1 } }),
    );
    let last = ledgers["ledgers"][3]["sequence"]
        .as_u64()
        .expect("a sequence");
    assert_eq!(next["ledgers"][0]["sequence"], last + 1);
}

#[test]
fn a_fee_bump_is_found_by_both_hashes() {
    let served = Served::by_hand();
    let scenario = recorded("network/fee_bump.json");
    served.replay(&scenario);
    let steps = scenario["steps"].as_array().expect("steps");
    let bump = steps
        .iter()
        .find(|s| s["feeBump"] == true && s["status"] == "SUCCESS")
        .expect("a bump");
    let outer = served.result("getTransaction", json!({ "hash": bump["hash"] }));
    let json = served.result(
        "getTransaction",
        json!({ "hash": bump["hash"], "xdrFormat": "json" }),
    );
    let inner_hash = &json["resultJson"]["result"]["tx_fee_bump_inner_success"]["transaction_hash"];
    let inner = served.result("getTransaction", json!({ "hash": inner_hash }));
    assert_eq!(outer["feeBump"], true);
    assert_eq!(inner["envelopeXdr"], bump["envelope"]);
    assert_eq!(inner["resultMetaXdr"], bump["meta"]);
    assert_eq!(&inner["txHash"], inner_hash);
}

#[test]
fn control_is_only_for_those_who_asked_for_it() {
    let served = Served::start(&[]);
    assert_eq!(error(&served.call("localnet_close", &json!({}))).0, -32601);
    let served = Served::by_hand();
    let at = served.result("localnet_close", json!({}));
    assert_eq!(at["ledger"], 3);
    let back = served.call("localnet_close", &json!({ "ledger": 1 }));
    assert_eq!(
        error(&back),
        (-32602, "ledger must be from 3 to 10003".into())
    );
    let early = served.call("localnet_close", &json!({ "closeTime": 5 }));
    assert_eq!(early["error"]["code"], -32602);
    assert_eq!(
        served.call("localnet_snapshot", &json!({}))["error"]["code"],
        -32603
    );
    let odd = json!({ "ledger": 5, "closeTime": 5, "entries": [{ "xdr": "AAAA", "lastModifiedLedgerSeq": 1 }] });
    assert_eq!(
        error(&served.call("localnet_load", &odd)).1,
        "entry 0: xdr is not a LedgerEntryData"
    );
}

/// What a client can see of the past.
fn past(served: &Served, start: &Value) -> (Value, Value) {
    let transactions = served.result("getTransactions", json!({ "startLedger": start }));
    let ledgers = served.result(
        "getLedgers",
        json!({ "startLedger": start, "pagination": { "limit": 10 } }),
    );
    (
        transactions["transactions"].clone(),
        ledgers["ledgers"].clone(),
    )
}

#[test]
fn neither_a_kill_nor_an_orderly_end_loses_a_ledger() {
    let folder = Folder::new("restart");
    let options = ["--manual", "--control", "--data", folder.text()];
    let served = Served::start(&options);
    served.replay(&recorded("network/payment_native.json"));
    let start = served.result("getHealth", json!(null))["oldestLedger"].clone();
    let before = past(&served, &start);
    let hash = served.result("getLatestLedger", json!(null));
    served.kill();

    let served = Served::start(&options);
    assert_eq!(past(&served, &start), before, "after a kill");
    assert_eq!(served.result("getLatestLedger", json!(null)), hash);
    served.result("localnet_snapshot", json!({}));
    assert!(served.terminate(), "an orderly end");

    let served = Served::start(&options);
    assert_eq!(past(&served, &start), before, "after an orderly end");
    served.result("localnet_close", json!({}));
    let next = served.result("getLatestLedger", json!(null));
    assert_eq!(
        next["sequence"],
        hash["sequence"].as_u64().expect("a sequence") + 1
    );
}

#[test]
fn a_torn_journal_loses_only_what_was_torn() {
    let folder = Folder::new("torn");
    let options = ["--manual", "--control", "--data", folder.text()];
    let served = Served::start(&options);
    served.result("localnet_close", json!({ "ledger": 9 }));
    served.kill();
    let journal = folder.0.join("ledgers-0.xdr");
    let bytes = std::fs::read(&journal).expect("a journal");
    std::fs::write(&journal, &bytes[..bytes.len() - 3]).expect("written");
    let served = Served::start(&options);
    assert_eq!(served.result("getHealth", json!(null))["latestLedger"], 8);
}

#[test]
fn a_full_disk_ends_the_network_and_loses_no_ledger() {
    let folder = Folder::new("full");
    let options = ["--manual", "--control", "--data", folder.text()];
    let served = Served::start_cramped(8, &options);
    let close = r#"{"jsonrpc":"2.0","id":1,"method":"localnet_close","params":{}}"#;
    let mut last = 0;
    while served.is_listening() {
        let told = served.try_post(close);
        last = told.map_or(last, |answer| {
            answer["result"]["ledger"].as_u64().unwrap_or(last)
        });
    }
    assert!(served.gave_up());
    assert!(last > 5);
    let served = Served::start(&options);
    assert_eq!(
        served.result("getHealth", json!(null))["latestLedger"],
        last
    );
}
