//! A network that is started again where a full ledger had made everyone pay more.

mod served;
mod support;

use serde_json::{json, Value};
use served::{Folder, Served};
use stellar_xdr::{LedgerEntryData, Limits, Transaction, WriteXdr};
use support::build::*;
use support::network::{account, id, key};

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
