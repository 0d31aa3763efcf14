//! What a call would do, need and cost: it is run over a ledger that stays as it is, and the host notes what it touches.
//! The reserves on top are those of the reference server.

use std::rc::Rc;
use std::sync::Arc;

use soroban_env_host::e2e_invoke::RecordingInvocationAuthMode as HostAuth;
use soroban_env_host::events::HostEvent;
use soroban_env_host::storage::{EntryWithLiveUntil, SnapshotSource};
use soroban_env_host::xdr::{
    AccountId, DiagnosticEvent, ExtendFootprintTtlOp, InvokeHostFunctionOp, LedgerEntry,
    LedgerFootprint, LedgerKey, OperationBody, ScVal, SorobanAuthorizationEntry,
    SorobanTransactionData,
};
use soroban_env_host::{HostError, LedgerInfo};
use soroban_simulation::simulation::{
    simulate_extend_ttl_op, simulate_invoke_host_function_op, simulate_restore_op,
    SimulationAdjustmentConfig,
};
use soroban_simulation::{AutoRestoringSnapshotSource, NetworkConfig};

use super::footprint::find_ttl;
use super::network::Network;
use crate::ledger::{hashing, Ledger};

/// How authorizations are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthMode {
    /// Those that came with the call must do.
    Enforce,
    /// Those that the call asks for are noted, and are those of its root.
    Record,
    RecordAllowNonroot,
}

#[derive(Clone, Debug)]
pub struct Wish {
    pub source: AccountId,
    pub body: OperationBody,
    /// What is to be extended or restored; a call finds out itself.
    pub footprint: LedgerFootprint,
    pub auth: AuthMode,
    /// Noted authorizations name the address that they are signed for (CAP-71).
    pub upgraded_auth: bool,
    /// Instructions on top of those that were counted, at least.
    pub leeway: u32,
}

#[derive(Debug, Default)]
pub struct Simulated {
    pub error: Option<String>,
    /// With the resource fee.
    pub data: Option<SorobanTransactionData>,
    pub events: Vec<DiagnosticEvent>,
    pub returned: Option<(ScVal, Vec<SorobanAuthorizationEntry>)>,
    /// What must be restored before.
    pub restore: Option<SorobanTransactionData>,
    /// Before and after.
    pub changes: Vec<(Option<LedgerEntry>, Option<LedgerEntry>)>,
}

impl Ledger {
    pub fn simulate(self: &Arc<Ledger>, wish: Wish) -> Simulated {
        Stage::set(self)
            .and_then(|stage| stage.play(wish))
            .unwrap_or_else(|error| Simulated {
                error: Some(error),
                ..Simulated::default()
            })
    }
}

struct Stage {
    source: Rc<Source>,
    prices: NetworkConfig,
    info: LedgerInfo,
    seed: [u8; 32],
}

impl Stage {
    fn set(ledger: &Arc<Ledger>) -> Result<Stage, String> {
        let network = Network::load(ledger.as_ref()).ok_or("this network runs no contracts")?;
        let info = network.ledger_info(ledger.as_ref(), ledger.network_id.0);
        Ok(Stage {
            source: Rc::new(Source(Arc::clone(ledger))),
            prices: network.prices,
            info,
            seed: hashing::of_bytes(&ledger.hash.0).0,
        })
    }

    fn play(&self, wish: Wish) -> Result<Simulated, String> {
        match &wish.body {
            OperationBody::InvokeHostFunction(op) => self.invoke(op.clone(), &wish),
            OperationBody::ExtendFootprintTtl(op) => self.extend(op, &wish.footprint.read_only),
            OperationBody::RestoreFootprint(_) => self.restore(&wish.footprint.read_write),
            _ => Err("nothing of it concerns contracts".into()),
        }
    }

    fn invoke(&self, op: InvokeHostFunctionOp, wish: &Wish) -> Result<Simulated, String> {
        let mut reserves = SimulationAdjustmentConfig::default_adjustment();
        reserves.instructions.additive_factor =
            reserves.instructions.additive_factor.max(wish.leeway);
        let auth = match wish.auth {
            AuthMode::Enforce => HostAuth::Enforcing(op.auth.into_vec()),
            AuthMode::Record => HostAuth::recording(true, wish.upgraded_auth),
            AuthMode::RecordAllowNonroot => HostAuth::recording(false, wish.upgraded_auth),
        };
        let source: Rc<dyn SnapshotSource> = self.source.clone();
        let (prices, info, function) = (&self.prices, &self.info, op.host_function);
        let told = simulate_invoke_host_function_op(
            source,
            prices,
            &reserves,
            info,
            function,
            auth,
            &wish.source,
            self.seed,
            true,
        )
        .map_err(|error| format!("{error:?}"))?;
        let mut simulated = Simulated {
            data: told.transaction_data,
            events: told.diagnostic_events,
            changes: told
                .modified_entries
                .into_iter()
                .map(|diff| (diff.state_before, diff.state_after))
                .collect(),
            ..Simulated::default()
        };
        match told.invoke_result {
            Ok(value) => simulated.returned = Some((value, told.auth)),
            Err(error) => simulated.error = Some(describe(&error, &simulated.events)),
        }
        Ok(simulated)
    }

    fn extend(&self, op: &ExtendFootprintTtlOp, keys: &[LedgerKey]) -> Result<Simulated, String> {
        let reserves = SimulationAdjustmentConfig::default_adjustment();
        let source = AutoRestoringSnapshotSource::new(self.source.clone(), &self.info)
            .map_err(|error| format!("{error:?}"))?;
        let told = simulate_extend_ttl_op(
            &source,
            &self.prices,
            &reserves,
            &self.info,
            keys,
            op.extend_to,
        )
        .map_err(|error| format!("{error:?}"))?;
        let before = source
            .simulate_restore_keys_op(&self.prices, &reserves, &self.info)
            .map_err(|error| format!("{error:?}"))?;
        Ok(Simulated {
            data: Some(told.transaction_data),
            restore: before.map(|told| told.transaction_data),
            ..Simulated::default()
        })
    }

    fn restore(&self, keys: &[LedgerKey]) -> Result<Simulated, String> {
        let reserves = SimulationAdjustmentConfig::default_adjustment();
        let told = simulate_restore_op(
            self.source.as_ref(),
            &self.prices,
            &reserves,
            &self.info,
            keys,
        )
        .map_err(|error| format!("{error:?}"))?;
        Ok(Simulated {
            data: Some(told.transaction_data),
            ..Simulated::default()
        })
    }
}

/// In the reference server's words: the error, and what happened before it.
fn describe(error: &HostError, events: &[DiagnosticEvent]) -> String {
    let mut text = format!("HostError: {:?}\n", error.error);
    for (place, told) in events.iter().rev().enumerate() {
        let event = HostEvent {
            event: told.event.clone(),
            failed_call: false,
        };
        let heading = if place == 0 {
            "\nEvent log (newest first):\n"
        } else {
            ""
        };
        text += &format!("{heading}   {place}: {event}\n");
    }
    text
}

/// The last closed ledger, archived entries too.
struct Source(Arc<Ledger>);

impl SnapshotSource for Source {
    fn get(&self, key: &Rc<LedgerKey>) -> Result<Option<EntryWithLiveUntil>, HostError> {
        let entry = self.0.get(key);
        Ok(entry.map(|entry| (Rc::new(entry.clone()), find_ttl(self.0.as_ref(), key))))
    }
}
