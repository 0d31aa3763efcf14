//! Planned faults: each happens at the calls it was planned for, does what its name says to the network, and passes.

mod served;

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{json, Value};
use served::{recorded, Served};

const HEALTH: &str = r#"{"jsonrpc":"2.0","id":1,"method":"getHealth"}"#;

fn plan(served: &Served, method: &str, kind: &str) {
    served.result(
        "localnet_faults",
        json!({ "plan": [{ "method": method, "kind": kind }] }),
    );
}

/// All that comes until the server closes the line.
fn heard(served: &Served, body: &str) -> String {
    let mut stream = asking(served, body, "Connection: close\r\n");
    let mut bytes = Vec::new();
    // A line that is cut may also end in an error.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8(bytes).expect("text")
}

fn asking(served: &Served, body: &str, more: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&served.address).expect("it listens");
    let size = body.len();
    write!(stream, "POST / HTTP/1.1\r\nContent-Type: application/json\r\n{more}Content-Length: {size}\r\n\r\n{body}").expect("heard");
    stream
}

/// A network before a recorded payment, and the payment as sendTransaction takes it.
fn before_a_payment() -> (Served, Value) {
    let served = Served::by_hand();
    let scenario = recorded("network/payment_native.json");
    served.result("localnet_load", scenario["initial"].clone());
    let steps = scenario["steps"].as_array().expect("steps");
    let step = steps
        .iter()
        .find(|step| step["status"] != "REJECTED")
        .expect("one is taken");
    let ledger = step["ledger"].as_u64().expect("a ledger");
    served.result("localnet_close", json!({ "ledger": ledger - 1 }));
    (served, json!({ "transaction": step["envelope"] }))
}

fn find(served: &Served, sent: &Value) -> Value {
    served.result("getTransaction", json!({ "hash": sent["hash"] }))
}

#[test]
fn an_answer_is_lost_as_planned_and_the_next_one_is_not() {
    let served = Served::by_hand();
    for (kind, begins, ends) in [
        ("drop", "", ""),
        ("drop_after", "", ""),
        ("error", "HTTP/1.1 500 ", "a planned fault\n"),
        ("busy_after", "HTTP/1.1 503 ", "a planned fault\n"),
        (
            "page",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html",
            "</html>\n",
        ),
        (
            "wrong_type",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html",
            "}",
        ),
    ] {
        plan(&served, "getHealth", kind);
        let text = heard(&served, HEALTH);
        assert!(
            text.starts_with(begins) && text.ends_with(ends),
            "{kind}: {text}"
        );
        assert_eq!(text.is_empty(), begins.is_empty(), "{kind}: {text}");
        assert_eq!(
            served.post(HEALTH).json()["result"]["status"],
            "healthy",
            "{kind}"
        );
        assert_eq!(
            served.result("localnet_faults", json!({}))["hits"],
            json!([1]),
            "{kind}"
        );
    }
}

#[test]
fn half_a_body_is_less_than_was_promised() {
    let served = Served::by_hand();
    plan(&served, "getHealth", "half_body");
    let text = heard(&served, HEALTH);
    let (head, body) = text.split_once("\r\n\r\n").expect("a whole head");
    let promised = head
        .split("Content-Length: ")
        .nth(1)
        .and_then(|rest| rest.lines().next());
    let promised: usize = promised.and_then(|size| size.parse().ok()).expect("a size");
    assert_eq!(body.len(), promised / 2);
}

