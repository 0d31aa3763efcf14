//! setOptions and accountMerge: every answer they can give, and what they leave behind.

mod support;

use localnet::Ledger;
use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountMergeResult, DataValue, LedgerEntryData, LedgerKey,
    LedgerKeyAccount, ManageDataOp, OperationBody, OperationResult, OperationResultTr,
    SetOptionsOp, SetOptionsResult, String32, String64, TransactionEnvelope,
    TransactionResultResult as Answer,
};
use support::build::*;
use support::network::{account, id, key, settings, PASSPHRASE};

fn account_key(name: &str) -> LedgerKey {
    LedgerKey::Account(LedgerKeyAccount {
        account_id: id(&key(name)),
    })
}

fn held(ledger: &Ledger, name: &str) -> Option<AccountEntry> {
    match ledger.get(&account_key(name)).map(|entry| &entry.data) {
        Some(LedgerEntryData::Account(account)) => Some(account.clone()),
        _ => None,
    }
}

/// The only operation's answer, applied if the queue would take it, else as refused.
fn tried(ledger: &mut Ledger, count: i64, body: OperationBody) -> OperationResultTr {
    let envelope = signed(ledger, &transaction("boss", count, vec![body]), &["boss"]);
    let refused = ledger.validate(&envelope, now(ledger)).result;
    let answer = match refused {
        Answer::TxSuccess(_) => run(ledger, envelope).result.result,
        refused => refused,
    };
    let (Answer::TxSuccess(results) | Answer::TxFailed(results)) = answer else {
        panic!("{answer:?}")
    };
    match &results[0] {
        OperationResult::OpInner(result) => result.clone(),
        other => panic!("{other:?}"),
    }
}

fn set(ledger: &mut Ledger, count: i64, op: SetOptionsOp) -> SetOptionsResult {
    match tried(ledger, count, OperationBody::SetOptions(op)) {
        OperationResultTr::SetOptions(result) => result,
        other => panic!("{other:?}"),
    }
}

fn signer(name: &str, weight: u32) -> SetOptionsOp {
    let OperationBody::SetOptions(op) = add_signer(signer_key(name), weight) else {
        panic!("options")
    };
    op
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let mut ledger = ledger_of(&["boss"]);
    let flags = |set_flags, clear_flags| SetOptionsOp {
        set_flags,
        clear_flags,
        ..no_options()
    };
    let domain = String32(b"bad\ndomain".to_vec().try_into().expect("short"));
    let cases = [
        (flags(Some(16), None), SetOptionsResult::UnknownFlag),
        (flags(Some(1), Some(1)), SetOptionsResult::BadFlags),
        (
            SetOptionsOp {
                low_threshold: Some(256),
                ..no_options()
            },
            SetOptionsResult::ThresholdOutOfRange,
        ),
        (signer("boss", 1), SetOptionsResult::BadSigner),
        (signer("partner", 256), SetOptionsResult::BadSigner),
        (
            SetOptionsOp {
                home_domain: Some(domain),
                ..no_options()
            },
            SetOptionsResult::InvalidHomeDomain,
        ),
    ];
    for (op, wanted) in cases {
        assert_eq!(set(&mut ledger, 1, op), wanted);
    }
    let heir = Some(id(&key("nobody")));
    let op = SetOptionsOp {
        inflation_dest: heir,
        ..no_options()
    };
    assert_eq!(set(&mut ledger, 1, op), SetOptionsResult::InvalidInflation);
    assert_eq!(
        set(&mut ledger, 2, flags(Some(8), None)),
        SetOptionsResult::AuthRevocableRequired
    );
}

#[test]
fn immutable_flags_stay_and_keep_the_account() {
    let mut ledger = ledger_of(&["boss", "heir"]);
    let flags = |set_flags, clear_flags| SetOptionsOp {
        set_flags,
        clear_flags,
        ..no_options()
    };
    assert_eq!(
        set(&mut ledger, 1, flags(Some(4), None)),
        SetOptionsResult::Success
    );
    assert_eq!(
        set(&mut ledger, 2, flags(None, Some(4))),
        SetOptionsResult::CantChange
    );
    assert_eq!(
        set(&mut ledger, 3, flags(Some(1), None)),
        SetOptionsResult::CantChange
    );
    let merged = tried(&mut ledger, 4, OperationBody::AccountMerge(address("heir")));
    assert_eq!(
        merged,
        OperationResultTr::AccountMerge(AccountMergeResult::ImmutableSet)
    );
}

