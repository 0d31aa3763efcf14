//! Scenarios that also need operations of a later time: each of their transactions that does not is replayed alone,
//! on the ledger as the recorded metas of the steps before it left it.

mod support;

use std::collections::BTreeMap;

use localnet::{Ledger, Queue, Submission};
use serde_json::Value;
use stellar_xdr::{
    ContractEventBody, FeeBumpTransactionInnerTx, LedgerEntry, LedgerEntryChange, LedgerEntryData,
    LedgerKey, LedgerKeyAccount, Operation, OperationBody, ScAddress, ScVal, TransactionEnvelope,
    TransactionEventStage, TransactionMeta, TransactionMetaV4,
};
use support::replay::{check_applied, settings};
use support::vectors::{decoded, entry, number, text, vectors};

type Entries = BTreeMap<LedgerKey, LedgerEntry>;

fn operations(envelope: &TransactionEnvelope) -> &[Operation] {
    match envelope {
        TransactionEnvelope::TxV0(envelope) => &envelope.tx.operations,
        TransactionEnvelope::Tx(envelope) => &envelope.tx.operations,
        TransactionEnvelope::TxFeeBump(envelope) => {
            let FeeBumpTransactionInnerTx::Tx(inner) = &envelope.tx.inner_tx;
            &inner.tx.operations
        }
    }
}

fn is_ours(operation: &Operation) -> bool {
    matches!(
        operation.body,
        OperationBody::CreateAccount(_)
            | OperationBody::Payment(_)
            | OperationBody::ChangeTrust(_)
            | OperationBody::SetOptions(_)
            | OperationBody::ManageData(_)
            | OperationBody::BumpSequence(_)
            | OperationBody::AccountMerge(_)
    )
}

fn note(entries: &mut Entries, changes: &[LedgerEntryChange]) {
    for change in changes {
        match change {
            LedgerEntryChange::Created(entry)
            | LedgerEntryChange::Updated(entry)
            | LedgerEntryChange::Restored(entry) => {
                entries.insert(entry.to_key(), entry.clone());
            }
            LedgerEntryChange::Removed(key) => {
                entries.remove(key);
            }
            LedgerEntryChange::State(_) => {}
        }
    }
}

fn note_all(entries: &mut Entries, meta: &TransactionMetaV4) {
    note(entries, &meta.tx_changes_before.0);
    meta.operations
        .iter()
        .for_each(|operation| note(entries, &operation.changes.0));
    note(entries, &meta.tx_changes_after.0);
}

/// What a contract call did not use up of its fee comes back after the ledger, told by an event alone.
fn note_refunds(entries: &mut Entries, meta: &TransactionMetaV4) {
    for told in meta
        .events
        .iter()
        .filter(|told| told.stage == TransactionEventStage::AfterAllTxs)
    {
        let ContractEventBody::V0(body) = &told.event.body;
        let (ScVal::Address(ScAddress::Account(payer)), ScVal::I128(amount)) =
            (&body.topics[1], &body.data)
        else {
            panic!("a fee event names its payer and the amount")
        };
        let key = LedgerKey::Account(LedgerKeyAccount {
            account_id: payer.clone(),
        });
        if let Some(LedgerEntryData::Account(account)) =
            entries.get_mut(&key).map(|entry| &mut entry.data)
        {
            account.balance -= amount.lo as i64; // a refund is a negative fee
        }
    }
}

fn ledger_before(scenario: &Value, recorded: &Recorded, sequence: u32) -> Ledger {
    let entries = recorded.entries.values().cloned().collect();
    Ledger::load(settings(scenario), sequence, recorded.closed_at, 0, entries)
}

fn try_applied(scenario: &Value, recorded: &Recorded, step: &Value) {
    let mut ledger = ledger_before(scenario, recorded, number::<u32>(step, "ledger") - 1);
    let mut queue = Queue::default();
    let now = ledger.header().scp_value.close_time.0;
    let submission = queue.submit(&ledger, decoded(text(step, "envelope")), now);
    assert_eq!(submission, Submission::Pending, "{}", step["label"]);
    let waiting = queue.take_for_close(&ledger);
    let closed = ledger.close(number(step, "closeTime"), waiting);
    check_applied(closed.transactions.first().expect("applied"), step);
}

fn try_refused(scenario: &Value, recorded: &Recorded, step: &Value) {
    let ledger = ledger_before(scenario, recorded, number(step, "latestLedger"));
    let now = ledger.header().scp_value.close_time.0;
    let submission = Queue::default().submit(&ledger, decoded(text(step, "envelope")), now);
    assert_eq!(
        submission,
        Submission::Error(decoded(text(step, "result"))),
        "{}",
        step["label"]
    );
}

/// The last recorded ledger: its entries and close time.
struct Recorded {
    entries: Entries,
    closed_at: u64,
}

/// How many of the scenario's transactions were tried.
fn replay(name: &str) -> usize {
    let scenario = vectors(&format!("network/{name}.json"));
    let initial = scenario["initial"]["entries"].as_array().expect("entries");
    let entries: Entries = initial
        .iter()
        .map(entry)
        .map(|entry| (entry.to_key(), entry))
        .collect();
    let mut recorded = Recorded {
        entries,
        closed_at: number(&scenario["initial"], "closeTime"),
    };
    let mut tried = 0;
    for step in scenario["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .filter(|step| step["envelope"].is_string())
    {
        let envelope: TransactionEnvelope = decoded(text(step, "envelope"));
        if operations(&envelope).iter().all(is_ours) {
            match text(step, "status") {
                "REJECTED" => try_refused(&scenario, &recorded, step),
                _ => try_applied(&scenario, &recorded, step),
            }
            tried += 1;
        }
        if step["meta"].is_string() {
            let TransactionMeta::V4(meta) = decoded(text(step, "meta")) else {
                panic!("recorded metas are of form 4")
            };
            note_all(&mut recorded.entries, &meta);
            note_refunds(&mut recorded.entries, &meta);
            recorded.closed_at = number(step, "closeTime");
        }
    }
    tried
}

#[test]
fn authorization() {
    assert_eq!(replay("authorization"), 11);
}

#[test]
fn claimable() {
    assert_eq!(replay("claimable"), 8);
}

#[test]
fn path_payment() {
    assert_eq!(replay("path_payment"), 11);
}

#[test]
fn sponsorship() {
    assert_eq!(replay("sponsorship"), 9);
}

#[test]
fn soroban_basic() {
    assert_eq!(replay("soroban_basic"), 6);
}
