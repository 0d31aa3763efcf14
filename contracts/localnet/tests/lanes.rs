//! Classic transactions and calls of contracts compete for room apart: each lane has its own price, its own queue and
//! its own promises of payers.

mod support;

use localnet::{mainnet_settings, ClosedLedger, Ledger, Queue, Settings, Submission};
use stellar_xdr::*;
use support::build::*;
use support::network::{account, id, key, settings, PASSPHRASE};

const NAMES: [&str; 7] = ["ann", "ben", "cleo", "dan", "eve", "fay", "gus"];
/// More than any of these calls costs; what is not used comes back.
const RESOURCES: u32 = 5_000_000;

/// Room for two classic operations and two calls a ledger.
fn narrow() -> Ledger {
    let entries = NAMES
        .iter()
        .map(|name| account(id(&key(name)), 1_000_000_000, 1 << 32))
        .collect();
    let narrow = Settings {
        max_tx_set_ops: 2,
        ..settings(PASSPHRASE)
    };
    let mut ledger = Ledger::load(narrow, 10, 1_000, 0, entries);
    ledger.settle(mainnet_settings());
    ledger.settle(vec![ConfigSettingEntry::ContractExecutionLanes(
        ConfigSettingContractExecutionLanesV0 {
            ledger_max_tx_count: 2,
        },
    )]);
    ledger
}

fn plain(ledger: &Ledger, name: &str, fee: u32) -> TransactionEnvelope {
    let tx = Transaction {
        fee,
        ..transaction(name, 1, vec![pay("ann", 1)])
    };
    signed(ledger, &tx, &[name])
}

/// A call that has nothing to do, at this bid for a place.
fn call(ledger: &Ledger, name: &str, bid: u32) -> TransactionEnvelope {
    let nothing = OperationBody::RestoreFootprint(RestoreFootprintOp {
        ext: ExtensionPoint::V0,
    });
    let tx = Transaction {
        fee: RESOURCES + bid,
        ext: TransactionExt::V1(SorobanTransactionData {
            ext: SorobanTransactionDataExt::V0,
            resources: SorobanResources {
                footprint: LedgerFootprint {
                    read_only: VecM::default(),
                    read_write: VecM::default(),
                },
                instructions: 0,
                disk_read_bytes: 0,
                write_bytes: 0,
            },
            resource_fee: RESOURCES.into(),
        }),
        ..transaction(name, 1, vec![nothing])
    };
    signed(ledger, &tx, &[name])
}

fn submit(queue: &mut Queue, ledger: &Ledger, envelope: TransactionEnvelope) -> Submission {
    queue.submit(ledger, envelope, now(ledger))
}

fn close(ledger: &mut Ledger, queue: &mut Queue) -> ClosedLedger {
    let waiting = queue.take_for_close(ledger);
    let closed = ledger.close(now(ledger) + 5, waiting);
    queue.after_close(&closed);
    closed
}

/// Of classic transactions, and of calls.
fn base_fees(closed: &ClosedLedger) -> (Option<i64>, Option<i64>) {
    let LedgerCloseMeta::V2(meta) = &closed.meta else {
        panic!("form 2")
    };
    let GeneralizedTransactionSet::V1(set) = &meta.tx_set;
    let [TransactionPhase::V0(classic), TransactionPhase::V1(calls)] = set.phases.as_slice() else {
        panic!("classic, then calls")
    };
    let classic = classic.first().and_then(|component| {
        let TxSetComponent::TxsetCompTxsMaybeDiscountedFee(part) = component;
        part.base_fee
    });
    (classic, calls.base_fee)
}

/// What each call paid for its place, in the order of application.
fn places(closed: &ClosedLedger) -> Vec<i64> {
    let place = |applied: &localnet::Applied| {
        let TransactionMeta::V4(meta) = &applied.meta else {
            panic!("form 4")
        };
        let SorobanTransactionMetaExt::V1(paid) = &meta.soroban_meta.as_ref()?.ext else {
            panic!("costs are told")
        };
        Some(
            applied.result.fee_charged
                - paid.total_non_refundable_resource_fee_charged
                - paid.total_refundable_resource_fee_charged,
        )
    };
    closed.transactions.iter().filter_map(place).collect()
}

