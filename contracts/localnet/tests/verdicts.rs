//! Which answer wins when several are true, and what checking signatures may cost.

mod support;

use localnet::Ledger;
use stellar_xdr::{
    Duration, LedgerBounds, OperationBody, OperationResult, Preconditions, PreconditionsV2,
    SequenceNumber, SetOptionsOp, Signature, SignatureHint, SignerKey, TimeBounds, TimePoint,
    Transaction, TransactionResult, TransactionResultResult as Answer, Uint256,
};
use support::build::*;
use support::network::{account, id, key, settings, PASSPHRASE};

/// Everything that can be wrong with a transaction, wrong at once; the fee is the account's whole balance and more.
struct Ills {
    tx: Transaction,
    signers: Vec<&'static str>,
}

impl Ills {
    fn all() -> Ills {
        let extra = SignerKey::HashX(Uint256([1; 32]));
        let conditions = PreconditionsV2 {
            time_bounds: Some(TimeBounds {
                min_time: TimePoint(5_000),
                max_time: TimePoint(1),
            }),
            ledger_bounds: Some(LedgerBounds {
                min_ledger: 900,
                max_ledger: 5,
            }),
            min_seq_age: Duration(u64::MAX),
            extra_signers: vec![extra.clone(), extra].try_into().expect("two"),
            ..no_conditions()
        };
        let tx = Transaction {
            fee: 0,
            cond: Preconditions::V2(conditions),
            ..transaction("nobody", 7, vec![])
        };
        Ills {
            tx,
            signers: vec!["payee"],
        }
    }

    fn conditions(&mut self) -> &mut PreconditionsV2 {
        match &mut self.tx.cond {
            Preconditions::V2(conditions) => conditions,
            _ => panic!("made with conditions"),
        }
    }

    fn answer(&self, ledger: &Ledger) -> TransactionResult {
        ledger.validate(&signed(ledger, &self.tx, &self.signers), now(ledger))
    }
}

#[test]
fn one_ill_after_the_other_comes_to_light() {
    let poor = account(id(&key("boss")), 10_000_099, 1 << 32); // its reserve, and 99 more
    let payee = account(id(&key("payee")), 1_000_000_000, 1 << 32);
    let mut ledger = Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, vec![poor, payee]);
    type Cure = fn(&mut Ills);
    let course: [(Answer, Cure); 12] = [
        (Answer::TxMalformed, |ill| {
            ill.conditions().extra_signers = Default::default()
        }),
        (Answer::TxMissingOperation, |ill| {
            ill.tx.operations = vec![operation(None, pay("payee", 1))]
                .try_into()
                .expect("one")
        }),
        (Answer::TxTooEarly, |ill| {
            ill.conditions().time_bounds.as_mut().expect("set").min_time = TimePoint(0)
        }),
        (Answer::TxTooEarly, |ill| {
            ill.conditions()
                .ledger_bounds
                .as_mut()
                .expect("set")
                .min_ledger = 0
        }),
        (Answer::TxTooLate, |ill| {
            ill.conditions().time_bounds.as_mut().expect("set").max_time = TimePoint(0)
        }),
        (Answer::TxTooLate, |ill| {
            ill.conditions().ledger_bounds = None
        }),
        (Answer::TxInsufficientFee, |ill| ill.tx.fee = 100),
        (Answer::TxNoAccount, |ill| {
            ill.tx.source_account = address("boss")
        }),
        (Answer::TxBadSeq, |ill| {
            ill.tx.seq_num = SequenceNumber((1 << 32) + 1)
        }),
        (Answer::TxBadMinSeqAgeOrGap, |ill| {
            ill.conditions().min_seq_age = Duration(0)
        }),
        (Answer::TxBadAuth, |ill| ill.signers = vec!["boss", "payee"]),
        (Answer::TxInsufficientBalance, |_| {}),
    ];
    let mut ill = Ills::all();
    for (wanted, cure) in course {
        let told = ill.answer(&ledger);
        assert_eq!((told.result, told.fee_charged), (wanted, 100));
        cure(&mut ill);
    }
    let gift = transaction("payee", 1, vec![pay("boss", 1)]);
    let gift = signed(&ledger, &gift, &["payee"]);
    run(&mut ledger, gift);
    assert_eq!(ill.answer(&ledger).result, Answer::TxBadAuthExtra);
    ill.signers = vec!["boss"];
    assert!(matches!(ill.answer(&ledger).result, Answer::TxSuccess(_)));
}

