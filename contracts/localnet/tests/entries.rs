//! changeTrust, manageData and bumpSequence, code by code: what an account may own, and what its issuer says to it.

mod support;

use localnet::Ledger;
use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountEntryExtensionV1Ext, AccountEntryExtensionV2Ext,
    AlphaNum4, Asset, AssetCode4, BumpSequenceOp, BumpSequenceResult, ChangeTrustAsset,
    ChangeTrustOp, ChangeTrustResult, DataValue, LedgerEntry, LedgerEntryData, LedgerEntryExt,
    LedgerKey, LedgerKeyAccount, LedgerKeyTrustLine, Liabilities, ManageDataOp, ManageDataResult,
    OperationBody, OperationResult, OperationResultTr, SequenceNumber, String64,
    TransactionResultResult as Answer, TrustLineAsset, TrustLineEntry, TrustLineEntryExt,
    TrustLineEntryV1, TrustLineEntryV1Ext,
};
use support::build::*;
use support::network::{account, id, key, settings, PASSPHRASE};

const XLM: i64 = 10_000_000;

fn person(name: &str, balance: i64, flags: u32, sub_entries: u32) -> LedgerEntry {
    let mut entry = account(id(&key(name)), balance, 1 << 32);
    if let LedgerEntryData::Account(account) = &mut entry.data {
        (account.flags, account.num_sub_entries) = (flags, sub_entries);
    }
    entry
}

fn ledger(entries: Vec<LedgerEntry>) -> Ledger {
    Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, entries)
}

fn credit(code: &[u8; 4], issuer: &str) -> AlphaNum4 {
    AlphaNum4 {
        asset_code: AssetCode4(*code),
        issuer: id(&key(issuer)),
    }
}

fn trust(code: &[u8; 4], issuer: &str, limit: i64) -> OperationBody {
    OperationBody::ChangeTrust(ChangeTrustOp {
        line: ChangeTrustAsset::CreditAlphanum4(credit(code, issuer)),
        limit,
    })
}

fn line(balance: i64, buying: i64) -> LedgerEntry {
    let entry = TrustLineEntry {
        account_id: id(&key("boss")),
        asset: TrustLineAsset::CreditAlphanum4(credit(b"USD\0", "issuer")),
        balance,
        limit: 100,
        flags: 1,
        ext: TrustLineEntryExt::V1(TrustLineEntryV1 {
            liabilities: Liabilities { buying, selling: 0 },
            ext: TrustLineEntryV1Ext::V0,
        }),
    };
    LedgerEntry {
        last_modified_ledger_seq: 1,
        data: LedgerEntryData::Trustline(entry),
        ext: LedgerEntryExt::V0,
    }
}

/// The boss's first operation: as refused, or as applied to a copy.
fn judged(ledger: &Ledger, body: OperationBody) -> OperationResult {
    applied(&mut ledger.clone(), body)
}

fn applied(ledger: &mut Ledger, body: OperationBody) -> OperationResult {
    let envelope = signed(ledger, &transaction("boss", 1, vec![body]), &["boss"]);
    let answer = match ledger.validate(&envelope, now(ledger)).result {
        Answer::TxSuccess(_) => run(ledger, envelope).result.result,
        refused => refused,
    };
    match answer {
        Answer::TxSuccess(all) | Answer::TxFailed(all) => all[0].clone(),
        other => panic!("{other:?}"),
    }
}

fn trusted(result: ChangeTrustResult) -> OperationResult {
    OperationResult::OpInner(OperationResultTr::ChangeTrust(result))
}

fn line_flags(ledger: &Ledger) -> u32 {
    let key = LedgerKey::Trustline(LedgerKeyTrustLine {
        account_id: id(&key("boss")),
        asset: TrustLineAsset::CreditAlphanum4(credit(b"USD\0", "issuer")),
    });
    match ledger.get(&key).map(|entry| &entry.data) {
        Some(LedgerEntryData::Trustline(line)) => line.flags,
        _ => panic!("no line"),
    }
}

#[test]
fn a_line_begins_as_its_issuer_wills() {
    let (required, revocable, clawback) = (1, 2, 8);
    for (issuer_flags, line_has) in [
        (0, 1),
        (required, 0),
        (revocable, 1),
        (required | revocable, 0),
        (revocable | clawback, 1 | 4),
        (required | revocable | clawback, 4),
    ] {
        let people = vec![
            person("boss", 100 * XLM, 0, 0),
            person("issuer", XLM, issuer_flags, 0),
        ];
        let mut world = ledger(people);
        assert_eq!(
            applied(&mut world, trust(b"USD\0", "issuer", 5)),
            trusted(ChangeTrustResult::Success)
        );
        assert_eq!(
            line_flags(&world),
            line_has,
            "issuer's flags {issuer_flags}"
        );
    }
}

