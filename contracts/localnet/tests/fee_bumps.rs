//! Fee bumps: whose rules come first, the envelope's that pays or those of the transaction inside.

mod support;

use localnet::Ledger;
use stellar_xdr::{
    AccountEntry, InnerTransactionResultResult as Inner, LedgerEntryChange, LedgerEntryData,
    LedgerKey, LedgerKeyAccount, OperationResult, SignerKey, Transaction, TransactionEnvelope,
    TransactionMeta, TransactionResult, TransactionResultResult as Answer, Uint256, VecM,
};
use support::build::*;
use support::network::{account, id, key, settings, PASSPHRASE};

fn told(ledger: &Ledger, envelope: &TransactionEnvelope) -> TransactionResult {
    ledger.validate(envelope, now(ledger))
}

/// One payment of "boss", signed, inside a bump that "payer" signs.
fn bumped(ledger: &Ledger, inner_fee: u32, fee: i64) -> TransactionEnvelope {
    let tx = Transaction {
        fee: inner_fee,
        ..transaction("boss", 1, vec![pay("payee", 1)])
    };
    bump(ledger, &signed(ledger, &tx, &["boss"]), "payer", fee)
}

fn outer_signatures(
    envelope: TransactionEnvelope,
    change: impl FnOnce(&mut Vec<stellar_xdr::DecoratedSignature>),
) -> TransactionEnvelope {
    let TransactionEnvelope::TxFeeBump(mut envelope) = envelope else {
        panic!("a fee bump")
    };
    let mut signatures = envelope.signatures.to_vec();
    change(&mut signatures);
    envelope.signatures = signatures.try_into().expect("few");
    TransactionEnvelope::TxFeeBump(envelope)
}

