//! Rules of the queue that no recording shows: how long a transaction must be good for, envelopes of the first form,
//! and the one sequence number that no ledger may take.

mod support;

use localnet::{Ledger, Queue, Submission};
use stellar_xdr::{
    Preconditions, SequenceNumber, TimeBounds, TimePoint, Transaction, TransactionEnvelope,
    TransactionResultResult as Answer, TransactionV0, TransactionV0Envelope, TransactionV0Ext,
    Uint256,
};
use support::build::*;
use support::network::{account, id, key, settings, PASSPHRASE};

fn until(ledger: &Ledger, max_time: u64) -> TransactionEnvelope {
    let tx = Transaction {
        cond: Preconditions::Time(TimeBounds {
            min_time: TimePoint(0),
            max_time: TimePoint(max_time),
        }),
        ..transaction("boss", 1, vec![pay("payee", 1)])
    };
    signed(ledger, &tx, &["boss"])
}

fn is_too_late(submission: &Submission) -> bool {
    matches!(submission, Submission::Error(result) if result.result == Answer::TxTooLate)
}

#[test]
fn a_transaction_must_be_good_for_two_ledgers_more() {
    let ledger = ledger_of(&["boss", "payee"]); // closed at 1000
    for (apart, now, last_good) in [(5, 1_000, 1_010), (1, 1_000, 1_002), (5, 1_007, 1_017)] {
        let ask = |max_time| {
            let mut queue = Queue::closing_every(apart);
            queue.submit(&ledger, until(&ledger, max_time), now)
        };
        assert!(is_too_late(&ask(last_good - 1)), "{apart} {now}");
        assert_eq!(ask(last_good), Submission::Pending, "{apart} {now}");
    }
}

#[test]
fn an_envelope_of_the_first_form_is_taken_in_todays() {
    let (mut ledger, mut queue) = (ledger_of(&["boss"]), Queue::default());
    let today = transaction("boss", 1, vec![pay("boss", 1)]);
    let TransactionEnvelope::Tx(signed) = signed(&ledger, &today, &["boss"]) else {
        panic!("a plain transaction")
    };
    let tx = TransactionV0 {
        source_account_ed25519: Uint256(key("boss").verifying_key().to_bytes()),
        fee: today.fee,
        seq_num: today.seq_num.clone(),
        time_bounds: None,
        memo: today.memo.clone(),
        operations: today.operations.clone(),
        ext: TransactionV0Ext::V0,
    };
    let old = TransactionEnvelope::TxV0(TransactionV0Envelope {
        tx,
        signatures: signed.signatures.clone(),
    });
    assert_eq!(
        queue.submit(&ledger, old.clone(), now(&ledger)),
        Submission::Pending
    );
    assert_eq!(
        queue.submit(&ledger, old, now(&ledger)),
        Submission::Duplicate
    );
    let waiting = queue.take_for_close(&ledger);
    let closed = ledger.close(now(&ledger) + 5, waiting);
    assert_eq!(
        closed.transactions[0].envelope,
        TransactionEnvelope::Tx(signed)
    );
}

#[test]
fn the_number_at_which_new_accounts_begin_waits_for_another_ledger() {
    let sequence = (12 << 32) - 1; // the next number is where accounts of ledger 12 begin
    let entry = account(id(&key("boss")), 1_000_000_000, sequence);
    let mut ledger = Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, vec![entry]);
    let mut queue = Queue::default();
    let tx = Transaction {
        seq_num: SequenceNumber(sequence + 1),
        ..transaction("boss", 1, vec![pay("boss", 1)])
    };
    let envelope = signed(&ledger, &tx, &["boss"]);
    ledger.close(1_005, vec![]); // 11
    assert_eq!(
        queue.submit(&ledger, envelope.clone(), now(&ledger)),
        Submission::Pending
    );
    let waiting = queue.take_for_close(&ledger);
    let closed = ledger.close(1_010, waiting); // 12
    queue.after_close(&closed);
    assert!(closed.transactions.is_empty());
    let told = queue.submit(&ledger, envelope, now(&ledger));
    assert_eq!(told, Submission::TryAgainLater, "banned");
    assert!(queue.is_empty(), "for ledger 12 it had become invalid");
}
