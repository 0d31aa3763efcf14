//! Who pays for others must afford all of it, and what cannot run in the ledger it was offered to is banned.

mod support;

use localnet::{Ledger, Queue, Submission};
use stellar_xdr::{
    Preconditions, TimeBounds, TimePoint, Transaction, TransactionEnvelope,
    TransactionResultResult as Answer,
};
use support::build::*;

fn bumped(ledger: &Ledger, source: &str, fee: i64) -> TransactionEnvelope {
    let tx = transaction(source, 1, vec![pay("payee", 1)]);
    bump(ledger, &signed(ledger, &tx, &[source]), "payer", fee)
}

fn close(ledger: &mut Ledger, queue: &mut Queue) -> usize {
    let waiting = queue.take_for_close(ledger);
    let closed = ledger.close(now(ledger) + 5, waiting);
    queue.after_close(&closed);
    closed.transactions.len()
}

#[test]
fn a_payer_who_lost_the_money_pays_for_nobody() {
    let mut ledger = ledger_of(&["ann", "ben", "cleo", "payer", "payee"]);
    let mut queue = Queue::default();
    let waiting = [
        bumped(&ledger, "ann", 300_000_000),
        bumped(&ledger, "ben", 400_000_000),
    ];
    for envelope in &waiting {
        let told = queue.submit(&ledger, envelope.clone(), now(&ledger));
        assert_eq!(told, Submission::Pending);
    }
    let other = transaction("cleo", 1, vec![pay("payee", 1)]);
    let other = signed(&ledger, &other, &["cleo"]);
    queue.submit(&ledger, other, now(&ledger));
    let spending = transaction("payer", 1, vec![pay("payee", 500_000_000)]);
    let spending = signed(&ledger, &spending, &["payer"]);
    let closed = ledger.close(now(&ledger) + 5, vec![spending]);
    queue.after_close(&closed);
    assert_eq!(
        close(&mut ledger, &mut queue),
        1,
        "only cleo's, who pays alone"
    );
    assert!(queue.is_empty());
    for envelope in waiting {
        let told = queue.submit(&ledger, envelope, now(&ledger));
        assert_eq!(told, Submission::TryAgainLater, "banned");
    }
}

#[test]
fn the_money_that_is_left_does_not_choose_among_them() {
    let mut ledger = ledger_of(&["ann", "ben", "payer", "payee"]);
    let both = vec![
        bumped(&ledger, "ann", 400_000_000),
        bumped(&ledger, "ben", 600_000_000),
    ];
    let one = vec![bumped(&ledger, "ann", 400_000_000)];
    let closed = ledger.clone().close(now(&ledger) + 5, both);
    assert_eq!((closed.transactions.len(), closed.refused.len()), (0, 2));
    let closed = ledger.close(now(&ledger) + 5, one);
    assert_eq!((closed.transactions.len(), closed.refused.len()), (1, 0));
}

#[test]
fn what_is_too_late_for_its_ledger_is_banned_for_ten() {
    let mut ledger = ledger_of(&["boss", "payee"]);
    let mut queue = Queue::closing_every(1);
    let tx = Transaction {
        cond: Preconditions::Time(TimeBounds {
            min_time: TimePoint(0),
            max_time: TimePoint(1_003),
        }),
        ..transaction("boss", 1, vec![pay("payee", 1)])
    };
    let envelope = signed(&ledger, &tx, &["boss"]);
    let ask =
        |queue: &mut Queue, ledger: &Ledger| queue.submit(ledger, envelope.clone(), now(ledger));
    assert_eq!(ask(&mut queue, &ledger), Submission::Pending);
    for _ in 0..10 {
        assert_eq!(close(&mut ledger, &mut queue), 0);
        assert!(queue.is_empty());
        let told = ask(&mut queue, &ledger);
        if ledger.header().ledger_seq < 20 {
            assert_eq!(told, Submission::TryAgainLater);
        } else {
            assert!(
                matches!(told, Submission::Error(result) if result.result == Answer::TxTooLate)
            );
        }
    }
}

#[test]
fn a_call_that_names_no_price_is_malformed_and_free() {
    let (ledger, mut queue) = (ledger_of(&["boss"]), Queue::default());
    let restore = stellar_xdr::OperationBody::RestoreFootprint(stellar_xdr::RestoreFootprintOp {
        ext: stellar_xdr::ExtensionPoint::V0,
    });
    let envelope = signed(&ledger, &transaction("boss", 1, vec![restore]), &["boss"]);
    let Submission::Error(told) = queue.submit(&ledger, envelope, now(&ledger)) else {
        panic!("refused")
    };
    assert_eq!((told.result, told.fee_charged), (Answer::TxMalformed, 0));
}
