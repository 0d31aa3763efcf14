//! Rules that no recorded scenario of ours shows: who may sign, and when a transaction may run.

mod support;

use localnet::Ledger;
use stellar_xdr::{
    AccountEntry, BumpSequenceOp, Duration, InflationResult, LedgerBounds, LedgerEntryData,
    LedgerKey, LedgerKeyAccount, OperationBody, OperationResult, OperationResultTr, Preconditions,
    PreconditionsV2, SequenceNumber, SetOptionsOp, SignatureHint, SignerKey,
    SignerKeyEd25519SignedPayload, TimeBounds, TimePoint, Transaction, TransactionEnvelope,
    TransactionMeta, TransactionResultResult as Answer, TransactionV0, TransactionV0Envelope,
    TransactionV0Ext, Uint256,
};
use support::build::*;
use support::network::{id, key};

fn account(ledger: &Ledger, name: &str) -> AccountEntry {
    let key = LedgerKey::Account(LedgerKeyAccount {
        account_id: id(&key(name)),
    });
    match ledger.get(&key).map(|entry| &entry.data) {
        Some(LedgerEntryData::Account(account)) => account.clone(),
        _ => panic!("{name} has no account"),
    }
}

fn answer(ledger: &Ledger, envelope: &TransactionEnvelope) -> Answer {
    ledger.validate(envelope, now(ledger)).result
}

fn is_fine(answer: &Answer) -> bool {
    matches!(
        answer,
        Answer::TxSuccess(_) | Answer::TxFeeBumpInnerSuccess(_)
    )
}

fn is_bad_auth_of_operation(answer: &Answer) -> bool {
    matches!(answer, Answer::TxFailed(results) if results[0] == OperationResult::OpBadAuth)
}

/// "boss" with a second signer; medium operations need both.
fn shared_account() -> Ledger {
    let mut ledger = ledger_of(&["boss", "payee", "other"]);
    let thresholds = SetOptionsOp {
        low_threshold: Some(1),
        med_threshold: Some(2),
        high_threshold: Some(2),
        ..no_options()
    };
    let bodies = vec![
        add_signer(signer_key("partner"), 1),
        OperationBody::SetOptions(thresholds),
    ];
    let tx = transaction("boss", 1, bodies);
    let envelope = signed(&ledger, &tx, &["boss"]);
    assert!(is_fine(&run(&mut ledger, envelope).result.result));
    ledger
}

#[test]
fn weights_must_reach_the_threshold() {
    let mut ledger = shared_account();
    let tx = transaction("boss", 2, vec![pay("payee", 1)]);
    assert!(is_bad_auth_of_operation(&answer(
        &ledger,
        &signed(&ledger, &tx, &["boss"])
    )));
    assert_eq!(
        answer(&ledger, &signed(&ledger, &tx, &["payee"])),
        Answer::TxBadAuth
    );
    assert_eq!(
        answer(
            &ledger,
            &signed(&ledger, &tx, &["boss", "partner", "other"])
        ),
        Answer::TxBadAuthExtra
    );
    assert_eq!(
        answer(
            &ledger,
            &signed(&ledger, &tx, &["boss", "partner", "partner"])
        ),
        Answer::TxBadAuthExtra
    );
    let envelope = signed(&ledger, &tx, &["partner", "boss"]);
    assert!(is_fine(&run(&mut ledger, envelope).result.result));
}

#[test]
fn a_low_operation_needs_less() {
    let mut ledger = shared_account();
    let bump_sequence = OperationBody::BumpSequence(BumpSequenceOp {
        bump_to: SequenceNumber(0),
    });
    let envelope = signed(
        &ledger,
        &transaction("boss", 2, vec![bump_sequence]),
        &["partner"],
    );
    assert!(is_fine(&run(&mut ledger, envelope).result.result));
}

#[test]
fn a_secret_opens_by_its_hash() {
    let mut ledger = ledger_of(&["boss", "payee"]);
    let secret = b"a secret of any length up to 64 bytes";
    let hash: [u8; 32] = sha2::Digest::finalize(sha2::Digest::chain_update(
        <sha2::Sha256 as sha2::Digest>::new(),
        secret,
    ))
    .into();
    let tx = transaction(
        "boss",
        1,
        vec![add_signer(SignerKey::HashX(Uint256(hash)), 1)],
    );
    let envelope = signed(&ledger, &tx, &["boss"]);
    run(&mut ledger, envelope);
    let mut shown = signature(&key("boss"), b"");
    shown.hint = SignatureHint([hash[28], hash[29], hash[30], hash[31]]);
    shown.signature = stellar_xdr::Signature(secret.to_vec().try_into().expect("short"));
    let envelope = with_signatures(&transaction("boss", 2, vec![pay("payee", 1)]), vec![shown]);
    assert!(is_fine(&run(&mut ledger, envelope).result.result));
}

