//! What happens between operations of one transaction, and between transactions of one ledger.

mod support;

use localnet::{ClosedLedger, Ledger};
use sha2::{Digest, Sha256};
use stellar_xdr::{
    AccountEntry, BumpSequenceOp, LedgerCloseMeta, LedgerEntryData, LedgerKey, LedgerKeyAccount,
    Limits, Memo, Operation, OperationBody, OperationResult, OperationResultTr, PaymentResult,
    SequenceNumber, Transaction, TransactionEnvelope, TransactionMeta,
    TransactionResultResult as Answer, WriteXdr,
};
use support::build::*;
use support::network::{id, key};

fn held(ledger: &Ledger, name: &str) -> AccountEntry {
    let key = LedgerKey::Account(LedgerKeyAccount {
        account_id: id(&key(name)),
    });
    match ledger.get(&key).map(|entry| &entry.data) {
        Some(LedgerEntryData::Account(account)) => account.clone(),
        _ => panic!("{name} has no account"),
    }
}

fn paid(result: PaymentResult) -> OperationResult {
    OperationResult::OpInner(OperationResultTr::Payment(result))
}

#[test]
fn every_operation_is_judged_and_none_takes_effect_when_one_fails() {
    let mut ledger = ledger_of(&["boss", "payee"]);
    let bodies = vec![
        pay("payee", 900_000_000),
        pay("nobody", 1),
        pay("payee", 900_000_000),
        pay("payee", 1),
    ];
    let tx = transaction("boss", 1, bodies);
    let envelope = signed(&ledger, &tx, &["boss"]);
    let applied = run(&mut ledger, envelope);
    let Answer::TxFailed(results) = &applied.result.result else {
        panic!("fails as a whole")
    };
    let wanted = [
        PaymentResult::Success,
        PaymentResult::NoDestination,
        PaymentResult::Underfunded, // the first one's money is gone while it is judged
        PaymentResult::Success,
    ];
    assert_eq!(results.to_vec(), wanted.map(paid));
    assert_eq!(applied.result.fee_charged, 400);
    let boss = held(&ledger, "boss");
    assert_eq!(
        (boss.balance, boss.seq_num.0),
        (1_000_000_000 - 400, tx.seq_num.0)
    );
    assert_eq!(held(&ledger, "payee").balance, 1_000_000_000);
    let TransactionMeta::V4(meta) = &applied.meta else {
        panic!("form 4")
    };
    assert!(meta.operations.is_empty() && meta.tx_changes_after.0.is_empty());
    assert_eq!(meta.events.len(), 1, "the fee is told all the same");
}

#[test]
fn an_operation_sees_what_those_before_it_did() {
    let mut ledger = ledger_of(&["boss", "heir"]);
    let create = OperationBody::CreateAccount(stellar_xdr::CreateAccountOp {
        destination: id(&key("boss")),
        starting_balance: 20_000_000,
    });
    let tx = Transaction {
        operations: vec![
            operation(Some("boss"), OperationBody::AccountMerge(address("heir"))),
            operation(None, create),
            operation(Some("boss"), pay("heir", 1)),
        ]
        .try_into()
        .expect("three"),
        fee: 300,
        ..transaction("heir", 1, vec![pay("boss", 1)])
    };
    let envelope = signed(&ledger, &tx, &["heir", "boss"]);
    let applied = run(&mut ledger, envelope);
    assert!(
        matches!(applied.result.result, Answer::TxSuccess(_)),
        "{:?}",
        applied.result
    );
    let boss = held(&ledger, "boss");
    assert_eq!(
        (boss.balance, boss.seq_num.0),
        (20_000_000 - 1, 11 << 32),
        "it began anew"
    );
}

fn full_hash(envelope: &TransactionEnvelope) -> [u8; 32] {
    Sha256::digest(envelope.to_xdr(Limits::none()).expect("encodes")).into()
}

fn set_hash(closed: &ClosedLedger) -> [u8; 32] {
    let LedgerCloseMeta::V2(meta) = &closed.meta else {
        panic!("form 2")
    };
    let digest: [u8; 32] =
        Sha256::digest(meta.tx_set.to_xdr(Limits::none()).expect("encodes")).into();
    assert_eq!(digest, closed.header.header.scp_value.tx_set_hash.0);
    digest
}

