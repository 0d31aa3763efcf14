//! restoreFootprint: archived entries of the written part live again, for as long as new ones do; others are passed over.

use soroban_env_host::fees::compute_rent_fee;
use soroban_env_host::xdr::{OperationResultTr, RestoreFootprintResult as Code};

use super::extend::rent;
use super::footprint::{self, find_ttl, rent_size, restored_until};
use super::meter::Meter;
use super::resources::{size_of, Declared};
use super::{restored, Effects, Outcome, Paid, Place};
use crate::ledger::layers::{Layers, View};

pub fn apply(
    layers: &mut Layers,
    declared: &Declared,
    place: Place,
    meter: &mut Meter,
) -> Option<Outcome> {
    let (code, effects) = match run(layers, declared, place, meter) {
        Ok(effects) => (Code::Success, Some(effects)),
        Err(code) => (code, None),
    };
    let paid = if effects.is_some() {
        meter.paid
    } else {
        Paid::default()
    };
    Some(Outcome {
        result: OperationResultTr::RestoreFootprint(code),
        effects,
        diagnostics: std::mem::take(&mut meter.diagnostics),
        paid,
    })
}

fn run(
    layers: &mut Layers,
    declared: &Declared,
    place: Place,
    meter: &mut Meter,
) -> Result<Effects, Code> {
    let prices = &place.network.prices;
    let now = layers.header().ledger_seq;
    let until = restored_until(layers, prices.min_persistent_entry_ttl);
    let (mut rents, mut put_back) = (Vec::new(), Vec::new());
    for key in declared.resources().footprint.read_write.iter() {
        let Some(entry) = layers
            .entry(key)
            .filter(|_| find_ttl(layers, key).is_some_and(|held| held < now))
        else {
            continue;
        };
        let size = size_of(entry);
        rents.push(rent(key, rent_size(entry, size), (0, until)));
        let over = |_| Code::ResourceLimitExceeded;
        meter.read_from_disk(key, 0, size).map_err(over)?;
        meter.check_entry(key, size).map_err(over)?;
        meter.write(key, 0, size).map_err(over)?;
        footprint::restore(layers, key, until);
        put_back.extend(footprint::both(layers, key));
    }
    let fee = compute_rent_fee(&rents, &prices.rent_fee_configuration, now);
    meter
        .pay(fee)
        .map_err(|_| Code::InsufficientRefundableFee)?;
    let changes = restored::told(layers.changes(), put_back, (false, now));
    Ok(Effects {
        changes,
        events: Vec::new(),
        return_value: None,
    })
}
