//! simulateTransaction: what a call of a contract would do and cost. What is wrong with it is told inside the result.

use localnet::{AuthMode, Simulated, Wish};
use serde_json::{Map, Value};
use stellar_xdr::{
    FeeBumpTransactionInnerTx, LedgerEntry, LedgerFootprint, Limits, Memo, Operation,
    OperationBody, ReadXdr, Transaction, TransactionEnvelope, TransactionExt,
};

use super::format::Format;
use super::params::Params;
use super::{Answer, Facts, RpcError};
use crate::node::Node;

/// What one transaction may take when decoded: bytes, and levels of nesting.
const LIMITS: Limits = Limits {
    depth: 500,
    len: 1024 * 1024,
};

pub fn answer(node: &mut Node, params: &Params, _: &Facts) -> Answer {
    let format = match params.format() {
        Ok(format) => format,
        Err(error) => return Ok(refusal(error.message)),
    };
    let text = params.text("transaction")?;
    let leeway = params
        .object("resourceConfig", "ResourceConfig")?
        .number("instructionLeeway")?;
    let upgraded_auth = params.flag("useUpgradedAuth")?;
    let mode = params.text("authMode")?;
    let Ok(envelope) = TransactionEnvelope::from_xdr_base64(text, LIMITS) else {
        return Ok(refusal("Could not unmarshal transaction"));
    };
    let wish = read(&envelope, mode).map(|wish| Wish {
        upgraded_auth,
        leeway: leeway.map_or(0, |most| u32::try_from(most).unwrap_or(u32::MAX)),
        ..wish
    });
    match wish {
        Err(why) => Ok(refusal(why)),
        Ok(wish) => show(
            node.ledger.simulate(wish),
            format,
            node.ledger.header().ledger_seq,
        ),
    }
}

fn refusal(why: impl Into<String>) -> Value {
    serde_json::json!({ "error": why.into(), "latestLedger": 0 })
}

fn transaction(envelope: &TransactionEnvelope) -> Option<&Transaction> {
    match envelope {
        TransactionEnvelope::Tx(told) => Some(&told.tx),
        TransactionEnvelope::TxFeeBump(told) => {
            let FeeBumpTransactionInnerTx::Tx(inner) = &told.tx.inner_tx;
            Some(&inner.tx)
        }
        TransactionEnvelope::TxV0(_) => None,
    }
}

fn read(envelope: &TransactionEnvelope, mode: &str) -> Result<Wish, String> {
    let tx = transaction(envelope).ok_or("Could not unmarshal transaction")?;
    let [operation] = tx.operations.as_slice() else {
        return Err("Transaction contains more than one operation".into());
    };
    if tx.memo != Memo::None {
        return Err(
            "Transaction contains a memo. Soroban transactions do not support memos.".into(),
        );
    }
    let auth = read_mode(operation, mode)?;
    let source = operation
        .source_account
        .as_ref()
        .unwrap_or(&tx.source_account);
    Ok(Wish {
        source: source.clone().account_id(),
        body: operation.body.clone(),
        footprint: read_footprint(tx, operation)?,
        auth,
        upgraded_auth: false,
        leeway: 0,
    })
}

fn read_mode(operation: &Operation, mode: &str) -> Result<AuthMode, String> {
    let named = match mode {
        "" => None,
        "enforce" => Some(AuthMode::Enforce),
        "record" => Some(AuthMode::Record),
        "record_allow_nonroot" => Some(AuthMode::RecordAllowNonroot),
        _ => return Err(
            "optional 'authMode' must be one of enforce,record,record_allow_nonroot when included"
                .into(),
        ),
    };
    match &operation.body {
        OperationBody::InvokeHostFunction(op) => match named {
            Some(AuthMode::Record | AuthMode::RecordAllowNonroot) if !op.auth.is_empty() => Err(
                format!("cannot set authMode to '{mode}' with an auth footprint"),
            ),
            Some(named) => Ok(named),
            None if op.auth.is_empty() => Ok(AuthMode::Record),
            None => Ok(AuthMode::Enforce),
        },
        OperationBody::ExtendFootprintTtl(_) | OperationBody::RestoreFootprint(_)
            if named.is_none() =>
        {
            Ok(AuthMode::Enforce)
        }
        OperationBody::ExtendFootprintTtl(_) | OperationBody::RestoreFootprint(_) => {
            Err("cannot set authMode with non-InvokeHostFunction operations".into())
        }
        other => Err(format!(
            "transaction contains unsupported operation type: OperationType{}",
            other.discriminant().name()
        )),
    }
}