#[test]
fn a_ledger_runs_its_transactions_in_an_order_that_nobody_chose() {
    let names = ["ann", "ben", "cleo", "dan", "eve", "fay", "gus"];
    let mut ledger = ledger_of(&names);
    let sent: Vec<_> = names
        .iter()
        .map(|name| signed(&ledger, &transaction(name, 1, vec![pay("ann", 1)]), &[name]))
        .collect();
    let closed = ledger.close(1_005, sent.clone());
    let set_hash = set_hash(&closed);
    let mut wanted = sent;
    wanted.sort_by_key(|envelope| {
        let hash = full_hash(envelope);
        std::array::from_fn::<u8, 32, _>(|i| hash[i] ^ set_hash[i])
    });
    let ran: Vec<_> = closed
        .transactions
        .iter()
        .map(|applied| applied.envelope.clone())
        .collect();
    assert_eq!(ran, wanted);
    let orders: Vec<_> = closed
        .transactions
        .iter()
        .map(|applied| applied.application_order)
        .collect();
    assert_eq!(orders, (1..=7).collect::<Vec<_>>());
}

/// The two of a ledger in which the stranger's transaction, which moves the boss's number, runs before the boss's own.
fn moved_first() -> (Ledger, ClosedLedger) {
    let number = (1 << 32) + 7;
    let bump = OperationBody::BumpSequence(BumpSequenceOp {
        bump_to: SequenceNumber(number),
    });
    (0..100)
        .find_map(|memo| {
            let mut ledger = ledger_of(&["boss", "stranger"]);
            let moves = Transaction {
                operations: vec![operation(Some("boss"), bump.clone())]
                    .try_into()
                    .expect("one"),
                ..transaction("stranger", 1, vec![pay("boss", 1)])
            };
            let own = Transaction {
                memo: Memo::Id(memo),
                ..transaction("boss", 1, vec![pay("stranger", 1)])
            };
            let sent = vec![
                signed(&ledger, &own, &["boss"]),
                signed(&ledger, &moves, &["stranger", "boss"]),
            ];
            let closed = ledger.close(1_005, sent.clone());
            (closed.transactions[0].envelope == sent[1]).then_some((ledger, closed))
        })
        .expect("one of the hundred runs in this order")
}

#[test]
fn what_became_invalid_on_its_way_costs_its_fee_and_nothing_more() {
    let (ledger, closed) = moved_first();
    let late = &closed.transactions[1];
    assert_eq!(
        (&late.result.result, late.result.fee_charged),
        (&Answer::TxBadSeq, 100)
    );
    let boss = held(&ledger, "boss");
    assert_eq!(
        (boss.seq_num.0, boss.balance),
        ((1 << 32) + 7, 1_000_000_000 - 100)
    );
    let TransactionMeta::V4(meta) = &late.meta else {
        panic!("form 4")
    };
    assert!(meta.tx_changes_before.0.is_empty() && meta.operations.is_empty());
}

#[test]
fn one_transaction_of_a_source_and_only_valid_ones_get_into_a_ledger() {
    let mut ledger = ledger_of(&["boss", "payee"]);
    let first = signed(
        &ledger,
        &transaction("boss", 1, vec![pay("payee", 1)]),
        &["boss"],
    );
    let second = signed(
        &ledger,
        &transaction("boss", 2, vec![pay("payee", 1)]),
        &["boss"],
    );
    let unsigned = with_signatures(&transaction("payee", 1, vec![pay("boss", 1)]), vec![]);
    let closed = ledger.close(1_005, vec![second, unsigned, first.clone()]);
    let ran: Vec<_> = closed
        .transactions
        .iter()
        .map(|applied| &applied.envelope)
        .collect();
    assert_eq!(ran, [&first]);
}

/// An agreed transaction with operations of others: their agreement ends with it too.
#[test]
fn agreements_end_on_every_account_that_sends() {
    let mut ledger = ledger_of(&["boss", "partner", "payee"]);
    let later = Transaction {
        operations: vec![
            Operation {
                source_account: None,
                body: pay("payee", 1),
            },
            operation(Some("partner"), pay("payee", 1)),
        ]
        .try_into()
        .expect("two"),
        fee: 200,
        ..transaction("boss", 2, vec![pay("payee", 1)])
    };
    let agreed = stellar_xdr::SignerKey::PreAuthTx(stellar_xdr::Uint256(hash(&ledger, &later).0));
    for name in ["boss", "partner"] {
        let tx = transaction(name, 1, vec![add_signer(agreed.clone(), 1)]);
        let envelope = signed(&ledger, &tx, &[name]);
        run(&mut ledger, envelope);
        assert_eq!(held(&ledger, name).num_sub_entries, 1);
    }
    let applied = run(&mut ledger, with_signatures(&later, vec![]));
    assert!(
        matches!(applied.result.result, Answer::TxSuccess(_)),
        "{:?}",
        applied.result
    );
    for name in ["boss", "partner"] {
        let account = held(&ledger, name);
        assert_eq!(
            (account.num_sub_entries, account.signers.len()),
            (0, 0),
            "{name}"
        );
    }
}
