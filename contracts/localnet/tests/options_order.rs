//! setOptions with everything wrong at once: which answer wins, before a ledger and in one.

mod support;

use localnet::Ledger;
use stellar_xdr::{
    OperationBody, OperationResult, OperationResultTr, SetOptionsOp, SetOptionsResult, Signer,
    SignerKey, String32, TransactionResultResult as Answer, Uint256,
};
use support::build::*;
use support::network::{id, key};

fn result_of(answer: Answer) -> SetOptionsResult {
    let (Answer::TxSuccess(results) | Answer::TxFailed(results)) = answer else {
        panic!("{answer:?}")
    };
    match &results[0] {
        OperationResult::OpInner(OperationResultTr::SetOptions(result)) => result.clone(),
        other => panic!("{other:?}"),
    }
}

fn refused(ledger: &Ledger, count: i64, op: &SetOptionsOp) -> SetOptionsResult {
    let tx = transaction("boss", count, vec![OperationBody::SetOptions(op.clone())]);
    result_of(
        ledger
            .validate(&signed(ledger, &tx, &["boss"]), now(ledger))
            .result,
    )
}

fn applied(ledger: &mut Ledger, count: i64, op: &SetOptionsOp) -> SetOptionsResult {
    let tx = transaction("boss", count, vec![OperationBody::SetOptions(op.clone())]);
    let envelope = signed(ledger, &tx, &["boss"]);
    result_of(run(ledger, envelope).result.result)
}

#[test]
fn what_needs_no_ledger_is_asked_in_this_order() {
    let ledger = ledger_of(&["boss"]);
    let mut op = SetOptionsOp {
        set_flags: Some(16),
        clear_flags: Some(16),
        med_threshold: Some(256),
        home_domain: Some(String32(b"\x7f".to_vec().try_into().expect("short"))),
        signer: Some(Signer {
            key: signer_key("boss"),
            weight: 1,
        }),
        ..no_options()
    };
    type Cure = fn(&mut SetOptionsOp);
    let course: [(SetOptionsResult, Cure); 6] = [
        (SetOptionsResult::UnknownFlag, |op| {
            (op.set_flags, op.clear_flags) = (Some(1), Some(1))
        }),
        (SetOptionsResult::BadFlags, |op| op.clear_flags = None),
        (SetOptionsResult::ThresholdOutOfRange, |op| {
            op.med_threshold = Some(0)
        }),
        (SetOptionsResult::BadSigner, |op| op.signer = None),
        (SetOptionsResult::InvalidHomeDomain, |op| {
            op.home_domain = Some(String32::default())
        }),
        (SetOptionsResult::Success, |_| {}),
    ];
    for (wanted, cure) in course {
        assert_eq!(refused(&ledger, 1, &op), wanted);
        cure(&mut op);
    }
}

#[test]
fn what_the_ledger_holds_is_asked_in_this_order() {
    let mut ledger = ledger_of(&["boss"]);
    for place in 0..20u8 {
        let key = SignerKey::HashX(Uint256([place; 32]));
        let tx = transaction("boss", 1 + i64::from(place), vec![add_signer(key, 1)]);
        let envelope = signed(&ledger, &tx, &["boss"]);
        run(&mut ledger, envelope);
    }
    let one_more = Signer {
        key: signer_key("partner"),
        weight: 1,
    };
    let mut op = SetOptionsOp {
        inflation_dest: Some(id(&key("nobody"))),
        set_flags: Some(8),
        signer: Some(one_more.clone()),
        ..no_options()
    };
    assert_eq!(
        applied(&mut ledger, 21, &op),
        SetOptionsResult::InvalidInflation
    );
    op.inflation_dest = Some(id(&key("boss")));
    assert_eq!(
        applied(&mut ledger, 22, &op),
        SetOptionsResult::AuthRevocableRequired
    );
    op.set_flags = Some(8 + 4 + 2);
    assert_eq!(
        applied(&mut ledger, 23, &op),
        SetOptionsResult::TooManySigners
    );
    op.signer = Some(Signer {
        weight: 0,
        ..one_more
    });
    assert_eq!(
        applied(&mut ledger, 24, &op),
        SetOptionsResult::Success,
        "nobody is taken away"
    );
    op.set_flags = Some(0);
    op.signer = None;
    assert_eq!(
        applied(&mut ledger, 25, &op),
        SetOptionsResult::Success,
        "no flag, no change"
    );
    op.clear_flags = Some(8);
    assert_eq!(applied(&mut ledger, 26, &op), SetOptionsResult::CantChange);
}