fn inner(result: &TransactionResult) -> (i64, &Inner) {
    match &result.result {
        Answer::TxFeeBumpInnerFailed(pair) | Answer::TxFeeBumpInnerSuccess(pair) => {
            (pair.result.fee_charged, &pair.result.result)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_bump_offers_the_least_fee_and_no_less_than_the_bid_inside() {
    let ledger = ledger_of(&["boss", "payee", "payer"]);
    let ask = |inner_fee, fee| {
        let result = told(&ledger, &bumped(&ledger, inner_fee, fee));
        (result.fee_charged, result.result.name())
    };
    assert_eq!(ask(100, 199), (200, "TxInsufficientFee"));
    assert_eq!(ask(100, 200), (200, "TxFeeBumpInnerSuccess"));
    assert_eq!(ask(0, 200), (200, "TxFeeBumpInnerSuccess")); // its own bid may be nothing
    assert_eq!(ask(501, 1_001), (1_002, "TxInsufficientFee"));
    assert_eq!(ask(501, 1_002), (200, "TxFeeBumpInnerSuccess"));
    assert_eq!(ask(100, -1), (0, "TxMalformed"));
}

#[test]
fn the_payer_is_judged_before_what_is_inside() {
    let poor = account(id(&key("payer")), 10_000_199, 1 << 32); // its reserve, and 199 more
    let boss = account(id(&key("boss")), 1_000_000_000, 1 << 32);
    let ledger = Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, vec![poor, boss]);
    let inner = with_signatures(&transaction("boss", 9, vec![pay("payee", 1)]), vec![]);
    let outer = bump(&ledger, &inner, "payer", 200);
    assert_eq!(told(&ledger, &outer).result, Answer::TxInsufficientBalance);
    let unsigned = outer_signatures(outer.clone(), Vec::clear);
    assert_eq!(told(&ledger, &unsigned).result, Answer::TxBadAuth);
    let nobody = bump(&ledger, &inner, "nobody", 200);
    assert_eq!(told(&ledger, &nobody).result, Answer::TxNoAccount);
    let twice = outer_signatures(bump(&ledger, &inner, "boss", 200), |list| {
        list.push(list[0].clone())
    });
    assert_eq!(told(&ledger, &twice).result, Answer::TxBadAuthExtra);
}

#[test]
fn what_is_inside_answers_inside_and_is_charged_nothing() {
    let ledger = ledger_of(&["boss", "payee", "payer"]);
    let ask = |tx: &Transaction, names: &[&str]| {
        let result = told(
            &ledger,
            &bump(&ledger, &signed(&ledger, tx, names), "payer", 900),
        );
        let (charged, inner) = inner(&result);
        assert_eq!(charged, 0);
        (result.fee_charged, inner.clone())
    };
    let tx = transaction("boss", 2, vec![pay("payee", 1)]);
    assert_eq!(ask(&tx, &["boss"]), (200, Inner::TxBadSeq));
    let tx = transaction("boss", 1, vec![pay("payee", 1)]);
    assert_eq!(ask(&tx, &[]), (200, Inner::TxBadAuth));
    assert_eq!(
        ask(&tx, &["boss", "payer"]),
        (200, Inner::TxBadAuthExtra),
        "the payer signs outside only"
    );
    let tx = transaction("nobody", 1, vec![pay("payee", 1)]);
    assert_eq!(ask(&tx, &["nobody"]), (200, Inner::TxNoAccount));
    let tx = transaction("boss", 1, vec![]);
    assert_eq!(ask(&tx, &["boss"]), (100, Inner::TxMissingOperation));
    let tx = Transaction {
        operations: VecM::try_from(vec![operation(Some("payee"), pay("boss", 1))]).expect("one"),
        ..transaction("boss", 1, vec![pay("payee", 1)])
    };
    let (_, Inner::TxFailed(results)) = ask(&tx, &["boss"]) else {
        panic!("an operation fails")
    };
    assert_eq!(results.to_vec(), [OperationResult::OpBadAuth]);
}

#[test]
fn a_source_without_a_stroop_to_spare_is_paid_for() {
    let poor = account(id(&key("boss")), 10_000_000, 1 << 32);
    let payer = account(id(&key("payer")), 1_000_000_000, 1 << 32);
    let mut ledger = Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, vec![poor, payer]);
    let tx = transaction("boss", 1, vec![pay("boss", 1)]);
    let plain = signed(&ledger, &tx, &["boss"]);
    assert_eq!(told(&ledger, &plain).result, Answer::TxInsufficientBalance);
    let paid_for = bump(&ledger, &plain, "payer", 900);
    let applied = run(&mut ledger, paid_for);
    assert_eq!(
        applied.result.fee_charged, 200,
        "the least, whatever was bid"
    );
    assert!(matches!(inner(&applied.result), (0, Inner::TxSuccess(_))));
}

#[test]
fn a_payer_may_have_agreed_to_the_bump_before() {
    let mut ledger = ledger_of(&["boss", "payee", "payer"]);
    let envelope = outer_signatures(bumped(&ledger, 100, 200), Vec::clear);
    let hash = envelope.hash(ledger.network_id().0).expect("hashes");
    let agreed = SignerKey::PreAuthTx(Uint256(hash));
    let tx = transaction("payer", 1, vec![add_signer(agreed, 1)]);
    let setting = signed(&ledger, &tx, &["payer"]);
    run(&mut ledger, setting);
    let applied = run(&mut ledger, envelope);
    assert!(matches!(
        applied.result.result,
        Answer::TxFeeBumpInnerSuccess(_)
    ));
    let TransactionMeta::V4(meta) = &applied.meta else {
        panic!("form 4")
    };
    let told: Vec<_> = meta.tx_changes_before.iter().map(shown).collect();
    let (boss, payer) = (id(&key("boss")), id(&key("payer")));
    let wanted = [
        (false, payer.clone(), 1),
        (true, payer.clone(), 0),
        (false, boss.clone(), 0),
        (true, boss, 0),
    ];
    assert_eq!(told, wanted, "first the payer's, then the source's");
    let key = LedgerKey::Account(LedgerKeyAccount { account_id: payer });
    let held = ledger.get(&key).map(|entry| entry.data.clone());
    assert!(matches!(held, Some(LedgerEntryData::Account(held)) if held.num_sub_entries == 0));
}

/// Whether it is an after-image, whose, and how many signers it has.
fn shown(change: &LedgerEntryChange) -> (bool, stellar_xdr::AccountId, usize) {
    let (after, entry) = match change {
        LedgerEntryChange::State(entry) => (false, entry),
        LedgerEntryChange::Updated(entry) => (true, entry),
        other => panic!("{other:?}"),
    };
    let LedgerEntryData::Account(AccountEntry {
        account_id,
        signers,
        ..
    }) = &entry.data
    else {
        panic!("an account")
    };
    (after, account_id.clone(), signers.len())
}