#[test]
fn lines_that_make_no_sense_are_refused() {
    let world = ledger(vec![
        person("boss", 100 * XLM, 0, 0),
        person("issuer", XLM, 0, 0),
    ]);
    let native = OperationBody::ChangeTrust(ChangeTrustOp {
        line: ChangeTrustAsset::Native,
        limit: 5,
    });
    for body in [
        native,
        trust(b"USD\0", "issuer", -1),
        trust(b"\0\0\0\0", "issuer", 5),
        trust(b"U\0D\0", "issuer", 5),
        trust(b"U-D\0", "issuer", 5),
        trust(b"USD\0", "boss", 5),
    ] {
        assert_eq!(judged(&world, body), trusted(ChangeTrustResult::Malformed));
    }
    assert_eq!(
        judged(&world, trust(b"USD\0", "issuer", 0)),
        trusted(ChangeTrustResult::InvalidLimit)
    );
    assert_eq!(
        judged(&world, trust(b"USD\0", "nobody", 5)),
        trusted(ChangeTrustResult::NoIssuer)
    );
    assert_eq!(
        judged(&world, trust(b"USD\0", "nobody", 0)),
        trusted(ChangeTrustResult::InvalidLimit),
        "the limit is looked at first"
    );
}

#[test]
fn a_line_is_limited_and_closed_by_what_is_on_it() {
    let boss = || person("boss", 100 * XLM, 0, 1);
    let with = |line: LedgerEntry| ledger(vec![boss(), person("issuer", XLM, 0, 0), line]);
    for (held, limit, wanted) in [
        (line(10, 0), 9, ChangeTrustResult::InvalidLimit),
        (line(10, 5), 14, ChangeTrustResult::InvalidLimit),
        (line(10, 5), 15, ChangeTrustResult::Success),
        (line(0, 5), 0, ChangeTrustResult::InvalidLimit),
        (line(1, 0), 0, ChangeTrustResult::InvalidLimit),
        (line(0, 0), 0, ChangeTrustResult::Success),
        (line(10, 0), i64::MAX, ChangeTrustResult::Success),
    ] {
        let told = judged(&with(held), trust(b"USD\0", "issuer", limit));
        assert_eq!(told, trusted(wanted), "limit {limit}");
    }
    let orphan = ledger(vec![boss(), line(0, 0)]);
    assert_eq!(
        judged(&orphan, trust(b"USD\0", "issuer", 5)),
        trusted(ChangeTrustResult::NoIssuer)
    );
    assert_eq!(
        judged(&orphan, trust(b"USD\0", "issuer", 0)),
        trusted(ChangeTrustResult::Success),
        "a line may be closed when its issuer is gone"
    );
}

#[test]
fn every_entry_needs_its_reserve_and_there_is_an_end_of_them() {
    let issuer = || person("issuer", XLM, 0, 0);
    let with =
        |balance, sub_entries| ledger(vec![person("boss", balance, 0, sub_entries), issuer()]);
    let enough = 3 * 5_000_000 + 100;
    let open = || trust(b"USD\0", "issuer", 5);
    assert_eq!(
        judged(&with(enough, 0), open()),
        trusted(ChangeTrustResult::Success)
    );
    assert_eq!(
        judged(&with(enough - 1, 0), open()),
        trusted(ChangeTrustResult::LowReserve)
    );
    let full = with(100_000 * XLM, 1_000);
    assert_eq!(judged(&full, open()), OperationResult::OpTooManySubentries);
    assert_eq!(
        judged(&full, data("name", Some(b"v"))),
        OperationResult::OpTooManySubentries
    );
    assert_eq!(
        judged(&full, add_signer(signer_key("new"), 1)),
        OperationResult::OpTooManySubentries
    );
    let nearly = with(100_000 * XLM, 999);
    assert_eq!(judged(&nearly, open()), trusted(ChangeTrustResult::Success));
    assert_eq!(
        judged(&with(enough, 0), data("name", Some(b"v"))),
        told(ManageDataResult::Success)
    );
    assert_eq!(
        judged(&with(enough - 1, 0), data("name", Some(b"v"))),
        told(ManageDataResult::LowReserve)
    );
}

fn data(name: &str, value: Option<&[u8]>) -> OperationBody {
    let name = name.as_bytes().to_vec().try_into().expect("short");
    OperationBody::ManageData(ManageDataOp {
        data_name: String64(name),
        data_value: value.map(|value| DataValue(value.to_vec().try_into().expect("short"))),
    })
}

fn told(result: ManageDataResult) -> OperationResult {
    OperationResult::OpInner(OperationResultTr::ManageData(result))
}

