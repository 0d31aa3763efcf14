//! Accounts that end and begin again: inside one transaction, and among the transactions of one ledger.

mod support;

use localnet::{Applied, Ledger};
use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountEntryExtensionV1, AccountEntryExtensionV1Ext,
    AccountMergeResult, BumpSequenceOp, ContractEventBody, CreateAccountOp, Int128Parts,
    LedgerEntry, LedgerEntryChange, LedgerEntryData, LedgerKey, LedgerKeyAccount, Liabilities,
    Memo, MuxedAccount, MuxedAccountMed25519, Operation, OperationBody, OperationResult,
    OperationResultTr, Preconditions, PreconditionsV2, ScVal, SequenceNumber, Transaction,
    TransactionMeta, TransactionResultResult as Answer, Uint256,
};
use support::build::*;
use support::network::{account, id, key, settings, PASSPHRASE};

fn held(ledger: &Ledger, name: &str) -> Option<AccountEntry> {
    let key = LedgerKey::Account(LedgerKeyAccount {
        account_id: id(&key(name)),
    });
    match ledger.get(&key).map(|entry| &entry.data) {
        Some(LedgerEntryData::Account(account)) => Some(account.clone()),
        _ => None,
    }
}

fn create(name: &str, starting_balance: i64) -> OperationBody {
    OperationBody::CreateAccount(CreateAccountOp {
        destination: id(&key(name)),
        starting_balance,
    })
}

fn merge_into(name: &str) -> OperationBody {
    OperationBody::AccountMerge(address(name))
}

fn merged(result: AccountMergeResult) -> OperationResult {
    OperationResult::OpInner(OperationResultTr::AccountMerge(result))
}

/// Runs operations, each with its own source, as the first transaction of "boss".
fn run_all(ledger: &mut Ledger, operations: Vec<Operation>, names: &[&str]) -> Applied {
    let tx = Transaction {
        fee: 1_000,
        operations: operations.try_into().expect("few"),
        ..transaction("boss", 1, vec![])
    };
    let envelope = signed(ledger, &tx, names);
    run(ledger, envelope)
}

fn results(applied: &Applied) -> Vec<OperationResult> {
    match &applied.result.result {
        Answer::TxSuccess(results) | Answer::TxFailed(results) => results.to_vec(),
        other => panic!("{other:?}"),
    }
}

fn changes_of(applied: &Applied, place: usize) -> Vec<&'static str> {
    let TransactionMeta::V4(meta) = &applied.meta else {
        panic!("form 4")
    };
    let changes = &meta.operations[place].changes;
    changes.iter().map(LedgerEntryChange::name).collect()
}

#[test]
fn after_its_merge_a_source_does_nothing_more() {
    let mut ledger = ledger_of(&["boss", "heir"]);
    let operations = vec![
        operation(None, merge_into("heir")),
        operation(None, pay("heir", 1)),
        operation(Some("heir"), pay("boss", 1)),
    ];
    let applied = run_all(&mut ledger, operations, &["boss", "heir"]);
    let results = results(&applied);
    assert_eq!(results[1], OperationResult::OpNoAccount);
    assert!(
        matches!(&results[2], OperationResult::OpInner(OperationResultTr::Payment(result))
        if result.name() == "NoDestination")
    );
    let boss = held(&ledger, "boss").expect("nothing took effect");
    assert_eq!(boss.balance, 1_000_000_000 - 300);
}

#[test]
fn an_account_may_begin_again_where_it_ended() {
    let mut ledger = ledger_of(&["boss", "heir"]);
    let tx = transaction("heir", 1, vec![add_signer(signer_key("other"), 1)]);
    let envelope = signed(&ledger, &tx, &["heir"]);
    run(&mut ledger, envelope);
    let operations = vec![
        operation(Some("heir"), merge_into("boss")),
        operation(None, create("heir", 20_000_000)),
    ];
    let applied = run_all(&mut ledger, operations, &["boss", "heir"]);
    assert!(matches!(applied.result.result, Answer::TxSuccess(_)));
    assert_eq!(
        changes_of(&applied, 0),
        ["State", "Removed", "State", "Updated"]
    );
    let begins = changes_of(&applied, 1);
    assert_eq!(begins.iter().filter(|name| **name == "Created").count(), 1);
    assert_eq!(begins.len(), 3, "a state and an update of the giver's too");
    let heir = held(&ledger, "heir").expect("made again");
    assert_eq!((heir.seq_num.0, heir.balance), (12 << 32, 20_000_000));
    assert_eq!((heir.signers.len(), heir.ext), (0, AccountEntryExt::V0));
}

#[test]
fn what_begins_in_a_ledger_cannot_end_in_it() {
    let mut ledger = ledger_of(&["boss"]);
    let operations = vec![
        operation(None, create("child", 20_000_000)),
        operation(Some("child"), merge_into("boss")),
    ];
    let applied = run_all(&mut ledger, operations, &["boss", "child"]);
    assert_eq!(
        results(&applied)[1],
        merged(AccountMergeResult::SeqnumTooFar)
    );
    assert_eq!(held(&ledger, "child"), None);
}

