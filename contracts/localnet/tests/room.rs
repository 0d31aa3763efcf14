//! Room is scarce: what waits too long, what is put out, and what everyone pays when a ledger is full.

mod support;

use localnet::{ClosedLedger, Ledger, Queue, Settings, Submission};
use stellar_xdr::{
    GeneralizedTransactionSet, LedgerCloseMeta, Transaction, TransactionEnvelope, TransactionPhase,
    TransactionResultResult, TxSetComponent,
};
use support::build::*;
use support::network::{account, id, key, settings, PASSPHRASE};

const NAMES: [&str; 6] = ["ann", "ben", "cleo", "dan", "eve", "fay"];

/// Room for two operations a ledger.
fn narrow() -> Ledger {
    let entries = NAMES
        .iter()
        .map(|name| account(id(&key(name)), 1_000_000_000, 1 << 32))
        .collect();
    Ledger::load(
        Settings {
            max_tx_set_ops: 2,
            ..settings(PASSPHRASE)
        },
        10,
        1_000,
        0,
        entries,
    )
}

fn bid(ledger: &Ledger, name: &str, fee: u32) -> TransactionEnvelope {
    let tx = Transaction {
        fee,
        ..transaction(name, 1, vec![pay("ann", 1)])
    };
    signed(ledger, &tx, &[name])
}

fn submit(queue: &mut Queue, ledger: &Ledger, envelope: &TransactionEnvelope) -> Submission {
    queue.submit(ledger, envelope.clone(), now(ledger))
}

fn close(ledger: &mut Ledger, queue: &mut Queue) -> ClosedLedger {
    let waiting = queue.take_for_close(ledger);
    let closed = ledger.close(now(ledger) + 5, waiting);
    queue.after_close(&closed);
    closed
}

fn base_fee(closed: &ClosedLedger) -> Option<i64> {
    let LedgerCloseMeta::V2(meta) = &closed.meta else {
        panic!("form 2")
    };
    let GeneralizedTransactionSet::V1(set) = &meta.tx_set;
    let TransactionPhase::V0(components) = &set.phases[0] else {
        panic!("classic comes first")
    };
    let TxSetComponent::TxsetCompTxsMaybeDiscountedFee(component) = &components[0];
    component.base_fee
}

#[test]
fn a_full_ledger_takes_the_best_at_the_lowest_of_their_bids() {
    let (mut ledger, mut queue) = (narrow(), Queue::default());
    for (name, fee) in [("ann", 100), ("ben", 250), ("cleo", 900)] {
        assert_eq!(
            submit(&mut queue, &ledger, &bid(&ledger, name, fee)),
            Submission::Pending
        );
    }
    let closed = close(&mut ledger, &mut queue);
    let charged: Vec<_> = closed
        .transactions
        .iter()
        .map(|applied| applied.result.fee_charged)
        .collect();
    assert_eq!((charged, base_fee(&closed)), (vec![250, 250], Some(250)));
    let closed = close(&mut ledger, &mut queue);
    assert_eq!(closed.transactions.len(), 1, "the third waited");
    assert_eq!(
        (closed.transactions[0].result.fee_charged, base_fee(&closed)),
        (100, Some(100))
    );
    assert!(queue.is_empty());
}

#[test]
fn the_worst_is_put_out_of_a_full_queue_and_banned() {
    let (ledger, mut queue) = (narrow(), Queue::default());
    for (name, fee) in [("ann", 100), ("ben", 200), ("cleo", 200), ("dan", 200)] {
        assert_eq!(
            submit(&mut queue, &ledger, &bid(&ledger, name, fee)),
            Submission::Pending
        );
    }
    let Submission::Error(result) = submit(&mut queue, &ledger, &bid(&ledger, "eve", 100)) else {
        panic!("no room")
    };
    assert_eq!(
        (result.fee_charged, &result.result),
        (101, &TransactionResultResult::TxInsufficientFee)
    );
    assert_eq!(
        submit(&mut queue, &ledger, &bid(&ledger, "eve", 100)),
        Submission::TryAgainLater,
        "banned"
    );
    assert_eq!(
        submit(&mut queue, &ledger, &bid(&ledger, "eve", 150)),
        Submission::Pending,
        "puts out the first"
    );
    assert_eq!(
        submit(&mut queue, &ledger, &bid(&ledger, "ann", 100)),
        Submission::TryAgainLater,
        "banned"
    );
    assert_eq!(queue.len(), 4);
}

#[test]
fn waiting_ends_after_four_ledgers_and_a_ban_after_ten() {
    let (mut ledger, mut queue) = (narrow(), Queue::default());
    let waits = bid(&ledger, "ann", 100);
    assert_eq!(submit(&mut queue, &ledger, &waits), Submission::Pending);
    let skip = |ledger: &mut Ledger, queue: &mut Queue| {
        let closed = ledger.close(now(ledger) + 5, vec![]);
        queue.after_close(&closed);
    };
    for _ in 0..3 {
        skip(&mut ledger, &mut queue);
        assert_eq!(submit(&mut queue, &ledger, &waits), Submission::Duplicate);
    }
    for _ in 0..10 {
        skip(&mut ledger, &mut queue);
        assert_eq!(
            submit(&mut queue, &ledger, &waits),
            Submission::TryAgainLater
        );
    }
    skip(&mut ledger, &mut queue);
    assert_eq!(submit(&mut queue, &ledger, &waits), Submission::Pending);
}

#[test]
fn a_payer_must_afford_all_it_has_promised() {
    let (ledger, mut queue) = (narrow(), Queue::default());
    let half = 600_000_000;
    let first = bump(&ledger, &bid(&ledger, "ann", 100), "fay", half);
    let second = bump(&ledger, &bid(&ledger, "ben", 100), "fay", half);
    assert_eq!(submit(&mut queue, &ledger, &first), Submission::Pending);
    let Submission::Error(result) = submit(&mut queue, &ledger, &second) else {
        panic!("cannot pay both")
    };
    assert_eq!(
        result.result,
        TransactionResultResult::TxInsufficientBalance
    );
}
