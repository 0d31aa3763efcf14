//! A network that is started with limits of its own.

mod served;
mod support;

use std::fs;

use serde_json::json;
use served::{Folder, Served};
use stellar_xdr::*;
use support::build::{ledger_of, signed, transaction};
use support::network::{id, key};
use support::vectors::{decoded, encoded};

const SMALL: &str = r#"[{"contract_compute_v0": {"ledger_max_instructions": "1000000",
    "tx_max_instructions": "1000000", "fee_rate_per_instructions_increment": "7", "tx_memory_limit": 41943040}}]"#;

/// What becomes of an upload that asks for two million instructions.
fn sent(served: &Served) -> serde_json::Value {
    let who = served.http(&format!("GET /friendbot?addr={}", id(&key("ann"))), &[], "");
    assert_eq!(who.status, 200, "{}", who.body);
    let latest = &served.result("getLatestLedger", json!(null))["sequence"];
    let code = BytesM::try_from(b"\0asm".to_vec()).expect("short");
    let mut tx = transaction(
        "ann",
        1,
        vec![OperationBody::InvokeHostFunction(InvokeHostFunctionOp {
            host_function: HostFunction::UploadContractWasm(code),
            auth: VecM::default(),
        })],
    );
    tx.seq_num = SequenceNumber((latest.as_i64().expect("a ledger") << 32) + 1);
    tx.fee = 50_000_100;
    tx.ext = TransactionExt::V1(SorobanTransactionData {
        ext: SorobanTransactionDataExt::V0,
        resources: SorobanResources {
            footprint: LedgerFootprint {
                read_only: VecM::default(),
                read_write: VecM::default(),
            },
            instructions: 2_000_000,
            disk_read_bytes: 0,
            write_bytes: 0,
        },
        resource_fee: 50_000_000,
    });
    let envelope = signed(&ledger_of(&["ann"]), &tx, &["ann"]);
    served.result(
        "sendTransaction",
        json!({ "transaction": encoded(&envelope) }),
    )
}

#[test]
fn a_lower_limit_refuses_what_mainnet_takes() {
    let folder = Folder::new("limits");
    let file = folder.0.join("limits.json");
    fs::write(&file, SMALL).expect("a file can be written");
    let file = file.to_str().expect("a plain path");

    let answer = sent(&Served::by_hand());
    assert_eq!(answer["status"], "PENDING", "{answer}");

    let narrow = Served::start(&["--manual", "--control", "--limits", file]);
    let answer = sent(&narrow);
    assert_eq!(answer["status"], "ERROR", "{answer}");
    let result: TransactionResult = decoded(answer["errorResultXdr"].as_str().expect("a result"));
    assert_eq!(result.result, TransactionResultResult::TxSorobanInvalid);
}

#[test]
fn limits_outlive_a_kill() {
    let folder = Folder::new("limits-kept");
    let file = folder.0.join("limits.json");
    fs::write(&file, SMALL).expect("a file can be written");
    let data = folder.0.join("data");
    let kept = [
        "--manual",
        "--control",
        "--data",
        data.to_str().expect("a plain path"),
    ];
    let file = file.to_str().expect("a plain path");
    Served::start(&[&kept[..], &["--limits", file]].concat()).kill();
    let answer = sent(&Served::start(&kept));
    assert_eq!(answer["status"], "ERROR", "{answer}");
}
