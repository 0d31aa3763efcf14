//! What a client asks wrongly, and the words in which it is told: those of the reference server.

mod served;

use serde_json::{json, Value};
use served::{recorded, Served};

fn error(answer: &Value) -> (i64, String) {
    let error = &answer["error"];
    let message = error["message"].as_str().unwrap_or_default().to_owned();
    (error["code"].as_i64().unwrap_or_default(), message)
}

fn refused(served: &Served, method: &str, params: Value) -> (i64, String) {
    error(&served.call(method, &params))
}

#[test]
fn parameters_of_a_wrong_kind_are_named_as_recorded() {
    let served = Served::by_hand();
    let answers = recorded("rpc-answers.json");
    let answers = answers.as_array().expect("a list");
    let by_position = answers
        .iter()
        .find(|a| a["case"] == "params as array")
        .expect("recorded");
    let request = &by_position["request"];
    let answer = served.call("getTransaction", &request["params"]);
    assert_eq!(answer["error"], by_position["answer"]["body"]["error"]);
}

#[test]
fn parameters_of_a_wrong_kind_are_named() {
    let served = Served::by_hand();
    let field = "Go struct field";
    for (method, params, why) in [
        ("getHealth", json!([]), "array into Go value of type protocol.GetHealthRequest".to_owned()),
        ("getTransaction", json!({ "hash": 7 }), format!("number into {field} GetTransactionRequest.hash of type string")),
        ("getLedgers", json!({ "startLedger": "5" }), format!("string into {field} GetLedgersRequest.startLedger of type uint32")),
        ("getLedgers", json!({ "startLedger": -1 }), format!("number -1 into {field} GetLedgersRequest.startLedger of type uint32")),
        ("getLedgers", json!({ "startLedger": 4_294_967_296_u64 }), format!("number 4294967296 into {field} GetLedgersRequest.startLedger of type uint32")),
        ("getLedgers", json!({ "pagination": 5 }), format!("number into {field} GetLedgersRequest.pagination of type protocol.LedgerPaginationOptions")),
        ("getTransactions", json!({ "pagination": { "limit": "5" } }), format!("string into {field} LedgerPaginationOptions.pagination.limit of type uint")),
        ("getTransactions", json!({ "pagination": { "cursor": 5 } }), format!("number into {field} LedgerPaginationOptions.pagination.cursor of type string")),
        ("getLedgerEntries", json!({ "keys": "x" }), format!("string into {field} GetLedgerEntriesRequest.keys of type []string")),
        ("getLedgerEntries", json!({ "keys": [1] }), format!("number into {field} GetLedgerEntriesRequest.keys of type string")),
        ("sendTransaction", json!({ "xdrFormat": true }), format!("bool into {field} SendTransactionRequest.xdrFormat of type string")),
    ] {
        let answer = served.call(method, &params);
        assert_eq!(error(&answer), (-32602, "invalid parameters".to_owned()), "{method} {params}");
        assert_eq!(answer["error"]["data"], format!("json: cannot unmarshal {why}"));
    }
}

/// The reference server forgot to forbid it for this one method.
#[test]
fn transactions_may_be_asked_for_by_position() {
    let served = Served::by_hand();
    let page = served.result("getTransactions", json!([2, null, "json"]));
    assert_eq!(page["transactions"], json!([]));
    let answer = served.call("getTransactions", &json!([2]));
    assert_eq!(answer["error"]["data"], "[-32602] got 1 parameters, want 3");
}

#[test]
fn names_are_read_in_any_case_and_nulls_as_nothing() {
    let served = Served::by_hand();
    let page = served.result(
        "getLedgers",
        json!({ "STARTLEDGER": 2, "pagination": null }),
    );
    assert_eq!(page["ledgers"][0]["sequence"], 2);
}

#[test]
fn formats_are_base64_and_json() {
    let served = Served::by_hand();
    let words = "got 'yaml': expected base64, json for optional 'xdrFormat'";
    for (method, code) in [
        ("getTransaction", -32602),
        ("getLedgerEntries", -32602),
        ("sendTransaction", -32602),
    ] {
        let params = json!({ "xdrFormat": "yaml" });
        assert_eq!(refused(&served, method, params), (code, words.to_owned()));
    }
    let paged = json!({ "startLedger": 2, "xdrFormat": "yaml" });
    for method in ["getTransactions", "getLedgers"] {
        let told = refused(&served, method, paged.clone());
        assert_eq!(told, (-32600, words.to_owned()));
    }
    let both = json!({ "startLedger": 2, "pagination": { "limit": 201 }, "xdrFormat": "yaml" });
    let told = refused(&served, "getLedgers", both);
    assert_eq!(
        told,
        (-32600, format!("limit must not exceed 200\n{words}"))
    );
}

