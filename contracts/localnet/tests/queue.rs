//! Replays what a real node said to the same bytes again, to a second transaction of a source, to bids that replace
//! and bids that do not, and to all of them after inclusion (tests/fixtures/vectors/queue-behaviour.json).

mod support;

use localnet::{Ledger, Queue, Submission};
use serde_json::Value;
use stellar_xdr::{TransactionEnvelope, TransactionResult};
use support::network::{account, account_of, settings, PASSPHRASE};
use support::vectors::{decoded, number, text, vectors};

/// The two parties of the recording: the source's account was made in ledger 856.
fn begin(first: &Value, bump: &Value) -> Ledger {
    let TransactionEnvelope::Tx(first) = decoded(text(first, "envelope")) else {
        panic!("the first is a plain transaction")
    };
    let TransactionEnvelope::TxFeeBump(bump) = decoded(text(bump, "envelope")) else {
        panic!("the fifth is a fee bump")
    };
    let source = account(
        account_of(&first.tx.source_account),
        1_000_000_000,
        856 << 32,
    );
    let payer = account(account_of(&bump.tx.fee_source), 1_000_000_000, 857 << 32);
    Ledger::load(
        settings(PASSPHRASE),
        858,
        1_795_230_300,
        0,
        vec![source, payer],
    )
}

fn close(ledger: &mut Ledger, queue: &mut Queue) {
    let waiting = queue.take_for_close(ledger);
    let closed = ledger.close(ledger.header().scp_value.close_time.0 + 1, waiting);
    queue.after_close(&closed);
}

fn wanted(answer: &Value) -> Submission {
    match text(answer, "status") {
        "PENDING" => Submission::Pending,
        "DUPLICATE" => Submission::Duplicate,
        "TRY_AGAIN_LATER" => Submission::TryAgainLater,
        "ERROR" => Submission::Error(decoded::<TransactionResult>(text(answer, "errorResultXdr"))),
        other => panic!("no such status: {other}"),
    }
}

#[test]
fn answers_as_the_recorded_node() {
    let recorded = vectors("queue-behaviour.json");
    let cases = recorded["cases"].as_array().expect("cases");
    let (mut ledger, mut queue) = (begin(&cases[0], &cases[4]), Queue::default());
    let mut submitted = 0;
    for case in cases.iter().filter(|case| case["envelope"].is_string()) {
        while ledger.header().ledger_seq < number::<u32>(&case["answer"], "latestLedger") {
            close(&mut ledger, &mut queue);
        }
        let now = ledger.header().scp_value.close_time.0;
        let answer = queue.submit(&ledger, decoded(text(case, "envelope")), now);
        assert_eq!(
            answer,
            wanted(&case["answer"]),
            "{}: {}",
            submitted,
            case["case"]
        );
        submitted += 1;
    }
    assert_eq!(submitted, 22, "all recorded submissions were tried");
}