#[test]
fn values_have_plain_names() {
    let world = ledger(vec![person("boss", 100 * XLM, 0, 0)]);
    for name in ["", "a\u{7f}", "tab\t", "\u{e9}"] {
        assert_eq!(
            judged(&world, data(name, Some(b"v"))),
            told(ManageDataResult::InvalidName),
            "{name}"
        );
    }
    assert_eq!(
        judged(&world, data("none", None)),
        told(ManageDataResult::NameNotFound)
    );
    assert_eq!(
        judged(&world, data("~ !", Some(b""))),
        told(ManageDataResult::Success)
    );
    assert_eq!(
        judged(&world, data(&"n".repeat(64), Some(&[0; 64]))),
        told(ManageDataResult::Success)
    );
}

fn boss(ledger: &Ledger) -> AccountEntry {
    let key = LedgerKey::Account(LedgerKeyAccount {
        account_id: id(&key("boss")),
    });
    match ledger.get(&key).map(|entry| &entry.data) {
        Some(LedgerEntryData::Account(account)) => account.clone(),
        _ => panic!("no account"),
    }
}

#[test]
fn numbers_are_bumped_forward_only() {
    let world = ledger(vec![person("boss", 100 * XLM, 0, 0)]);
    let bump = |to: i64| {
        OperationBody::BumpSequence(BumpSequenceOp {
            bump_to: SequenceNumber(to),
        })
    };
    let told = |result| OperationResult::OpInner(OperationResultTr::BumpSequence(result));
    assert_eq!(judged(&world, bump(-1)), told(BumpSequenceResult::BadSeq));
    let used = (1 << 32) + 1;
    for (to, wanted) in [
        (0, used),
        (used, used),
        (used + 5, used + 5),
        (i64::MAX, i64::MAX),
    ] {
        let mut world = world.clone();
        assert_eq!(
            applied(&mut world, bump(to)),
            told(BumpSequenceResult::Success)
        );
        let boss = boss(&world);
        assert_eq!(boss.seq_num.0, wanted);
        let AccountEntryExt::V1(v1) = &boss.ext else {
            panic!("extended")
        };
        let AccountEntryExtensionV1Ext::V2(v2) = &v1.ext else {
            panic!("extended")
        };
        let AccountEntryExtensionV2Ext::V3(v3) = &v2.ext else {
            panic!("extended")
        };
        assert_eq!((v3.seq_ledger, v3.seq_time.0), (11, 1_005));
    }
}

#[test]
fn nothing_can_be_sent_behind_the_last_number() {
    let mut world = ledger(vec![person("boss", 100 * XLM, 0, 0)]);
    let last = OperationBody::BumpSequence(BumpSequenceOp {
        bump_to: SequenceNumber(i64::MAX),
    });
    applied(&mut world, last);
    for number in [i64::MAX, i64::MIN, 0] {
        let mut tx = transaction("boss", 1, vec![pay("boss", 1)]);
        tx.seq_num = SequenceNumber(number);
        let told = world
            .validate(&signed(&world, &tx, &["boss"]), now(&world))
            .result;
        assert_eq!(told, Answer::TxBadSeq, "{number}");
    }
}

#[test]
fn assets_of_four_letters_are_not_written_long() {
    let world = ledger(vec![
        person("boss", 100 * XLM, 0, 0),
        person("issuer", XLM, 0, 0),
    ]);
    let long = |code: &[u8; 12]| {
        OperationBody::ChangeTrust(ChangeTrustOp {
            line: ChangeTrustAsset::CreditAlphanum12(stellar_xdr::AlphaNum12 {
                asset_code: stellar_xdr::AssetCode12(*code),
                issuer: id(&key("issuer")),
            }),
            limit: 5,
        })
    };
    let refused = trusted(ChangeTrustResult::Malformed);
    assert_eq!(judged(&world, long(b"ABCD\0\0\0\0\0\0\0\0")), refused);
    assert_eq!(
        judged(&world, long(b"ABCDE\0\0\0\0\0\0\0")),
        trusted(ChangeTrustResult::Success)
    );
    assert_eq!(
        judged(&world, long(b"ABCDEFGHIJKL")),
        trusted(ChangeTrustResult::Success)
    );
    let pays = OperationBody::Payment(stellar_xdr::PaymentOp {
        destination: address("issuer"),
        asset: Asset::CreditAlphanum4(credit(b"\0USD", "issuer")),
        amount: 1,
    });
    let malformed = OperationResultTr::Payment(stellar_xdr::PaymentResult::Malformed);
    assert_eq!(judged(&world, pays), OperationResult::OpInner(malformed));
}