#[test]
fn wrong_pages_are_refused() {
    let served = Served::by_hand();
    for method in ["getTransactions", "getLedgers"] {
        let both = json!({ "startLedger": 2, "pagination": { "cursor": "1" } });
        let words = "startLedger (2) and cursor (1) cannot both be set";
        assert_eq!(refused(&served, method, both), (-32600, words.into()));
        let many = json!({ "startLedger": 2, "pagination": { "limit": 201 } });
        let words = "limit must not exceed 200";
        assert_eq!(refused(&served, method, many), (-32600, words.into()));
        let far_and_many = json!({ "startLedger": 9, "pagination": { "limit": 201 } });
        let words = "start ledger (9) must be between the oldest ledger: 2 and the latest ledger: 2 for this rpc instance";
        assert_eq!(
            refused(&served, method, far_and_many),
            (-32600, words.into())
        );
    }
}

#[test]
fn wrong_cursors_are_refused() {
    let served = Served::by_hand();
    let word = json!({ "pagination": { "cursor": "abc" } });
    let words = |function: &str| format!("strconv.{function}: parsing \"abc\": invalid syntax");
    assert_eq!(
        refused(&served, "getTransactions", word.clone()),
        (-32602, words("ParseInt"))
    );
    assert_eq!(
        refused(&served, "getLedgers", word),
        (-32602, words("ParseUint"))
    );
    let far = json!({ "pagination": { "cursor": "15" } });
    let words = "cursor ('15') must be between the oldest ledger: 2 and the latest ledger: 2 for this rpc instance";
    assert_eq!(refused(&served, "getLedgers", far), (-32602, words.into()));
    let negative = json!({ "pagination": { "cursor": "-1" } });
    let words = "cursor ledger sequence cannot be negative";
    assert_eq!(
        refused(&served, "getTransactions", negative),
        (-32602, words.into())
    );
    let old = json!({ "pagination": { "cursor": "4294967297" } });
    let words = "database does not contain metadata for ledger: 1";
    assert_eq!(
        refused(&served, "getTransactions", old),
        (-32602, words.into())
    );
    let beyond = json!({ "pagination": { "cursor": "42949672960" } });
    let page = served.result("getTransactions", beyond);
    assert_eq!(
        (&page["transactions"], &page["cursor"]),
        (&json!([]), &json!("0"))
    );
}

#[test]
fn keys_are_asked_for_once_and_not_too_many() {
    let served = Served::by_hand();
    let key = "AAAAAAAAAABzDpjrRGt4wWY/732CWasGvZ7GbHLRbfGUxT116ZMI9w==";
    let many = json!({ "keys": vec![key; 201] });
    let words = "key count (201) exceeds maximum supported (200)";
    assert_eq!(
        refused(&served, "getLedgerEntries", many),
        (-32602, words.into())
    );
    let twice = json!({ "keys": [key, key] });
    let words = "could not query captive core: http request failed with non-200 status code (404)";
    assert_eq!(
        refused(&served, "getLedgerEntries", twice),
        (-32603, words.into())
    );
    let nothing = json!({ "keys": [null] });
    let words = "cannot unmarshal key value  at index 0";
    assert_eq!(
        refused(&served, "getLedgerEntries", nothing),
        (-32602, words.into())
    );
}

#[test]
fn a_loaded_state_must_be_one_that_can_go_on() {
    let served = Served::by_hand();
    let most = i32::MAX - 10_000;
    for ledger in [0, u32::MAX] {
        let load = json!({ "ledger": ledger, "closeTime": 5, "entries": [] });
        let words = format!("ledger must be from 1 to {most}");
        assert_eq!(refused(&served, "localnet_load", load), (-32602, words));
    }
    let load = json!({ "ledger": most, "closeTime": 5, "entries": [] });
    served.result("localnet_load", load);
    let close = json!({ "ledger": i32::MAX });
    assert_eq!(served.result("localnet_close", close)["ledger"], i32::MAX);
    let further = json!({ "ledger": 2_147_483_648_u32 });
    let words = "ledger must be from 2147483647 to 2147483647";
    assert_eq!(
        refused(&served, "localnet_close", further),
        (-32602, words.into())
    );
    let load = json!({ "ledger": 5, "closeTime": u64::MAX, "entries": [] });
    assert_eq!(refused(&served, "localnet_load", load).0, -32602);
}