#[test]
fn a_full_lane_of_calls_costs_what_the_lowest_of_them_bid_and_the_other_lane_its_least() {
    let (mut ledger, mut queue) = (narrow(), Queue::default());
    for (name, bid) in [("ann", 100), ("ben", 250), ("cleo", 900)] {
        let envelope = call(&ledger, name, bid);
        assert_eq!(submit(&mut queue, &ledger, envelope), Submission::Pending);
    }
    let envelope = plain(&ledger, "dan", 700);
    assert_eq!(submit(&mut queue, &ledger, envelope), Submission::Pending);
    let closed = close(&mut ledger, &mut queue);
    assert_eq!(base_fees(&closed), (Some(100), Some(250)));
    assert_eq!(
        closed.transactions[0].result.fee_charged, 100,
        "the payment"
    );
    assert_eq!(places(&closed), [250, 250]);
    let closed = close(&mut ledger, &mut queue);
    assert_eq!(base_fees(&closed), (None, Some(100)), "the third waited");
    assert_eq!(places(&closed), [100]);
}

#[test]
fn the_same_prices_hold_when_the_ledger_is_closed_again() {
    let (mut ledger, mut queue) = (narrow(), Queue::default());
    let mut again = ledger.clone();
    for (name, bid) in [("ann", 100), ("ben", 250), ("cleo", 900)] {
        let envelope = call(&ledger, name, bid);
        assert_eq!(submit(&mut queue, &ledger, envelope), Submission::Pending);
    }
    let closed = close(&mut ledger, &mut queue);
    let taken = closed.transactions.iter().map(|tx| tx.envelope.clone());
    let prices = localnet::BaseFees {
        classic: 100,
        contracts: 250,
    };
    let repeated = again.close_again(now(&ledger), prices, taken.collect());
    assert_eq!(repeated.header.hash, closed.header.hash);
}

#[test]
fn a_full_queue_of_calls_puts_out_its_own_worst_and_leaves_room_for_payments() {
    let (ledger, mut queue) = (narrow(), Queue::default());
    for (name, bid) in [("ann", 100), ("ben", 200), ("cleo", 200), ("dan", 200)] {
        let envelope = call(&ledger, name, bid);
        assert_eq!(submit(&mut queue, &ledger, envelope), Submission::Pending);
    }
    let low = call(&ledger, "eve", 100);
    let Submission::Error(result) = submit(&mut queue, &ledger, low.clone()) else {
        panic!("no room")
    };
    assert_eq!(
        (result.fee_charged, &result.result),
        (
            i64::from(RESOURCES) + 101,
            &TransactionResultResult::TxInsufficientFee
        )
    );
    assert_eq!(submit(&mut queue, &ledger, low), Submission::TryAgainLater);
    let better = call(&ledger, "eve", 150);
    assert_eq!(submit(&mut queue, &ledger, better), Submission::Pending);
    let banned = call(&ledger, "ann", 100);
    assert_eq!(
        submit(&mut queue, &ledger, banned),
        Submission::TryAgainLater
    );
    // Whoever comes after the first was put out must beat that one, room or no room.
    let Submission::Error(result) = submit(&mut queue, &ledger, call(&ledger, "fay", 90)) else {
        panic!("beaten before")
    };
    assert_eq!(result.fee_charged, i64::from(RESOURCES) + 101);
    let payment = plain(&ledger, "gus", 100);
    assert_eq!(submit(&mut queue, &ledger, payment), Submission::Pending);
}

#[test]
fn what_waits_in_one_lane_keeps_its_source_out_of_the_other() {
    let (ledger, mut queue) = (narrow(), Queue::default());
    let (payment, called) = (plain(&ledger, "ann", 100), call(&ledger, "ben", 100));
    assert_eq!(submit(&mut queue, &ledger, payment), Submission::Pending);
    assert_eq!(submit(&mut queue, &ledger, called), Submission::Pending);
    for envelope in [call(&ledger, "ann", 900), plain(&ledger, "ben", 900)] {
        let told = submit(&mut queue, &ledger, envelope);
        assert_eq!(told, Submission::TryAgainLater);
    }
    let bumped = bump(&ledger, &plain(&ledger, "ben", 900), "fay", 1_000_000);
    assert_eq!(
        submit(&mut queue, &ledger, bumped),
        Submission::TryAgainLater
    );
}

#[test]
fn promises_for_calls_never_put_out_payments() {
    let (mut ledger, mut queue) = (narrow(), Queue::default());
    let half = 600_000_000;
    let payment = bump(&ledger, &plain(&ledger, "ann", 100), "fay", half);
    let called = bump(&ledger, &call(&ledger, "ben", 100), "fay", half);
    assert_eq!(submit(&mut queue, &ledger, payment), Submission::Pending);
    assert_eq!(
        submit(&mut queue, &ledger, called),
        Submission::Pending,
        "the lanes count apart"
    );
    let closed = close(&mut ledger, &mut queue);
    let payers: Vec<_> = closed.transactions.iter().map(|tx| &tx.envelope).collect();
    assert_eq!(payers.len(), 1, "not both can be paid: {payers:?}");
    assert!(closed.transactions[0].inner_hash.is_some());
    assert_eq!(base_fees(&closed).1, None, "the call was left out");
}
