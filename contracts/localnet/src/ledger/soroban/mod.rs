//! Contracts: what a transaction may declare, what it costs, and how it is run by the network's own host.
//! The host sees nothing but the entries that were declared; what it changes comes back as a list and is put into the layers.

mod extend;
mod footprint;
mod invoke;
mod meter;
mod modules;
pub(crate) mod network;
mod resources;
mod restore;
mod restored;
mod simulate;

use soroban_env_host::xdr::{
    ContractEvent, ContractIdPreimage, DiagnosticEvent, ExtendFootprintTtlResult, Hash,
    HostFunction, InvokeHostFunctionResult, LedgerEntryChanges, OperationBody, OperationResultTr,
    RestoreFootprintResult, ScVal,
};

use super::asset;
use super::frame::Frame;
use super::layers::Layers;
pub(crate) use footprint::find_ttl;
use meter::Meter;
pub(crate) use modules::Modules;
pub use network::mainnet_settings;
pub(crate) use network::{LedgerLimits, Network};
pub(crate) use resources::{is_valid, Declared};
pub use simulate::{AuthMode, Simulated, Wish};

/// What the ledger is to the host.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub network: &'a Network,
    pub network_id: &'a Hash,
    pub modules: &'a Modules,
    /// From which the host draws what is random for this transaction.
    pub seed: [u8; 32],
}

/// What running an operation brought about; of a failed one its code, its costs and what there is to say of it.
#[derive(Debug)]
pub struct Outcome {
    pub result: OperationResultTr,
    pub effects: Option<Effects>,
    pub diagnostics: Vec<DiagnosticEvent>,
    pub paid: Paid,
}

#[derive(Debug)]
pub struct Effects {
    pub changes: LedgerEntryChanges,
    pub events: Vec<ContractEvent>,
    pub return_value: Option<ScVal>,
}

/// Out of the refundable part of the resource fee, in stroops; rent is a share of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paid {
    pub refundable: i64,
    pub rent: i64,
}

/// What can be said of the operation without running it.
pub fn check(network: &Network, frame: &Frame) -> Result<(), OperationResultTr> {
    let (Some(declared), Some(operation)) = (Declared::of(frame), frame.tx.operations.first())
    else {
        return Ok(());
    };
    let footprint = &declared.resources().footprint;
    let is_known = match &operation.body {
        OperationBody::InvokeHostFunction(op) => {
            return match is_callable(&op.host_function, network) {
                true => Ok(()),
                false => Err(OperationResultTr::InvokeHostFunction(
                    InvokeHostFunctionResult::Malformed,
                )),
            }
        }
        OperationBody::ExtendFootprintTtl(op) => {
            footprint.read_write.is_empty()
                && footprint.read_only.iter().all(resources::is_contract_entry)
                && op.extend_to < network.prices.max_entry_ttl
        }
        OperationBody::RestoreFootprint(_) => {
            footprint.read_only.is_empty()
                && footprint.read_write.iter().all(resources::is_persistent)
        }
        _ => true,
    };
    match (&operation.body, is_known) {
        (OperationBody::ExtendFootprintTtl(_), false) => Err(
            OperationResultTr::ExtendFootprintTtl(ExtendFootprintTtlResult::Malformed),
        ),
        (OperationBody::RestoreFootprint(_), false) => Err(OperationResultTr::RestoreFootprint(
            RestoreFootprintResult::Malformed,
        )),
        _ => Ok(()),
    }
}

fn is_callable(function: &HostFunction, network: &Network) -> bool {
    let preimage = match function {
        HostFunction::UploadContractWasm(code) => {
            return resources::count(code.len()) <= network.most_code
        }
        HostFunction::InvokeContract(_) => return true,
        HostFunction::CreateContract(create) => &create.contract_id_preimage,
        HostFunction::CreateContractV2(create) => &create.contract_id_preimage,
    };
    match preimage {
        ContractIdPreimage::Asset(held) => asset::is_valid(held),
        ContractIdPreimage::Address(_) => true,
    }
}

/// Runs the only operation of a transaction that calls contracts. Nothing of a failed one stays in the layers.
pub fn run(layers: &mut Layers, frame: &Frame, place: Place) -> Option<Outcome> {
    let declared = Declared::of(frame)?;
    let operation = frame.tx.operations.first()?;
    layers.begin();
    let mut meter = Meter::new(&declared, place.network);
    let done = match &operation.body {
        OperationBody::InvokeHostFunction(op) => {
            let source = super::account::id_of(frame.op_source(operation));
            let invocation = invoke::Invocation {
                op,
                source: &source,
            };
            invoke::apply(layers, &declared, place, invocation, &mut meter)
        }
        OperationBody::ExtendFootprintTtl(op) => {
            extend::apply(layers, &declared, place, op.extend_to, &mut meter)
        }
        OperationBody::RestoreFootprint(_) => restore::apply(layers, &declared, place, &mut meter),
        _ => None,
    };
    if done
        .as_ref()
        .is_none_or(|outcome| outcome.effects.is_none())
    {
        layers.discard();
    } else {
        layers.keep();
    }
    done
}