#[test]
fn a_signed_payload_counts_for_its_signer() {
    let mut ledger = ledger_of(&["boss", "payee"]);
    let payload = b"agreed".to_vec();
    let payload_signer = SignerKey::Ed25519SignedPayload(SignerKeyEd25519SignedPayload {
        ed25519: Uint256(key("partner").verifying_key().to_bytes()),
        payload: payload.clone().try_into().expect("short"),
    });
    let envelope = signed(
        &ledger,
        &transaction("boss", 1, vec![add_signer(payload_signer, 1)]),
        &["boss"],
    );
    run(&mut ledger, envelope);
    let mut given = signature(&key("partner"), &payload);
    for (hint, byte) in given.hint.0.iter_mut().zip(b"reed") {
        *hint ^= byte;
    }
    let envelope = with_signatures(&transaction("boss", 2, vec![pay("payee", 1)]), vec![given]);
    assert!(is_fine(&run(&mut ledger, envelope).result.result));
}

#[test]
fn an_agreed_transaction_runs_unsigned_and_its_signer_goes_even_when_it_fails() {
    let mut ledger = ledger_of(&["boss", "payee"]);
    let later = transaction("boss", 2, vec![pay("nobody", 1)]);
    let agreed = SignerKey::PreAuthTx(Uint256(hash(&ledger, &later).0));
    let envelope = signed(
        &ledger,
        &transaction("boss", 1, vec![add_signer(agreed, 1)]),
        &["boss"],
    );
    run(&mut ledger, envelope);
    assert_eq!(account(&ledger, "boss").num_sub_entries, 1);
    let applied = run(&mut ledger, with_signatures(&later, vec![]));
    assert!(matches!(applied.result.result, Answer::TxFailed(_)));
    let boss = account(&ledger, "boss");
    assert_eq!((boss.num_sub_entries, boss.signers.len()), (0, 0));
    let TransactionMeta::V4(meta) = applied.meta else {
        panic!("form 4")
    };
    assert_eq!(meta.tx_changes_before.0.len(), 2);
}

fn conditioned(source: &str, count: i64, conditions: PreconditionsV2) -> Transaction {
    Transaction {
        cond: Preconditions::V2(conditions),
        ..transaction(source, count, vec![pay("payee", 1)])
    }
}

#[test]
fn extra_signers_must_all_sign() {
    let ledger = ledger_of(&["boss", "payee"]);
    let extra = vec![signer_key("partner"), signer_key("other")]
        .try_into()
        .expect("two");
    let tx = conditioned(
        "boss",
        1,
        PreconditionsV2 {
            extra_signers: extra,
            ..no_conditions()
        },
    );
    assert_eq!(
        answer(&ledger, &signed(&ledger, &tx, &["boss", "partner"])),
        Answer::TxBadAuth
    );
    assert!(is_fine(&answer(
        &ledger,
        &signed(&ledger, &tx, &["boss", "partner", "other"])
    )));
    let twice = vec![signer_key("partner"), signer_key("partner")]
        .try_into()
        .expect("two");
    let tx = conditioned(
        "boss",
        1,
        PreconditionsV2 {
            extra_signers: twice,
            ..no_conditions()
        },
    );
    assert_eq!(
        answer(&ledger, &signed(&ledger, &tx, &["boss", "partner"])),
        Answer::TxMalformed
    );
}

#[test]
fn times_and_ledgers_bound_a_transaction() {
    let ledger = ledger_of(&["boss", "payee"]);
    let ask = |conditions| {
        answer(
            &ledger,
            &signed(&ledger, &conditioned("boss", 1, conditions), &["boss"]),
        )
    };
    let times = |min, max| PreconditionsV2 {
        time_bounds: Some(TimeBounds {
            min_time: TimePoint(min),
            max_time: TimePoint(max),
        }),
        ..no_conditions()
    };
    assert_eq!(ask(times(1_001, 0)), Answer::TxTooEarly);
    assert_eq!(ask(times(0, 999)), Answer::TxTooLate, "the end is included");
    assert!(is_fine(&ask(times(1_000, 1_000))));
    let ledgers = |min_ledger, max_ledger| PreconditionsV2 {
        ledger_bounds: Some(LedgerBounds {
            min_ledger,
            max_ledger,
        }),
        ..no_conditions()
    };
    assert_eq!(ask(ledgers(12, 0)), Answer::TxTooEarly);
    assert_eq!(
        ask(ledgers(0, 11)),
        Answer::TxTooLate,
        "the end is not included"
    );
    assert!(is_fine(&ask(ledgers(11, 12))));
}

