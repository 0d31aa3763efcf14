//! What only tests may do, and only on a network that was started with --control: close ledgers by hand, put another
//! network's state in place of ours, write a snapshot now, plan faults, forget the past.

use localnet::{mainnet_settings, Ledger, Settings};
use serde_json::{json, Value};
use stellar_xdr::{LedgerEntry, LedgerEntryData, LedgerEntryExt, Limits, ReadXdr};

use super::params::{Params, Shape};
use super::{shape, Answer, Entry, Facts, RpcError};
use crate::faults::{self, Fault, Faults, Planned};
use crate::node::Node;
use crate::snapshot::hex;

pub const METHODS: &[Entry] = &[
    ("localnet_close", close, shape("CloseRequest")),
    ("localnet_skip", skip, shape("SkipRequest")),
    ("localnet_load", load, shape("LoadRequest")),
    ("localnet_snapshot", snapshot, shape("SnapshotRequest")),
    ("localnet_faults", faults, shape("FaultsRequest")),
    ("localnet_forget", forget, shape("ForgetRequest")),
];

const PLANNED: Shape = shape("PlannedFault");
const ENTRY: Shape = shape("LoadedEntry");
/// More at once would hold the network's door shut for too long.
const MAX_CLOSES: u32 = 10_000;

/// Ledgers and times are counted on from here for as long as anybody will watch: sequence numbers of accounts are
/// ledger << 32 in a signed number, times of the reference server's language are signed too.
const LAST_LEDGER: u32 = i32::MAX as u32;
const LAST_TIME: u64 = 253_402_300_799; // the end of the year 9999

/// {ledger?, closeTime?}: closes up to and including `ledger` (default: one), the last one at `closeTime`.
fn close(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let at = node.ledger.header().ledger_seq;
    let most = at.saturating_add(MAX_CLOSES).min(LAST_LEDGER);
    let target = params.small_number("ledger")?.unwrap_or(at + 1);
    let close_time = params.number("closeTime")?;
    if !(at..=most).contains(&target) {
        let what = format!("ledger must be from {at} to {most}");
        return Err(RpcError::params(what));
    }
    let earliest = node.ledger.header().scp_value.close_time.0 + u64::from(target - at);
    if close_time.is_some_and(|time| !(earliest..=LAST_TIME).contains(&time)) {
        let what = format!(
            "closeTime must be from {earliest} to {LAST_TIME}: close times rise with every ledger"
        );
        return Err(RpcError::params(what));
    }
    for sequence in at + 1..=target {
        let time = if sequence == target {
            close_time
        } else {
            close_time.map(|_| 0)
        };
        node.close(time);
    }
    told(node)
}

/// {ledger}: the next ledger to close is this one; what came before is no longer told of. For what runs out with ledgers.
fn skip(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let at = node.ledger.header().ledger_seq;
    let most = LAST_LEDGER - MAX_CLOSES;
    let target = params
        .small_number("ledger")?
        .filter(|target| (at + 1..=most).contains(target));
    let target = target
        .ok_or_else(|| RpcError::params(format!("ledger must be from {} to {most}", at + 1)))?;
    let mut ledger = Ledger::clone(&node.ledger);
    ledger.skip_to(target);
    node.replace(ledger).map_err(RpcError::internal)?;
    node.close(None);
    told(node)
}

/// {ledger, closeTime, idPool?, baseFee?, baseReserve?, protocol?, entries: [{xdr, lastModifiedLedgerSeq, extXdr?}]}:
/// the state of another network, with entries as getLedgerEntries shows them. Settings that are not among them are mainnet's.
fn load(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let old = node.ledger.settings();
    let settings = Settings {
        passphrase: old.passphrase.clone(),
        protocol_version: params
            .small_number("protocol")?
            .unwrap_or(old.protocol_version),
        base_fee: params.small_number("baseFee")?.unwrap_or(old.base_fee),
        base_reserve: params
            .small_number("baseReserve")?
            .unwrap_or(old.base_reserve),
        max_tx_set_ops: params
            .small_number("maxTxSetOps")?
            .unwrap_or(old.max_tx_set_ops),
    };
    let sequence = params
        .small_number("ledger")?
        .filter(|sequence| (1..=LAST_LEDGER - MAX_CLOSES).contains(sequence))
        .ok_or_else(|| {
            let most = LAST_LEDGER - MAX_CLOSES;
            RpcError::params(format!("ledger must be from 1 to {most}"))
        })?;
    let close_time = params
        .number("closeTime")?
        .filter(|time| *time <= LAST_TIME / 2)
        .ok_or_else(|| {
            RpcError::params(format!("closeTime must be from 0 to {}", LAST_TIME / 2))
        })?;
    let id_pool = params.number("idPool")?.unwrap_or(0);
    let entries = params
        .list("entries")?
        .iter()
        .enumerate()
        .map(|(i, entry)| read_entry(i, entry));
    let entries = entries.collect::<Result<Vec<_>, _>>()?;
    let mut ledger = Ledger::load(settings, sequence, close_time, id_pool, Vec::new());
    ledger.settle(mainnet_settings());
    ledger.put(entries);
    node.replace(ledger).map_err(RpcError::internal)?;
    told(node)
}

