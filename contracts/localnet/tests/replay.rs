//! Replays what a real network answered (tests/fixtures/vectors): every result, fee, meta and final entry of the
//! ledger must come out byte for byte, and what was refused must be refused with the same words.

mod support;

use localnet::{Applied, Ledger, Queue, Settings, Submission};
use serde_json::Value;
use stellar_xdr::{LedgerKey, TransactionEnvelope, TransactionMeta, TransactionResult};
use support::vectors::{decoded, encoded, entry, number, text, vectors};

fn begin(scenario: &Value) -> Ledger {
    let initial = &scenario["initial"];
    let settings = Settings {
        passphrase: text(scenario, "passphrase").to_owned(),
        protocol_version: number(initial, "protocol"),
        base_fee: number(initial, "baseFee"),
        base_reserve: number(initial, "baseReserve"),
        max_tx_set_ops: 1000,
    };
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

fn now(ledger: &Ledger) -> u64 {
    ledger.header().scp_value.close_time.0
}

/// Empty ledgers until the next one is `sequence`.
fn close_up_to(ledger: &mut Ledger, queue: &mut Queue, sequence: u32) {
    while ledger.header().ledger_seq + 1 < sequence {
        let closed = ledger.close(now(ledger), Vec::new());
        queue.after_close(&closed);
    }
}

fn run(ledger: &mut Ledger, queue: &mut Queue, step: &Value) -> Applied {
    close_up_to(ledger, queue, number(step, "ledger"));
    let submission = queue.submit(ledger, decoded(text(step, "envelope")), now(ledger));
    assert_eq!(submission, Submission::Pending, "{}", step["label"]);
    let waiting = queue.take_for_close(ledger);
    let closed = ledger.close(number(step, "closeTime"), waiting);
    queue.after_close(&closed);
    assert_eq!(closed.transactions.len(), 1, "{}", step["label"]);
    closed
        .transactions
        .into_iter()
        .next()
        .expect("counted above")
}

fn check_applied(applied: &Applied, step: &Value) {
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

fn check_final(ledger: &Ledger, scenario: &Value) {
    for wanted in scenario["final"].as_array().expect("final") {
        let key: LedgerKey = decoded(text(wanted, "key"));
        let held = ledger.get(&key);
        match wanted["xdr"].is_null() {
            true => assert_eq!(held, None, "{key:?} should be gone"),
            false => assert_eq!(held, Some(&entry(wanted)), "{key:?} at the end"),
        }
    }
}

fn replay(name: &str) {
    let scenario = vectors(&format!("network/{name}.json"));
    let (mut ledger, mut queue) = (begin(&scenario), Queue::default());
    let steps = scenario["steps"].as_array().expect("steps");
    assert!(!steps.is_empty(), "{name} has steps");
    for step in steps {
        match text(step, "status") {
            "REJECTED" => {
                let result = decoded::<TransactionResult>(text(step, "result"));
                let submission = queue.submit(
                    &ledger,
                    decoded::<TransactionEnvelope>(text(step, "envelope")),
                    now(&ledger),
                );
                assert_eq!(
                    submission,
                    Submission::Error(result),
                    "{name}: {}",
                    step["label"]
                );
            }
            _ => check_applied(&run(&mut ledger, &mut queue, step), step),
        }
    }
    check_final(&ledger, &scenario);
}

#[test]
fn create_account() {
    replay("create_account");
}

#[test]
fn payment_native() {
    replay("payment_native");
}

#[test]
fn payment_asset() {
    replay("payment_asset");
}

#[test]
fn batch_100() {
    replay("batch_100");
}

#[test]
fn change_trust() {
    replay("change_trust");
}

#[test]
fn data_and_sequence() {
    replay("data_and_sequence");
}

#[test]
fn fee_bump() {
    replay("fee_bump");
}