#[test]
fn a_silent_line_stays_open_and_others_are_served() {
    let served = Served::by_hand();
    plan(&served, "getHealth", "hang");
    let mut stream = asking(&served, HEALTH, "");
    while served.result("localnet_faults", json!({}))["hits"] != json!([1]) {}
    assert_eq!(served.post(HEALTH).status, 200);
    stream.set_nonblocking(true).expect("a flag");
    let nothing_yet = stream
        .read(&mut [0])
        .expect_err("nothing was said and nothing closed");
    assert_eq!(nothing_yet.kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn what_is_lost_behind_the_deed_is_done_and_before_it_is_not() {
    for (kind, status) in [
        ("drop", "NOT_FOUND"),
        ("drop_after", "SUCCESS"),
        ("error", "NOT_FOUND"),
        ("error_after", "SUCCESS"),
        ("half_body", "SUCCESS"),
    ] {
        let (served, payment) = before_a_payment();
        let hash = {
            let (other, payment) = before_a_payment();
            other.result("sendTransaction", payment)["hash"].clone()
        };
        plan(&served, "sendTransaction", kind);
        let body =
            json!({ "jsonrpc": "2.0", "id": 1, "method": "sendTransaction", "params": payment });
        heard(&served, &body.to_string());
        served.result("localnet_close", json!({}));
        assert_eq!(
            find(&served, &json!({ "hash": hash }))["status"],
            status,
            "{kind}"
        );
    }
}

#[test]
fn who_is_told_so_falsely_is_never_included() {
    for (kind, told) in [
        ("try_again_later", "TRY_AGAIN_LATER"),
        ("duplicate", "DUPLICATE"),
        ("ignored", "PENDING"),
    ] {
        let (served, payment) = before_a_payment();
        plan(&served, "sendTransaction", kind);
        let sent = served.result("sendTransaction", payment.clone());
        assert_eq!(sent["status"], told);
        served.result("localnet_close", json!({}));
        assert_eq!(find(&served, &sent)["status"], "NOT_FOUND", "{kind}");
        assert_eq!(
            served.result("sendTransaction", payment)["status"],
            "PENDING",
            "{kind}"
        );
    }
}

#[test]
fn a_stale_node_stands_where_the_plan_found_it() {
    let (served, payment) = before_a_payment();
    served.result("localnet_close", json!({}));
    let old = served.result("getLatestLedger", json!({}))["sequence"].clone();
    let stale = |method: &str| json!({ "method": method, "kind": "stale" });
    let plan = [
        stale("getTransaction"),
        stale("getLatestLedger"),
        stale("sendTransaction"),
    ];
    served.result("localnet_faults", json!({ "plan": plan }));
    assert_eq!(
        served.result("sendTransaction", payment.clone())["status"],
        "PENDING"
    );
    let sent = served.result("sendTransaction", payment);
    assert_eq!(
        sent["status"], "PENDING",
        "the one that was left behind heard of the first"
    );
    served.result("localnet_close", json!({}));
    let told = find(&served, &sent);
    assert_eq!(
        (&told["status"], &told["latestLedger"]),
        (&json!("NOT_FOUND"), &old)
    );
    assert_eq!(served.result("getLatestLedger", json!({}))["sequence"], old);
    assert_eq!(find(&served, &sent)["status"], "SUCCESS");
}

#[test]
fn a_transaction_is_denied_a_ledger_closed_and_the_network_renamed_as_planned() {
    let (served, payment) = before_a_payment();
    let sent = served.result("sendTransaction", payment);
    let plan = json!([
        { "method": "getTransaction", "kind": "close" },
        { "method": "getTransaction", "kind": "not_found", "nth": 2, "times": 2 },
        { "method": "getNetwork", "kind": "other_network" },
    ]);
    served.result("localnet_faults", json!({ "plan": plan }));
    let told: Vec<_> = (0..4)
        .map(|_| find(&served, &sent)["status"].clone())
        .collect();
    assert_eq!(told, ["SUCCESS", "NOT_FOUND", "NOT_FOUND", "SUCCESS"]);
    let passphrase = |_| served.result("getNetwork", json!({}))["passphrase"].clone();
    let [first, second] = [0, 1].map(passphrase);
    assert_ne!(first, second);
}

#[test]
fn a_node_that_keeps_less_forgets_what_is_older() {
    let (served, payment) = before_a_payment();
    let sent = served.result("sendTransaction", payment);
    let included = served.result("localnet_close", json!({}))["ledger"]
        .as_u64()
        .expect("a ledger");
    served.result("localnet_close", json!({ "ledger": included + 3 }));
    served.result("localnet_forget", json!({ "before": included }));
    assert_eq!(find(&served, &sent)["oldestLedger"], included);
    assert_eq!(find(&served, &sent)["status"], "SUCCESS");
    served.result("localnet_forget", json!({ "before": included + 1 }));
    assert_eq!(find(&served, &sent)["status"], "NOT_FOUND");
    served.result("localnet_forget", json!({ "before": u32::MAX }));
    assert_eq!(find(&served, &sent)["oldestLedger"], included + 3);
}

#[test]
fn a_plan_that_cannot_be_is_refused_and_the_old_one_stays() {
    let served = Served::by_hand();
    plan(&served, "getHealth", "error");
    for (line, words) in [
        (
            json!({ "method": "getHealth", "kind": "ignored" }),
            "kind for getHealth must be one of",
        ),
        (
            json!({ "method": "getLife", "kind": "drop" }),
            "method must be one of Stellar RPC, not \"getLife\"",
        ),
        (
            json!({ "method": "localnet_close", "kind": "drop" }),
            "method must be one of Stellar RPC",
        ),
        (
            json!({ "method": "getHealth", "kind": "drop", "nth": 0 }),
            "nth and times count from 1",
        ),
    ] {
        let answer = served.call("localnet_faults", &json!({ "plan": [line] }));
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains(words), "{answer}");
    }
    assert_eq!(served.post(HEALTH).status, 500);
    assert_eq!(
        Served::start(&[]).call("localnet_faults", &json!({}))["error"]["code"],
        -32601
    );
}