fn read_entry(index: usize, value: &Value) -> Result<LedgerEntry, RpcError> {
    let wrong = |what: &str| RpcError::params(format!("entry {index}: {what}"));
    let fields = Params::new(value.clone(), ENTRY)?;
    let data = LedgerEntryData::from_xdr_base64(fields.text("xdr")?, Limits::none());
    let ext = match fields.text("extXdr")? {
        "" => Ok(LedgerEntryExt::V0),
        text => LedgerEntryExt::from_xdr_base64(text, Limits::none()),
    };
    let modified = fields.small_number("lastModifiedLedgerSeq")?;
    Ok(LedgerEntry {
        last_modified_ledger_seq: modified
            .ok_or_else(|| wrong("lastModifiedLedgerSeq is missing"))?,
        data: data.map_err(|_| wrong("xdr is not a LedgerEntryData"))?,
        ext: ext.map_err(|_| wrong("extXdr is not a LedgerEntry extension"))?,
    })
}

/// {}: the state to disk, now.
fn snapshot(node: &mut Node, _: &Params, _: &Facts) -> Answer {
    if !node.is_stored() {
        return Err(RpcError::internal(
            "this network keeps no files: start it with --data",
        ));
    }
    node.snapshot().map_err(RpcError::internal)?;
    told(node)
}

/// {plan?: [{method, kind, nth?, times?}]}: what goes wrong from now on, in place of what was planned before; `nth` counts
/// the method's calls from here on (1), `times` is how many in a row (1). Answers how often each line of the plan that
/// was in force until now has happened. Without a plan it stays in force.
fn faults(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let hits: Vec<_> = node.faults.hits().collect();
    if !params.has("plan") {
        return Ok(json!({ "hits": hits }));
    }
    let plan = params.list("plan")?.iter().map(read_planned);
    let plan = plan.collect::<Result<Vec<_>, _>>()?;
    let looks_back = plan.iter().any(|planned| planned.fault == Fault::Stale);
    node.past = looks_back.then(|| Box::new(node.left_behind()));
    node.faults = Faults::new(plan);
    Ok(json!({ "hits": hits }))
}

fn read_planned(value: &Value) -> Result<Planned, RpcError> {
    let fields = Params::new(value.clone(), PLANNED)?;
    let method = fields.text("method")?;
    let is_ours = METHODS.iter().any(|(known, ..)| *known == method);
    if is_ours || !super::METHODS.iter().any(|(known, ..)| *known == method) {
        return Err(RpcError::params(format!(
            "method must be one of Stellar RPC, not \"{method}\""
        )));
    }
    let nth = fields.small_number("nth")?.unwrap_or(1);
    let times = fields.small_number("times")?.unwrap_or(1);
    if nth == 0 || times == 0 {
        return Err(RpcError::params("nth and times count from 1"));
    }
    Ok(Planned {
        method: method.to_owned(),
        nth,
        times,
        fault: faults::named(fields.text("kind")?, method).map_err(RpcError::params)?,
        hits: 0,
    })
}

/// {before}: ledgers older than it are no longer told of, as on a server that keeps fewer.
fn forget(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let before = params.small_number("before")?;
    let before = before.ok_or_else(|| RpcError::params("before is missing: a ledger"))?;
    node.history.forget_before(before);
    told(node)
}

fn told(node: &Node) -> Answer {
    let header = node.ledger.header();
    Ok(json!({
        "ledger": header.ledger_seq,
        "closeTime": header.scp_value.close_time.0.to_string(),
        "hash": hex(&node.ledger.hash().0),
    }))
}
