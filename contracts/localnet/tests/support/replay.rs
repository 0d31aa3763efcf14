//! What replaying needs: a ledger to begin with, and the comparison of a step that ran.

use localnet::{Applied, Ledger, Settings};
use serde_json::Value;
use stellar_xdr::{TransactionMeta, TransactionResult};

use super::vectors::{decoded, encoded, entry, number, text};

pub fn settings(scenario: &Value) -> Settings {
    let initial = &scenario["initial"];
    Settings {
        passphrase: text(scenario, "passphrase").to_owned(),
        protocol_version: number(initial, "protocol"),
        base_fee: number(initial, "baseFee"),
        base_reserve: number(initial, "baseReserve"),
        max_tx_set_ops: 1000,
    }
}

pub fn begin(scenario: &Value) -> Ledger {
    let initial = &scenario["initial"];
    let settings = settings(scenario);
    let entries = initial["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(entry)
        .collect();
    Ledger::load(
        settings,
        number(initial, "ledger"),
        number(initial, "closeTime"),
        number(initial, "idPool"),
        entries,
    )
}

pub fn check_applied(applied: &Applied, step: &Value) {
    let label = text(step, "label");
    let result: TransactionResult = decoded(text(step, "result"));
    assert_eq!(applied.result, result, "result of {label}");
    assert_eq!(
        applied.result.fee_charged,
        number::<i64>(step, "feeCharged"),
        "fee of {label}"
    );
    let hash = applied
        .hash
        .0
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    assert_eq!(hash, text(step, "hash"), "hash of {label}");
    assert_eq!(
        applied.inner_hash.is_some(),
        step["feeBump"] == true,
        "fee bump of {label}"
    );
    assert_eq!(
        u64::from(applied.application_order),
        number::<u64>(step, "order"),
        "order of {label}"
    );
    if encoded(&applied.meta) != text(step, "meta") {
        let wanted: TransactionMeta = decoded(text(step, "meta"));
        let (ours, theirs) = (show(&applied.meta), show(&wanted));
        panic!("meta of {label}\nours   {ours}\ntheirs {theirs}");
    }
}

fn show(meta: &TransactionMeta) -> String {
    serde_json::to_string(meta).expect("metas have a JSON form")
}
