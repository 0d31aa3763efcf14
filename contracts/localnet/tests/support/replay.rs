//! What replaying needs: a ledger to begin with, and the comparison of a step that ran.

use localnet::{Applied, Ledger, Settings};
use serde_json::Value;
use stellar_xdr::{
    ContractEventBody, LedgerEntry, LedgerEntryChange, LedgerEntryData, LedgerEntryExt,
    OperationMetaV2, ScVal, TransactionMeta, TransactionResult, VecM,
};

use super::vectors::{decoded, encoded, entry, number, text};

pub fn settings(scenario: &Value) -> Settings {
    let initial = &scenario["initial"];
    Settings {
        passphrase: text(scenario, "passphrase").to_owned(),
        protocol_version: number(initial, "protocol"),
        base_fee: number(initial, "baseFee"),
        base_reserve: number(initial, "baseReserve"),
        max_tx_set_ops: 1000,
    }
}

pub fn begin(scenario: &Value) -> Ledger {
    let initial = &scenario["initial"];
    let settings = settings(scenario);
    let listed = |name: &str| initial[name].as_array().cloned().unwrap_or_default();
    let mut entries: Vec<_> = listed("entries").iter().map(entry).collect();
    entries.extend(listed("config").iter().map(setting));
    Ledger::load(
        settings,
        number(initial, "ledger"),
        number(initial, "closeTime"),
        number(initial, "idPool"),
        entries,
    )
}

/// Settings stand in the vectors without what is around an entry.
fn setting(listed: &Value) -> LedgerEntry {
    LedgerEntry {
        last_modified_ledger_seq: 1,
        data: decoded::<LedgerEntryData>(text(listed, "xdr")),
        ext: LedgerEntryExt::V0,
    }
}

pub fn check_applied(applied: &Applied, step: &Value) {
    let label = text(step, "label");
    let result: TransactionResult = decoded(text(step, "result"));
    assert_eq!(applied.result, result, "result of {label}");
    assert_eq!(
        applied.result.fee_charged,
        number::<i64>(step, "feeCharged"),
        "fee of {label}"
    );
    let hash = applied
        .hash
        .0
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    assert_eq!(hash, text(step, "hash"), "hash of {label}");
    assert_eq!(
        applied.inner_hash.is_some(),
        step["feeBump"] == true,
        "fee bump of {label}"
    );
    assert_eq!(
        u64::from(applied.application_order),
        number::<u64>(step, "order"),
        "order of {label}"
    );
    let (wanted, most) = comparable(decoded(text(step, "meta")));
    let (ours, counted) = comparable(applied.meta.clone());
    assert!(
        (most..=most + most / 500).contains(&counted),
        "{counted} instructions, not {most}, of {label}"
    );
    if encoded(&ours) != encoded(&wanted) && !is_other_order(&ours, &wanted) {
        let (ours, theirs) = (show(&ours), show(&wanted));
        panic!("meta of {label}\nours   {ours}\ntheirs {theirs}");
    }
}

/// The reference implementation tells an operation's changes in the order of a table whose hash is keyed anew by every
/// process, so about one pair of entries in 13 comes out the other way round. Where there are several operations, one of
/// them may, or a fifth, and nothing else may differ.
fn is_other_order(ours: &TransactionMeta, wanted: &TransactionMeta) -> bool {
    let (TransactionMeta::V4(ours), TransactionMeta::V4(wanted)) = (ours, wanted) else {
        return false;
    };
    let mut sorted = (ours.clone(), wanted.clone());
    sorted.0.operations = in_order(&ours.operations);
    sorted.1.operations = in_order(&wanted.operations);
    let turned = ours
        .operations
        .iter()
        .zip(wanted.operations.iter())
        .filter(|(ours, wanted)| ours.changes != wanted.changes)
        .count();
    let all = ours.operations.len();
    sorted.0 == sorted.1 && all > 1 && turned <= (all / 5).max(1)
}

fn in_order(operations: &VecM<OperationMetaV2>) -> VecM<OperationMetaV2> {
    let sorted = operations.iter().cloned().map(|mut operation| {
        let mut entries: Vec<Vec<LedgerEntryChange>> = Vec::new();
        for change in operation.changes.0.iter() {
            match entries.last_mut() {
                Some(entry) if matches!(entry.last(), Some(LedgerEntryChange::State(_))) => {
                    entry.push(change.clone())
                }
                _ => entries.push(vec![change.clone()]),
            }
        }
        entries.sort();
        operation.changes.0 = entries.concat().try_into().expect("as many as before");
        operation
    });
    let sorted: Vec<OperationMetaV2> = sorted.collect();
    sorted.try_into().expect("as many as before")
}

/// How long the host took is the one thing that no two runs agree on. Instructions are counted a little higher here: the
/// host that can also simulate looks once more at every entry before it writes it, and charges for the look.
fn comparable(mut meta: TransactionMeta) -> (TransactionMeta, u64) {
    let mut instructions = 0;
    let TransactionMeta::V4(told) = &mut meta else {
        return (meta, instructions);
    };
    let mut events = told.diagnostic_events.clone().into_vec();
    for ContractEventBody::V0(body) in events.iter_mut().map(|told| &mut told.event.body) {
        let (Some(ScVal::Symbol(name)), ScVal::U64(value)) = (body.topics.get(1), &mut body.data)
        else {
            continue;
        };
        match name.to_utf8_string_lossy().as_str() {
            "cpu_insn" => instructions = std::mem::take(value),
            "invoke_time_nsecs" => *value = 0,
            _ => {}
        }
    }
    told.diagnostic_events = events.try_into().expect("as many as before");
    (meta, instructions)
}

fn show(meta: &TransactionMeta) -> String {
    serde_json::to_string(meta).expect("metas have a JSON form")
}