#[test]
fn a_number_bumped_into_the_future_keeps_the_account() {
    let mut ledger = ledger_of(&["boss", "heir"]);
    let bump = |bump_to| {
        let bump_to = SequenceNumber(bump_to);
        OperationBody::BumpSequence(BumpSequenceOp { bump_to })
    };
    let operations = vec![
        operation(Some("heir"), bump((11 << 32) - 1)),
        operation(Some("heir"), merge_into("boss")),
        operation(None, bump(11 << 32)),
        operation(None, merge_into("heir")),
    ];
    let applied = run_all(&mut ledger, operations, &["boss", "heir"]);
    let results = results(&applied);
    let balance = 1_000_000_000;
    assert_eq!(results[1], merged(AccountMergeResult::Success(balance)));
    assert_eq!(
        results[3],
        merged(AccountMergeResult::NoAccount),
        "heir is gone"
    );
    let mut ledger = ledger_of(&["boss", "heir"]);
    let operations = vec![
        operation(None, bump(11 << 32)),
        operation(None, merge_into("heir")),
    ];
    let applied = run_all(&mut ledger, operations, &["boss"]);
    let told = &self::results(&applied)[1];
    assert_eq!(*told, merged(AccountMergeResult::SeqnumTooFar));
}

#[test]
fn a_number_that_another_transaction_is_to_use_keeps_the_account_too() {
    // Whichever of the two runs first: the number counts from the ledger's beginning.
    for salt in 0..8 {
        let mut ledger = ledger_of(&["boss", "other"]);
        let leap = Transaction {
            seq_num: SequenceNumber((11 << 32) + 5),
            cond: Preconditions::V2(PreconditionsV2 {
                min_seq_num: Some(SequenceNumber(0)),
                ..no_conditions()
            }),
            memo: Memo::Id(salt),
            ..transaction("boss", 1, vec![pay("other", 1)])
        };
        let ending = vec![operation(Some("boss"), merge_into("other"))];
        let merge = Transaction {
            operations: ending.try_into().expect("one"),
            ..transaction("other", 1, vec![pay("boss", 1)])
        };
        let both = vec![
            signed(&ledger, &leap, &["boss"]),
            signed(&ledger, &merge, &["boss", "other"]),
        ];
        let closed = ledger.close(1_005, both);
        let merge = closed
            .transactions
            .iter()
            .find(|applied| applied.hash == hash(&ledger, &merge))
            .expect("included");
        assert_eq!(results(merge), [merged(AccountMergeResult::SeqnumTooFar)]);
    }
}

#[test]
fn an_heir_must_be_able_to_hold_it_all() {
    let boss = account(id(&key("boss")), 1_000_000_000, 1 << 32);
    let heir = |balance, buying| {
        let mut entry = account(id(&key("heir")), balance, 1 << 32);
        if let LedgerEntryData::Account(account) = &mut entry.data {
            account.ext = AccountEntryExt::V1(AccountEntryExtensionV1 {
                liabilities: Liabilities { buying, selling: 0 },
                ext: AccountEntryExtensionV1Ext::V0,
            });
        }
        entry
    };
    let end = |heir: LedgerEntry| {
        let entries = vec![boss.clone(), heir];
        let mut ledger = Ledger::load(settings(PASSPHRASE), 10, 1_000, 0, entries);
        let operations = vec![operation(None, merge_into("heir"))];
        results(&run_all(&mut ledger, operations, &["boss"]))[0].clone()
    };
    let left = 1_000_000_000 - 100;
    let fits = merged(AccountMergeResult::Success(left));
    let full = merged(AccountMergeResult::DestFull);
    assert_eq!(end(heir(i64::MAX - left, 0)), fits);
    assert_eq!(end(heir(i64::MAX - left + 1, 0)), full);
    assert_eq!(
        end(heir(1_000_000_000, i64::MAX - 1_000_000_000 - left)),
        fits
    );
    assert_eq!(
        end(heir(1_000_000_000, i64::MAX - 1_000_000_000 - left + 1)),
        full
    );
}

#[test]
fn a_merge_is_a_transfer_of_all_there_is_to_the_heirs_customer() {
    let muxed = |name, number| {
        MuxedAccount::MuxedEd25519(MuxedAccountMed25519 {
            id: number,
            ed25519: Uint256(key(name).verifying_key().to_bytes()),
        })
    };
    let mut ledger = ledger_of(&["boss", "heir"]);
    let ending = Operation {
        source_account: Some(muxed("boss", 3)),
        body: OperationBody::AccountMerge(muxed("heir", 4)),
    };
    let applied = run_all(&mut ledger, vec![ending], &["boss"]);
    let TransactionMeta::V4(meta) = &applied.meta else {
        panic!("form 4")
    };
    let ContractEventBody::V0(event) = &meta.operations[0].events[0].body;
    let ScVal::Map(Some(data)) = &event.data else {
        panic!("with a customer")
    };
    assert_eq!(event.topics.len(), 4, "transfer, from, to, asset");
    assert_eq!(data[1].val, ScVal::U64(4));
    let amount = ScVal::I128(Int128Parts {
        hi: 0,
        lo: 1_000_000_000 - 100,
    });
    assert_eq!(data[0].val, amount);
    assert_eq!(meta.operations[0].events.len(), 1);
    assert_eq!(held(&ledger, "boss"), None);
}
