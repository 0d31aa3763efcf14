//! A network that is started again: where a full ledger had made everyone pay more, and where contracts had run.

mod served;
mod support;

use std::collections::BTreeSet;

use serde_json::{json, Value};
use served::{recorded, Folder, Served};
use stellar_xdr::{
    LedgerEntryData, Limits, Transaction, TransactionEnvelope, TransactionExt, WriteXdr,
};
use support::build::*;
use support::network::{account, id, key};
use support::vectors::{decoded, encoded};

const NAMES: [&str; 3] = ["ann", "ben", "cleo"];

/// Three accounts and room for two operations.
fn narrow() -> Value {
    let entries: Vec<_> = NAMES
        .iter()
        .map(|name| {
            let data: LedgerEntryData = account(id(&key(name)), 1_000_000_000, 1 << 32).data;
            let xdr = data.to_xdr_base64(Limits::none()).expect("encodes");
            json!({ "xdr": xdr, "lastModifiedLedgerSeq": 1 })
        })
        .collect();
    json!({ "ledger": 10, "closeTime": 1_000, "maxTxSetOps": 2, "entries": entries })
}

#[test]
fn what_a_full_ledger_cost_is_charged_again_after_a_kill() {
    let folder = Folder::new("surge");
    let options = ["--manual", "--control", "--data", folder.text()];
    let served = Served::start(&options);
    served.result("localnet_load", narrow());
    let ledger = ledger_of(&NAMES); // for its network id
    for (name, fee) in NAMES.iter().zip([300, 500, 200]) {
        let tx = Transaction {
            fee,
            ..transaction(name, 1, vec![pay("ann", 1)])
        };
        let envelope = signed(&ledger, &tx, &[name]);
        let text = envelope.to_xdr_base64(Limits::none()).expect("encodes");
        let told = served.result("sendTransaction", json!({ "transaction": text }));
        assert_eq!(told["status"], "PENDING", "{told}");
    }
    served.result("localnet_close", json!({}));
    let fees = served.result("getFeeStats", json!(null))["inclusionFee"].clone();
    assert_eq!(
        (&fees["min"], &fees["transactionCount"]),
        (&json!("300"), &json!("2"))
    );
    served.result("localnet_close", json!({}));
    let latest = served.result("getLatestLedger", json!(null));
    served.kill();
    let served = Served::start(&options);
    assert_eq!(served.result("getLatestLedger", json!(null)), latest);
}

#[test]
fn contracts_and_what_they_told_are_there_after_a_kill() {
    let folder = Folder::new("contracts");
    let options = ["--manual", "--control", "--data", folder.text()];
    let scenario = recorded("network/soroban_basic.json");
    let served = Served::start(&options);
    served.replay(&scenario);
    let before = told(&served, &scenario);
    assert_ne!(before[1]["sorobanInclusionFee"]["transactionCount"], "0");
    served.kill();
    assert_eq!(told(&Served::start(&options), &scenario), before);
}

/// All that clients can ask of a recorded scenario: where it ended, its fees, events, results, and entries with their times to live.
fn told(served: &Served, scenario: &Value) -> Vec<Value> {
    let first = scenario["steps"]
        .as_array()
        .and_then(|steps| steps.iter().find_map(|step| step["ledger"].as_u64()));
    let oldest = served.result("getHealth", json!(null))["oldestLedger"].clone();
    let mut told = vec![
        served.result("getLatestLedger", json!(null)),
        served.result("getFeeStats", json!(null)),
        served.result("getEvents", json!({ "startLedger": first })),
        served.result("getTransactions", json!({ "startLedger": oldest })),
    ];
    assert!(told[2]["events"].as_array().is_some_and(|e| !e.is_empty()));
    let touched = told[3]["transactions"].as_array().expect("transactions");
    let keys: BTreeSet<_> = touched.iter().flat_map(footprint).collect();
    assert!(!keys.is_empty());
    let entries = served.result("getLedgerEntries", json!({ "keys": keys }));
    assert!(entries["entries"]
        .as_array()
        .is_some_and(|found| found.iter().any(|e| e["liveUntilLedgerSeq"].is_u64())));
    told.push(entries);
    told
}

fn footprint(transaction: &Value) -> Vec<String> {
    let text = transaction["envelopeXdr"].as_str().expect("an envelope");
    let TransactionEnvelope::Tx(held) = decoded(text) else {
        return Vec::new();
    };
    let TransactionExt::V1(data) = &held.tx.ext else {
        return Vec::new();
    };
    let keys = &data.resources.footprint;
    let all = keys.read_only.iter().chain(keys.read_write.iter());
    all.map(encoded).collect()
}
