//! invokeHostFunction: the host runs over the declared entries; what it changed, emitted and returned is checked against
//! the declaration and taken over whole, or nothing of it is.

use soroban_env_host::budget::Budget;
use soroban_env_host::e2e_invoke::{
    extract_rent_changes, invoke_host_function, InvokeHostFunctionResult as Invoked,
    LedgerEntryChange,
};
use soroban_env_host::fees::compute_rent_fee;
use soroban_env_host::xdr::{
    AccountId, ContractEvent, Hash, InvokeHostFunctionOp, InvokeHostFunctionResult as Code,
    InvokeHostFunctionSuccessPreImage, LedgerEntry, LedgerEntryData, LedgerEntryExt, Limits,
    OperationResultTr, ReadXdr, ScError, ScErrorCode, ScVal, TtlEntry, VecM, WriteXdr,
};
use soroban_env_host::HostError;

use super::footprint::{self, Inputs};
use super::meter::{Exceeded, Meter};
use super::resources::{size_of, ttl_key, Declared};
use super::{restored, Effects, Outcome, Place};
use crate::ledger::hashing;
use crate::ledger::layers::{Layers, View};

#[derive(Clone, Copy, Debug)]
pub struct Invocation<'a> {
    pub op: &'a InvokeHostFunctionOp,
    pub source: &'a AccountId,
}

pub fn apply(
    layers: &mut Layers,
    declared: &Declared,
    place: Place,
    invocation: Invocation,
    meter: &mut Meter,
) -> Option<Outcome> {
    let done = invoke(layers, declared, place, invocation, meter);
    meter.say_counters(done.is_ok());
    let (code, effects) = match done {
        Ok((hash, effects)) => (Code::Success(hash), Some(effects)),
        Err(code) => (code, None),
    };
    let paid = if effects.is_some() {
        meter.paid
    } else {
        super::Paid::default()
    };
    Some(Outcome {
        result: OperationResultTr::InvokeHostFunction(code),
        effects,
        diagnostics: std::mem::take(&mut meter.diagnostics),
        paid,
    })
}

fn invoke(
    layers: &mut Layers,
    declared: &Declared,
    place: Place,
    invocation: Invocation,
    meter: &mut Meter,
) -> Result<(Hash, Effects), Code> {
    let over = |_: Exceeded| Code::ResourceLimitExceeded;
    let mut inputs = footprint::read(
        layers,
        declared,
        place.network.prices.min_persistent_entry_ttl,
        meter,
    )?;
    let put_back = std::mem::take(&mut inputs.put_back);
    let (invoked, returned) = run_host(layers, declared, place, (invocation, inputs), meter)?;
    let rent = compute_rent_fee(
        &extract_rent_changes(&invoked.ledger_changes),
        &place.network.prices.rent_fee_configuration,
        layers.header().ledger_seq,
    );
    take_over(layers, declared, invoked.ledger_changes, meter).map_err(over)?;
    let mut events = Vec::new();
    for event in &invoked.encoded_contract_events {
        meter.emit(event.len()).map_err(over)?;
        events.extend(ContractEvent::from_xdr(event, Limits::none()).ok());
    }
    meter.return_value(returned.len()).map_err(over)?;
    meter
        .pay(rent)
        .map_err(|_| Code::InsufficientRefundableFee)?;
    let return_value = ScVal::from_xdr(&returned, Limits::none()).map_err(|_| Code::Trapped)?;
    let told = InvokeHostFunctionSuccessPreImage {
        return_value: return_value.clone(),
        events: VecM::try_from(events.clone()).unwrap_or_default(),
    };
    let effects = Effects {
        changes: restored::told(
            layers.changes(),
            put_back,
            (true, layers.header().ledger_seq),
        ),
        events,
        return_value: Some(return_value),
    };
    Ok((hashing::of_xdr(&told), effects))
}

