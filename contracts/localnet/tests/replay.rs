//! Replays what a real network answered (tests/fixtures/vectors): every result, fee, meta and final entry of the
//! ledger must come out byte for byte, and what was refused must be refused with the same words.

mod support;

use localnet::{Applied, Ledger, Queue, Submission};
use serde_json::Value;
use stellar_xdr::{LedgerKey, TransactionEnvelope, TransactionResult};
use support::replay::{begin, check_applied};
use support::vectors::{decoded, entry, number, text, vectors};

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
        match step["status"].as_str().unwrap_or_default() {
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
            "" => assert!(step["simulation_error"].is_string(), "{}", step["label"]), // it was never sent
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

#[test]
fn authorization() {
    replay("authorization");
}

#[test]
fn claimable() {
    replay("claimable");
}

#[test]
fn sponsorship() {
    replay("sponsorship");
}

#[test]
fn soroban_basic() {
    replay("soroban_basic");
}