#[test]
fn signers_are_sorted_counted_changed_and_taken_away() {
    let mut ledger = ledger_of(&["boss"]);
    let names = ["ann", "ben", "cleo"];
    for (name, count) in names.iter().zip(1..) {
        assert_eq!(
            set(&mut ledger, count, signer(name, 1)),
            SetOptionsResult::Success
        );
    }
    assert_eq!(
        set(&mut ledger, 4, signer("ben", 7)),
        SetOptionsResult::Success
    );
    assert_eq!(
        set(&mut ledger, 5, signer("nobody", 0)),
        SetOptionsResult::Success
    );
    let boss = held(&ledger, "boss").expect("lives");
    assert!(boss
        .signers
        .windows(2)
        .all(|pair| pair[0].key < pair[1].key));
    assert_eq!((boss.num_sub_entries, boss.signers.len()), (3, 3));
    assert!(boss.signers.contains(&stellar_xdr::Signer {
        key: signer_key("ben"),
        weight: 7
    }));
    assert_eq!(
        set(&mut ledger, 6, signer("ben", 0)),
        SetOptionsResult::Success
    );
    let boss = held(&ledger, "boss").expect("lives");
    assert_eq!((boss.num_sub_entries, boss.signers.len()), (2, 2));
    let AccountEntryExt::V1(v1) = &boss.ext else {
        panic!("has sent")
    };
    let stellar_xdr::AccountEntryExtensionV1Ext::V2(v2) = &v1.ext else {
        panic!("has sent")
    };
    assert_eq!(
        v2.signer_sponsoring_i_ds.len(),
        2,
        "one place for each signer"
    );
}

#[test]
fn a_signer_needs_its_reserve_and_twenty_are_enough() {
    let poor = account(id(&key("boss")), 10_000_000 + 1_000, 1 << 32);
    let mut ledger = Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, vec![poor]);
    assert_eq!(
        set(&mut ledger, 1, signer("ann", 1)),
        SetOptionsResult::LowReserve
    );
    let mut ledger = ledger_of(&["boss"]);
    for count in 1..=20 {
        assert_eq!(
            set(&mut ledger, count, signer(&format!("signer{count}"), 1)),
            SetOptionsResult::Success
        );
    }
    assert_eq!(
        set(&mut ledger, 21, signer("one too many", 1)),
        SetOptionsResult::TooManySigners
    );
}

fn merge(ledger: &mut Ledger, count: i64) -> OperationResultTr {
    tried(ledger, count, OperationBody::AccountMerge(address("heir")))
}

fn merged(result: AccountMergeResult) -> OperationResultTr {
    OperationResultTr::AccountMerge(result)
}

#[test]
fn a_merge_leaves_the_balance_and_frees_the_signers() {
    let mut ledger = ledger_of(&["boss", "heir"]);
    assert_eq!(
        set(&mut ledger, 1, signer("ann", 1)),
        SetOptionsResult::Success
    );
    assert_eq!(
        merge(&mut ledger, 2),
        merged(AccountMergeResult::Success(1_000_000_000 - 200))
    );
    assert_eq!(held(&ledger, "boss"), None);
    assert_eq!(
        held(&ledger, "heir").expect("lives").balance,
        2_000_000_000 - 200
    );
    let later: TransactionEnvelope = signed(
        &ledger,
        &transaction("boss", 3, vec![pay("heir", 1)]),
        &["boss"],
    );
    assert_eq!(
        ledger.validate(&later, now(&ledger)).result,
        Answer::TxNoAccount
    );
}

#[test]
fn a_merge_is_refused_while_something_hangs_on_the_account() {
    let mut ledger = ledger_of(&["boss", "heir"]);
    assert_eq!(
        tried(&mut ledger, 1, OperationBody::AccountMerge(address("boss"))),
        merged(AccountMergeResult::Malformed)
    );
    let nobody = tried(
        &mut ledger,
        1,
        OperationBody::AccountMerge(address("nobody")),
    );
    assert_eq!(nobody, merged(AccountMergeResult::NoAccount));
    let data = OperationBody::ManageData(ManageDataOp {
        data_name: String64(b"note".to_vec().try_into().expect("short")),
        data_value: Some(DataValue(b"kept".to_vec().try_into().expect("short"))),
    });
    tried(&mut ledger, 2, data);
    assert_eq!(
        merge(&mut ledger, 3),
        merged(AccountMergeResult::HasSubEntries)
    );
}

#[test]
fn a_merge_must_not_let_sequence_numbers_come_back() {
    let young = account(id(&key("boss")), 1_000_000_000, 11 << 32);
    let heir = account(id(&key("heir")), 1_000_000_000, 1 << 32);
    let mut ledger = Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, vec![young, heir]);
    let count = (10 << 32) + 1; // 11 << 32, and one more: ledger 11 starts accounts there
    assert_eq!(
        merge(&mut ledger, count),
        merged(AccountMergeResult::SeqnumTooFar)
    );
}
