//! Addresses with a customer's id: the same account to every rule, another name only to who reads the events.

mod support;

use localnet::{Ledger, Queue, Submission};
use stellar_xdr::{
    AccountId, ContractEventBody, FeeBumpTransaction, FeeBumpTransactionEnvelope,
    FeeBumpTransactionExt, FeeBumpTransactionInnerTx, Memo, MuxedAccount, MuxedAccountMed25519,
    Operation, OperationBody, PaymentOp, ScAddress, ScVal, Transaction, TransactionEnvelope,
    TransactionMeta, TransactionResultResult as Answer, Uint256,
};
use support::build::*;
use support::network::{id, key};

fn customer(name: &str, number: u64) -> MuxedAccount {
    MuxedAccount::MuxedEd25519(MuxedAccountMed25519 {
        id: number,
        ed25519: Uint256(key(name).verifying_key().to_bytes()),
    })
}

/// From customer 1 of "boss", the operation from customer 2, to customer 3 of "payee".
fn between_customers(memo: Memo) -> Transaction {
    let OperationBody::Payment(payment) = pay("payee", 5) else {
        panic!("a payment")
    };
    let body = OperationBody::Payment(PaymentOp {
        destination: customer("payee", 3),
        ..payment
    });
    let source_account = Some(customer("boss", 2));
    Transaction {
        source_account: customer("boss", 1),
        memo,
        operations: vec![Operation {
            source_account,
            body,
        }]
        .try_into()
        .expect("one"),
        ..transaction("boss", 1, vec![pay("payee", 5)])
    }
}

fn account_in(topic: &ScVal) -> AccountId {
    match topic {
        ScVal::Address(ScAddress::Account(account)) => account.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn events_name_accounts_and_the_id_outranks_the_memo() {
    let mut ledger = ledger_of(&["boss", "payee"]);
    let tx = between_customers(Memo::Id(9));
    let envelope = signed(&ledger, &tx, &["boss"]);
    let applied = run(&mut ledger, envelope);
    assert!(matches!(applied.result.result, Answer::TxSuccess(_)));
    let TransactionMeta::V4(meta) = &applied.meta else {
        panic!("form 4")
    };
    let ContractEventBody::V0(transfer) = &meta.operations[0].events[0].body;
    let ContractEventBody::V0(fee) = &meta.events[0].event.body;
    let (boss, payee) = (id(&key("boss")), id(&key("payee")));
    let accounts: Vec<_> = transfer.topics[1..3].iter().map(account_in).collect();
    assert_eq!(accounts, [boss.clone(), payee]);
    assert_eq!(account_in(&fee.topics[1]), boss);
    let ScVal::Map(Some(data)) = &transfer.data else {
        panic!("with a customer")
    };
    assert_eq!(data[1].val, ScVal::U64(3));
}

#[test]
fn customers_of_one_account_share_its_place_in_the_queue() {
    let (ledger, mut queue) = (ledger_of(&["boss", "payee"]), Queue::default());
    let ask = |queue: &mut Queue, tx: &Transaction| {
        queue.submit(&ledger, signed(&ledger, tx, &["boss"]), now(&ledger))
    };
    let first = between_customers(Memo::None);
    assert_eq!(ask(&mut queue, &first), Submission::Pending);
    let other = Transaction {
        source_account: customer("boss", 7),
        ..first.clone()
    };
    assert_eq!(ask(&mut queue, &other), Submission::TryAgainLater);
    let plain = transaction("boss", 2, vec![pay("payee", 1)]);
    assert_eq!(ask(&mut queue, &plain), Submission::TryAgainLater);
    let old = transaction("boss", 0, vec![pay("payee", 1)]);
    let Submission::Error(told) = ask(&mut queue, &old) else {
        panic!("an older number")
    };
    assert_eq!((told.result, told.fee_charged), (Answer::TxBadSeq, 0));
}

#[test]
fn a_customer_may_pay_the_fee_of_a_bump() {
    let mut ledger = ledger_of(&["boss", "payee", "payer"]);
    let TransactionEnvelope::Tx(inner) = signed(&ledger, &between_customers(Memo::None), &["boss"])
    else {
        panic!("plain")
    };
    let tx = FeeBumpTransaction {
        fee_source: customer("payer", 4),
        fee: 200,
        inner_tx: FeeBumpTransactionInnerTx::Tx(inner),
        ext: FeeBumpTransactionExt::V0,
    };
    let hash = tx.hash(ledger.network_id().0).expect("hashes");
    let signatures = vec![signature(&key("payer"), &hash)];
    let envelope = TransactionEnvelope::TxFeeBump(FeeBumpTransactionEnvelope {
        tx,
        signatures: signatures.try_into().expect("one"),
    });
    let applied = run(&mut ledger, envelope);
    assert!(matches!(
        applied.result.result,
        Answer::TxFeeBumpInnerSuccess(_)
    ));
    let balance = |ledger: &Ledger, name: &str| {
        let key = stellar_xdr::LedgerKey::Account(stellar_xdr::LedgerKeyAccount {
            account_id: id(&key(name)),
        });
        match ledger.get(&key).map(|entry| &entry.data) {
            Some(stellar_xdr::LedgerEntryData::Account(account)) => account.balance,
            _ => panic!("{name} has no account"),
        }
    };
    assert_eq!(balance(&ledger, "payer"), 1_000_000_000 - 200);
    assert_eq!(balance(&ledger, "boss"), 1_000_000_000 - 5);
}
