//! createAccount and payment, code by code, with promises made to offers, and the events that tell of what moved.

mod support;

use localnet::{Applied, Ledger};
use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountEntryExtensionV1, AccountEntryExtensionV1Ext, AlphaNum4,
    Asset, AssetCode4, CreateAccountOp, CreateAccountResult, LedgerEntry, LedgerEntryData,
    LedgerEntryExt, Liabilities, Memo, MuxedAccount, MuxedAccountMed25519, OperationBody,
    OperationResult, OperationResultTr, PaymentOp, PaymentResult, ScVal, StringM, Transaction,
    TransactionMeta, TransactionResultResult as Answer, TrustLineAsset, TrustLineEntry,
    TrustLineEntryExt, TrustLineEntryV1, TrustLineEntryV1Ext, Uint256,
};
use support::build::*;
use support::network::{account, id, key, settings, PASSPHRASE};

const XLM: i64 = 10_000_000;

fn usd() -> AlphaNum4 {
    AlphaNum4 {
        asset_code: AssetCode4(*b"USD\0"),
        issuer: id(&key("issuer")),
    }
}

fn line(holder: &str, balance: i64, limit: i64, flags: u32) -> LedgerEntry {
    entry(LedgerEntryData::Trustline(TrustLineEntry {
        account_id: id(&key(holder)),
        asset: TrustLineAsset::CreditAlphanum4(usd()),
        balance,
        limit,
        flags,
        ext: TrustLineEntryExt::V0,
    }))
}

fn entry(data: LedgerEntryData) -> LedgerEntry {
    LedgerEntry {
        last_modified_ledger_seq: 1,
        data,
        ext: LedgerEntryExt::V0,
    }
}

/// Promised to offers: what it will buy, what it will sell.
fn promising(mut held: LedgerEntry, buying: i64, selling: i64) -> LedgerEntry {
    let liabilities = Liabilities { buying, selling };
    match &mut held.data {
        LedgerEntryData::Account(AccountEntry { ext, .. }) => {
            *ext = AccountEntryExt::V1(AccountEntryExtensionV1 {
                liabilities,
                ext: AccountEntryExtensionV1Ext::V0,
            });
        }
        LedgerEntryData::Trustline(TrustLineEntry { ext, .. }) => {
            *ext = TrustLineEntryExt::V1(TrustLineEntryV1 {
                liabilities,
                ext: TrustLineEntryV1Ext::V0,
            });
        }
        _ => panic!("makes no promises"),
    }
    held
}

fn rich(name: &str) -> LedgerEntry {
    account(id(&key(name)), 100 * XLM, 1 << 32)
}

fn ledger(entries: Vec<LedgerEntry>) -> Ledger {
    Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, entries)
}

/// The first operation's result of the boss's first transaction.
fn judged(ledger: &Ledger, body: OperationBody) -> OperationResultTr {
    let tx = transaction("boss", 1, vec![body]);
    let envelope = signed(ledger, &tx, &["boss"]);
    let result = run(&mut ledger.clone(), envelope.clone()).result.result;
    inner(&result)
}

/// As `judged`, when it is refused before it gets into a ledger.
fn refused(ledger: &Ledger, body: OperationBody) -> OperationResultTr {
    let tx = transaction("boss", 1, vec![body]);
    inner(
        &ledger
            .validate(&signed(ledger, &tx, &["boss"]), now(ledger))
            .result,
    )
}

