//! extendFootprintTtl: the read entries live on; those that are archived or not there are passed over, unpaid.

use soroban_env_host::fees::{compute_rent_fee, LedgerEntryRentChange};
use soroban_env_host::xdr::{
    ExtendFootprintTtlResult as Code, LedgerEntryData, LedgerKey, OperationResultTr,
};

use super::footprint::{find_ttl, rent_size};
use super::meter::Meter;
use super::resources::{is_persistent, size_of, ttl_key, Declared};
use super::{Effects, Outcome, Paid, Place};
use crate::ledger::layers::{Layers, View};

pub fn apply(
    layers: &mut Layers,
    declared: &Declared,
    place: Place,
    extend_to: u32,
    meter: &mut Meter,
) -> Option<Outcome> {
    let now = layers.header().ledger_seq;
    let until = now.saturating_add(extend_to);
    let mut rents = Vec::new();
    for key in declared.resources().footprint.read_only.iter() {
        let Some(held) = find_ttl(layers, key).filter(|held| (now..until).contains(held)) else {
            continue;
        };
        let Some(entry) = layers.entry(key) else {
            continue;
        };
        let size = size_of(entry);
        rents.push(rent(key, rent_size(entry, size), (held, until)));
        if meter.check_entry(key, size).is_err() {
            return Some(outcome(Code::ResourceLimitExceeded, None, meter));
        }
        if let Some(LedgerEntryData::Ttl(ttl)) =
            layers.load(&ttl_key(key)).map(|entry| &mut entry.data)
        {
            ttl.live_until_ledger_seq = until;
        }
    }
    let fee = compute_rent_fee(&rents, &place.network.prices.rent_fee_configuration, now);
    if meter.pay(fee).is_err() {
        return Some(outcome(Code::InsufficientRefundableFee, None, meter));
    }
    let effects = Effects {
        changes: layers.changes(),
        events: Vec::new(),
        return_value: None,
    };
    Some(outcome(Code::Success, Some(effects), meter))
}

fn outcome(code: Code, effects: Option<Effects>, meter: &mut Meter) -> Outcome {
    let paid = if effects.is_some() {
        meter.paid
    } else {
        Paid::default()
    };
    Outcome {
        result: OperationResultTr::ExtendFootprintTtl(code),
        effects,
        diagnostics: std::mem::take(&mut meter.diagnostics),
        paid,
    }
}

/// The same entry for longer; an archived one begins anew.
pub fn rent(key: &LedgerKey, size: u32, (held, until): (u32, u32)) -> LedgerEntryRentChange {
    let is_new = held == 0;
    LedgerEntryRentChange {
        is_persistent: is_persistent(key),
        is_code_entry: matches!(key, LedgerKey::ContractCode(_)),
        old_size_bytes: if is_new { 0 } else { size },
        new_size_bytes: size,
        old_live_until_ledger: held,
        new_live_until_ledger: until,
    }
}