/// What the host did, and the encoded value that it returned.
fn run_host(
    layers: &Layers,
    declared: &Declared,
    place: Place,
    (invocation, inputs): (Invocation, Inputs),
    meter: &mut Meter,
) -> Result<(Invoked, Vec<u8>), Code> {
    let prices = &place.network.prices;
    let resources = declared.resources();
    let budget = Budget::try_from_configs(
        resources.instructions.into(),
        prices.tx_memory_limit.into(),
        prices.cpu_cost_params.clone(),
        prices.memory_cost_params.clone(),
    )
    .map_err(|_| Code::Trapped)?;
    let encoded = |value: &dyn Encoded| value.bytes();
    let auth: Vec<_> = invocation
        .op
        .auth
        .iter()
        .map(|entry| encoded(entry))
        .collect();
    let invoked = invoke_host_function(
        &budget,
        true,
        encoded(&invocation.op.host_function),
        encoded(resources),
        &inputs.restored,
        encoded(invocation.source),
        auth.into_iter(),
        place.network.ledger_info(layers, place.network_id.0),
        inputs.entries.into_iter(),
        place.seed.to_vec(),
        &mut meter.diagnostics,
        None,
        place.modules.cache(),
    );
    meter.counters.instructions = budget.get_cpu_insns_consumed().unwrap_or_default();
    meter.counters.memory = budget.get_mem_bytes_consumed().unwrap_or_default();
    let failure = match invoked {
        Ok(mut invoked) => {
            match std::mem::replace(&mut invoked.encoded_invoke_result, Ok(Vec::new())) {
                Ok(returned) => return Ok((invoked, returned)),
                Err(error) => error,
            }
        }
        Err(error) => error,
    };
    Err(refuse(
        &failure,
        (resources.instructions, prices.tx_memory_limit),
        meter,
    ))
}

fn refuse(failure: &HostError, (instructions, memory): (u32, u32), meter: &mut Meter) -> Code {
    let error =
        ScError::try_from(failure.error).unwrap_or(ScError::Context(ScErrorCode::InternalError));
    meter.say_failed(error);
    let (used, held) = (meter.counters.instructions, meter.counters.memory);
    let is_within = meter
        .within(
            used,
            instructions.into(),
            "operation instructions exceeds amount specified",
        )
        .and_then(|()| {
            meter.within(
                held,
                memory.into(),
                "operation memory usage exceeds network config limit",
            )
        });
    match is_within {
        Ok(()) => Code::Trapped,
        Err(Exceeded) => Code::ResourceLimitExceeded,
    }
}

/// Every entry that the host still knows is written as it says; a declared one that it no longer knows is gone.
fn take_over(
    layers: &mut Layers,
    declared: &Declared,
    changes: Vec<LedgerEntryChange>,
    meter: &mut Meter,
) -> Result<(), Exceeded> {
    let mut kept = Vec::new();
    for change in changes {
        let written = change.encoded_new_value.filter(|_| !change.read_only);
        if let Some((entry, size)) = written.and_then(|bytes| decoded(&bytes)) {
            let key = entry.to_key();
            meter.check_entry(&key, size)?;
            meter.write(&key, size_of(&key), size)?;
            put(layers, entry);
            kept.push(key);
        }
        let longer = change
            .ttl_change
            .filter(|ttl| ttl.new_live_until_ledger > ttl.old_live_until_ledger);
        if let Some((key_hash, ttl)) =
            longer.and_then(|ttl| Some((<[u8; 32]>::try_from(ttl.key_hash.as_slice()).ok()?, ttl)))
        {
            put(layers, ttl_entry(Hash(key_hash), ttl.new_live_until_ledger));
        }
    }
    for key in declared
        .resources()
        .footprint
        .read_write
        .iter()
        .filter(|key| !kept.contains(key))
    {
        if layers.entry(key).is_some() {
            layers.erase(key);
            layers.erase(&ttl_key(key));
        }
    }
    Ok(())
}

fn put(layers: &mut Layers, entry: LedgerEntry) {
    match layers.load(&entry.to_key()) {
        Some(held) => *held = entry,
        None => layers.create(entry),
    }
}

fn ttl_entry(key_hash: Hash, live_until_ledger_seq: u32) -> LedgerEntry {
    LedgerEntry {
        last_modified_ledger_seq: 0,
        data: LedgerEntryData::Ttl(TtlEntry {
            key_hash,
            live_until_ledger_seq,
        }),
        ext: LedgerEntryExt::V0,
    }
}

fn decoded(bytes: &[u8]) -> Option<(LedgerEntry, u32)> {
    let entry = LedgerEntry::from_xdr(bytes, Limits::none()).ok()?;
    Some((entry, super::resources::count(bytes.len())))
}

/// Writing to memory does not fail.
trait Encoded {
    fn bytes(&self) -> Vec<u8>;
}

impl<T: WriteXdr> Encoded for T {
    fn bytes(&self) -> Vec<u8> {
        self.to_xdr(Limits::none()).unwrap_or_default()
    }
}