#[test]
fn sequence_numbers_may_be_loosened_and_aged() {
    let mut ledger = ledger_of(&["boss", "payee"]);
    let least = |least: i64| PreconditionsV2 {
        min_seq_num: Some(SequenceNumber((1 << 32) + least)),
        ..no_conditions()
    };
    let ask = |ledger: &Ledger, count, conditions| {
        answer(
            ledger,
            &signed(ledger, &conditioned("boss", count, conditions), &["boss"]),
        )
    };
    assert_eq!(ask(&ledger, 5, no_conditions()), Answer::TxBadSeq);
    assert_eq!(ask(&ledger, 5, least(1)), Answer::TxBadSeq);
    assert!(is_fine(&ask(&ledger, 5, least(0))));
    let envelope = signed(&ledger, &conditioned("boss", 5, least(0)), &["boss"]);
    run(&mut ledger, envelope); // ledger 11, closed at 1005
    let aged = PreconditionsV2 {
        min_seq_age: Duration(1),
        ..no_conditions()
    };
    assert_eq!(ask(&ledger, 6, aged.clone()), Answer::TxBadMinSeqAgeOrGap);
    let apart = PreconditionsV2 {
        min_seq_ledger_gap: 2,
        ..no_conditions()
    };
    assert_eq!(ask(&ledger, 6, apart.clone()), Answer::TxBadMinSeqAgeOrGap);
    ledger.close(1_006, vec![]);
    assert!(is_fine(&ask(&ledger, 6, aged)));
    assert!(is_fine(&ask(&ledger, 6, apart)));
}

#[test]
fn an_account_that_is_gone_sends_nothing_more() {
    let mut ledger = ledger_of(&["boss", "heir", "payee"]);
    let bodies = vec![
        OperationBody::AccountMerge(address("heir")),
        pay("payee", 1),
    ];
    let envelope = signed(&ledger, &transaction("boss", 1, bodies), &["boss"]);
    let applied = run(&mut ledger, envelope);
    let Answer::TxFailed(results) = applied.result.result else {
        panic!("fails as a whole")
    };
    assert_eq!(results[1], OperationResult::OpNoAccount);
    assert!(matches!(
        &results[0],
        OperationResult::OpInner(OperationResultTr::AccountMerge(_))
    ));
    assert_eq!(
        account(&ledger, "boss").balance,
        1_000_000_000 - 200,
        "nothing but the fee is gone"
    );
}

#[test]
fn what_comes_later_is_not_supported_yet() {
    let ledger = ledger_of(&["boss"]);
    let inflation = signed(
        &ledger,
        &transaction("boss", 1, vec![OperationBody::Inflation, pay("boss", 1)]),
        &["boss"],
    );
    let Answer::TxFailed(results) = answer(&ledger, &inflation) else {
        panic!("fails")
    };
    assert_eq!(results[0], OperationResult::OpNotSupported);
    let untouched = OperationResultTr::Payment(stellar_xdr::PaymentResult::Success);
    assert_eq!(results[1], OperationResult::OpInner(untouched));
    assert_ne!(
        results[0],
        OperationResult::OpInner(OperationResultTr::Inflation(InflationResult::NotTime))
    );
}

#[test]
fn the_first_form_of_envelopes_is_refused() {
    let ledger = ledger_of(&["boss"]);
    let tx = TransactionV0 {
        source_account_ed25519: Uint256(key("boss").verifying_key().to_bytes()),
        fee: 100,
        seq_num: SequenceNumber((1 << 32) + 1),
        time_bounds: None,
        memo: stellar_xdr::Memo::None,
        operations: vec![operation(None, pay("boss", 1))]
            .try_into()
            .expect("one"),
        ext: TransactionV0Ext::V0,
    };
    let envelope = TransactionEnvelope::TxV0(TransactionV0Envelope {
        tx,
        signatures: Default::default(),
    });
    assert_eq!(answer(&ledger, &envelope), Answer::TxNotSupported);
}