#[test]
fn what_fails_first_is_all_that_is_told_before_a_ledger() {
    let ledger = ledger_of(&["boss", "payee"]);
    let bodies = vec![pay("payee", 1), pay("payee", 0), pay("payee", -1)];
    let tx = transaction("boss", 1, bodies);
    let told = ledger.validate(&signed(&ledger, &tx, &["boss", "payee"]), now(&ledger));
    let Answer::TxFailed(results) = &told.result else {
        panic!("{told:?}")
    };
    let names: Vec<_> = results.iter().map(named).collect();
    assert_eq!(names, ["Success", "Malformed", "Success"]);
    assert_eq!(told.fee_charged, 300);
}

fn named(result: &OperationResult) -> &'static str {
    match result {
        OperationResult::OpInner(stellar_xdr::OperationResultTr::Payment(payment)) => {
            payment.name()
        }
        other => other.name(),
    }
}

/// Nineteen false signatures of this many bytes, each with the hint of "boss", before its good one.
fn crowded(ledger: &Ledger, operations: usize, size: usize) -> TransactionResult {
    let bodies = (0..operations).map(|_| pay("payee", 1)).collect();
    let tx = transaction("boss", 1, bodies);
    let good = signature(&key("boss"), &hash(ledger, &tx).0);
    let mut list = vec![good.clone(); 20];
    for (place, bad) in list[..19].iter_mut().enumerate() {
        bad.signature = Signature(vec![place as u8; size].try_into().expect("short"));
    }
    ledger.validate(&with_signatures(&tx, list), now(ledger))
}

#[test]
fn checks_of_signatures_come_to_an_end() {
    let ledger = ledger_of(&["boss", "payee"]);
    // Twenty checks for the transaction, twenty for each operation: a thousand are enough for forty-nine of them.
    assert_eq!(crowded(&ledger, 49, 64).result, Answer::TxBadAuthExtra);
    let told = crowded(&ledger, 50, 64).result;
    let Answer::TxFailed(results) = &told else {
        panic!("{told:?}")
    };
    assert_eq!(results[49], OperationResult::OpBadAuth);
    // What cannot be a signature is not checked.
    assert_eq!(crowded(&ledger, 100, 63).result, Answer::TxBadAuthExtra);
}

#[test]
fn who_may_sign_is_settled_before_the_first_operation() {
    let mut ledger = ledger_of(&["boss", "payee"]);
    let closing = SetOptionsOp {
        master_weight: Some(0),
        high_threshold: Some(9),
        ..no_options()
    };
    let bodies = vec![OperationBody::SetOptions(closing), pay("payee", 1)];
    let envelope = signed(&ledger, &transaction("boss", 1, bodies), &["boss"]);
    let answer = run(&mut ledger, envelope).result.result;
    assert!(matches!(answer, Answer::TxSuccess(_)), "{answer:?}");
    let tx = transaction("boss", 2, vec![pay("payee", 1)]);
    let told = ledger.validate(&signed(&ledger, &tx, &["boss"]), now(&ledger));
    assert_eq!(told.result, Answer::TxBadAuth, "its key has no weight now");
}

#[test]
fn a_hint_alone_is_no_signature() {
    let ledger = ledger_of(&["boss", "payee"]);
    let tx = transaction("boss", 1, vec![pay("payee", 1)]);
    let mut wrong = signature(&key("boss"), &hash(&ledger, &tx).0);
    wrong.hint = SignatureHint([0; 4]);
    let told = ledger.validate(&with_signatures(&tx, vec![wrong]), now(&ledger));
    assert_eq!(told.result, Answer::TxBadAuth, "nor a signature without it");
}