fn read_footprint(tx: &Transaction, operation: &Operation) -> Result<LedgerFootprint, String> {
    match (&operation.body, &tx.ext) {
        (OperationBody::InvokeHostFunction(_), _) => Ok(LedgerFootprint::default()),
        (_, TransactionExt::V1(data)) => Ok(data.resources.footprint.clone()),
        _ => Err("To perform a SimulateTransaction for ExtendFootprintTtl or RestoreFootprint operations, \
                  SorobanTransactionData must be provided"
            .into()),
    }
}

fn show(simulated: Simulated, format: Format, latest: u32) -> Answer {
    let mut fields = Map::new();
    if let Some(error) = simulated.error {
        fields.insert("error".into(), error.into());
    }
    if let Some(data) = &simulated.data {
        fields.insert(format.suffixed("transactionData"), format.show(data)?);
    }
    if !simulated.events.is_empty() {
        fields.insert(
            format.suffixed("events"),
            format.show_all(&simulated.events)?,
        );
    }
    if let Some(data) = &simulated.data {
        fields.insert(
            "minResourceFee".into(),
            data.resource_fee.to_string().into(),
        );
    }
    if let Some((value, auth)) = &simulated.returned {
        let name = if format == Format::Json {
            "returnValueJson"
        } else {
            "xdr"
        };
        let mut result = Map::new();
        result.insert(format.suffixed("auth"), format.show_all(auth)?);
        result.insert(name.into(), format.show(value)?);
        fields.insert("results".into(), vec![Value::Object(result)].into());
    }
    if let Some(data) = &simulated.restore {
        let mut preamble = Map::new();
        preamble.insert(format.suffixed("transactionData"), format.show(data)?);
        preamble.insert(
            "minResourceFee".into(),
            data.resource_fee.to_string().into(),
        );
        fields.insert("restorePreamble".into(), preamble.into());
    }
    let told = |(before, after): &(Option<_>, Option<_>)| {
        show_change(before.as_ref(), after.as_ref(), format).transpose()
    };
    let changes: Vec<_> = simulated
        .changes
        .iter()
        .filter_map(told)
        .collect::<Result<_, _>>()?;
    if !changes.is_empty() {
        fields.insert("stateChanges".into(), changes.into());
    }
    fields.insert("latestLedger".into(), latest.into());
    Ok(fields.into())
}

/// None: it was neither there before nor is it now.
fn show_change(
    before: Option<&LedgerEntry>,
    after: Option<&LedgerEntry>,
    format: Format,
) -> Result<Option<Value>, RpcError> {
    let (kind, entry) = match (before, after) {
        (Some(entry), Some(_)) => ("updated", entry),
        (Some(entry), None) => ("deleted", entry),
        (None, Some(entry)) => ("created", entry),
        (None, None) => return Ok(None),
    };
    let mut fields = Map::new();
    fields.insert("type".into(), kind.into());
    fields.insert(format.suffixed("key"), format.show(&entry.to_key())?);
    for (name, state) in [("before", before), ("after", after)] {
        let shown = state.map(|entry| format.show(entry)).transpose()?;
        fields.insert(format.suffixed(name), shown.unwrap_or(Value::Null));
    }
    Ok(Some(fields.into()))
}