fn inner(result: &Answer) -> OperationResultTr {
    match result {
        Answer::TxSuccess(all) | Answer::TxFailed(all) => match &all[0] {
            OperationResult::OpInner(inner) => inner.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn create(name: &str, starting_balance: i64) -> OperationBody {
    OperationBody::CreateAccount(CreateAccountOp {
        destination: id(&key(name)),
        starting_balance,
    })
}

fn dollars(to: &str, amount: i64) -> OperationBody {
    OperationBody::Payment(PaymentOp {
        destination: address(to),
        asset: Asset::CreditAlphanum4(usd()),
        amount,
    })
}

#[test]
fn accounts_are_created_with_enough_or_not_at_all() {
    use CreateAccountResult as Created;
    let world = ledger(vec![rich("boss"), rich("payee")]);
    let before = |body| refused(&world, body);
    assert_eq!(
        before(create("new", -1)),
        OperationResultTr::CreateAccount(Created::Malformed)
    );
    assert_eq!(
        before(create("boss", XLM)),
        OperationResultTr::CreateAccount(Created::Malformed)
    );
    // 100 XLM, less 1 of reserve, less the fee.
    let spendable = 99 * XLM - 100;
    for (body, wanted) in [
        (create("payee", 0), Created::AlreadyExist),
        (create("new", XLM - 1), Created::LowReserve),
        (create("new", XLM), Created::Success),
        (create("new", spendable), Created::Success),
        (create("new", spendable + 1), Created::Underfunded),
    ] {
        assert_eq!(
            judged(&world, body),
            OperationResultTr::CreateAccount(wanted)
        );
    }
}

#[test]
fn what_offers_were_promised_cannot_be_paid_nor_received_over() {
    let boss = promising(rich("boss"), 0, 50 * XLM);
    let payee = promising(rich("payee"), i64::MAX - 101 * XLM, 0);
    let world = ledger(vec![boss, payee]);
    let spendable = 49 * XLM - 100;
    let paid = |amount| judged(&world, pay("payee", amount));
    assert_eq!(
        paid(XLM),
        OperationResultTr::Payment(PaymentResult::Success)
    );
    assert_eq!(
        paid(XLM + 1),
        OperationResultTr::Payment(PaymentResult::LineFull)
    );
    let created = |amount| judged(&world, create("new", amount));
    let underfunded = OperationResultTr::CreateAccount(CreateAccountResult::Underfunded);
    assert_eq!(
        created(spendable),
        OperationResultTr::CreateAccount(CreateAccountResult::Success)
    );
    assert_eq!(created(spendable + 1), underfunded);
}

#[test]
fn a_fee_may_not_be_bid_from_what_was_promised() {
    let world = ledger(vec![promising(rich("boss"), 0, 99 * XLM - 99)]);
    let tx = transaction("boss", 1, vec![pay("boss", 1)]);
    let told = world.validate(&signed(&world, &tx, &["boss"]), now(&world));
    assert_eq!(told.result, Answer::TxInsufficientBalance);
}

#[test]
fn xlm_is_paid_in_the_order_of_the_checks() {
    let world = ledger(vec![rich("boss"), rich("payee")]);
    let paid = |body| judged(&world, body);
    let told = |result| OperationResultTr::Payment(result);
    assert_eq!(
        refused(&world, pay("payee", 0)),
        told(PaymentResult::Malformed)
    );
    assert_eq!(
        refused(&world, pay("payee", -1)),
        told(PaymentResult::Malformed)
    );
    let all = 99 * XLM - 100;
    assert_eq!(paid(pay("payee", all)), told(PaymentResult::Success));
    assert_eq!(
        paid(pay("payee", all + 1)),
        told(PaymentResult::Underfunded)
    );
    assert_eq!(
        paid(pay("nobody", i64::MAX)),
        told(PaymentResult::NoDestination)
    );
    assert_eq!(
        paid(pay("payee", i64::MAX)),
        told(PaymentResult::LineFull),
        "the receiver is asked first"
    );
    assert_eq!(
        paid(pay("boss", i64::MAX)),
        told(PaymentResult::Success),
        "to oneself anything"
    );
}

#[test]
fn credit_is_paid_in_the_order_of_the_checks() {
    let authorized = 1;
    let only_keeps = 2;
    let people = || vec![rich("boss"), rich("payee"), rich("issuer")];
    let with = |lines: Vec<LedgerEntry>| ledger([people(), lines].concat());
    let told = |result| OperationResultTr::Payment(result);
    use PaymentResult as Paid;
    let boss = |balance, flags| line("boss", balance, 1_000, flags);
    let payee = |balance, limit, flags| line("payee", balance, limit, flags);
    for (lines, amount, wanted) in [
        (vec![], 5, Paid::NoTrust),
        (vec![boss(9, authorized)], 5, Paid::NoTrust),
        (vec![payee(0, 9, authorized)], 5, Paid::SrcNoTrust),
        (vec![boss(9, 0), payee(0, 9, 0)], 5, Paid::NotAuthorized),
        (
            vec![boss(9, 1), payee(0, 9, only_keeps)],
            5,
            Paid::NotAuthorized,
        ),
        (
            vec![boss(9, only_keeps), payee(0, 9, 1)],
            5,
            Paid::SrcNotAuthorized,
        ),
        (vec![boss(9, 1), payee(5, 9, 1)], 5, Paid::LineFull),
        (vec![boss(4, 1), payee(0, 9, 1)], 5, Paid::Underfunded),
        (vec![boss(9, 1), payee(4, 9, 1)], 5, Paid::Success),
        (
            vec![promising(boss(9, 1), 0, 5), payee(0, 9, 1)],
            5,
            Paid::Underfunded,
        ),
        (
            vec![boss(9, 1), promising(payee(0, 9, 1), 5, 0)],
            5,
            Paid::LineFull,
        ),
    ] {
        let world = with(lines.clone());
        let result = judged(&world, dollars("payee", amount));
        assert_eq!(result, told(wanted), "{lines:?}");
    }
    // Back to its issuer credit goes always, whether the issuer still exists or not; to oneself it needs room.
    let alone = ledger(vec![rich("boss"), boss(9, 1)]);
    assert_eq!(judged(&alone, dollars("issuer", 9)), told(Paid::Success));
    assert_eq!(
        judged(&alone, dollars("nobody", 9)),
        told(Paid::NoDestination)
    );
    let full = with(vec![line("boss", 9, 10, 1)]);
    assert_eq!(judged(&full, dollars("boss", 1)), told(Paid::Success));
    assert_eq!(judged(&full, dollars("boss", 2)), told(Paid::LineFull));
}

/// Symbols and the data of the first operation's only event.
fn event_of(applied: &Applied) -> (String, usize, ScVal) {
    let TransactionMeta::V4(meta) = &applied.meta else {
        panic!("form 4")
    };
    let [event] = meta.operations[0].events.as_slice() else {
        panic!("one event")
    };
    let stellar_xdr::ContractEventBody::V0(body) = &event.body;
    let ScVal::Symbol(name) = &body.topics[0] else {
        panic!("a name")
    };
    let name = name.0.to_utf8_string_lossy();
    (name, body.topics.len(), body.data.clone())
}

fn told_by(source: &str, body: OperationBody, memo: Memo) -> (String, usize, ScVal) {
    let people = ["boss", "payee", "issuer"].map(rich).to_vec();
    let lines = vec![line("boss", 9, 99, 1), line("payee", 9, 99, 1)];
    let mut world = ledger([people, lines].concat());
    let tx = Transaction {
        memo,
        ..transaction(source, 1, vec![body])
    };
    let envelope = signed(&world, &tx, &[source]);
    event_of(&run(&mut world, envelope))
}

fn customer(data: &ScVal) -> Option<&ScVal> {
    match data {
        ScVal::Map(Some(map)) => Some(&map.0[1].val),
        _ => None,
    }
}

#[test]
fn events_name_what_was_made_moved_and_ended() {
    for (source, body, name, topics) in [
        ("boss", dollars("payee", 1), "transfer", 4),
        ("issuer", dollars("payee", 1), "mint", 3),
        ("boss", dollars("issuer", 1), "burn", 3),
        ("issuer", dollars("issuer", 1), "transfer", 4),
        ("boss", pay("boss", 1), "transfer", 4),
        ("boss", create("new", XLM), "transfer", 4),
    ] {
        let (told, count, _) = told_by(source, body, Memo::None);
        assert_eq!((told.as_str(), count), (name, topics));
    }
}

#[test]
fn events_name_the_customer_by_id_or_memo() {
    let text: StringM<28> = "hi".try_into().expect("short");
    let (_, _, data) = told_by("boss", pay("payee", 5), Memo::None);
    assert_eq!(customer(&data), None);
    let (_, _, data) = told_by("boss", pay("payee", 5), Memo::Id(7));
    assert_eq!(customer(&data), Some(&ScVal::U64(7)));
    let (_, _, data) = told_by("boss", pay("payee", 5), Memo::Text(text));
    assert!(matches!(customer(&data), Some(ScVal::String(text)) if text.0.as_slice() == b"hi"));
    for memo in [Memo::Hash([3; 32].into()), Memo::Return([3; 32].into())] {
        let (_, _, data) = told_by("boss", pay("payee", 5), memo);
        assert!(
            matches!(customer(&data), Some(ScVal::Bytes(bytes)) if bytes.0.as_slice() == [3; 32])
        );
    }
    let muxed = MuxedAccount::MuxedEd25519(MuxedAccountMed25519 {
        id: 9,
        ed25519: Uint256(key("payee").verifying_key().to_bytes()),
    });
    let body = OperationBody::Payment(PaymentOp {
        destination: muxed,
        asset: Asset::Native,
        amount: 5,
    });
    let (_, _, data) = told_by("boss", body, Memo::Id(7));
    assert_eq!(customer(&data), Some(&ScVal::U64(9)), "the id comes first");
    let (name, _, data) = told_by("boss", dollars("issuer", 5), Memo::Id(7));
    assert_eq!((name.as_str(), customer(&data)), ("burn", None));
}
