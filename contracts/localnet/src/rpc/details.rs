//! What getTransaction and getTransactions tell of a transaction alike.

use serde_json::{Map, Value};
use stellar_xdr::{
    ContractEvent, DiagnosticEvent, OperationMetaV2, TransactionEvent, TransactionMeta,
};

use super::format::Format;
use super::RpcError;
use crate::history::Included;

pub type Fields = Map<String, Value>;

pub fn put_status(fields: &mut Fields, transaction: &Included) {
    let status = if transaction.is_successful() {
        "SUCCESS"
    } else {
        "FAILED"
    };
    fields.insert("status".into(), status.into());
}

/// Everything from applicationOrder to events.
pub fn put_details(
    fields: &mut Fields,
    transaction: &Included,
    format: Format,
) -> Result<(), RpcError> {
    fields.insert("applicationOrder".into(), transaction.order.into());
    fields.insert("feeBump".into(), transaction.is_fee_bump().into());
    format.put(fields, "envelope", &transaction.envelope)?;
    format.put(fields, "result", &transaction.result)?;
    format.put(fields, "resultMeta", &transaction.meta)?;
    let events = Events::of(&transaction.meta);
    if !events.diagnostic.is_empty() {
        fields.insert(
            format.name("diagnosticEvents"),
            format.show_all(events.diagnostic)?,
        );
    }
    fields.insert("events".into(), events.show(format)?);
    Ok(())
}

struct Events<'a> {
    transaction: &'a [TransactionEvent],
    operations: &'a [OperationMetaV2],
    diagnostic: &'a [DiagnosticEvent],
}

impl Events<'_> {
    fn of(meta: &TransactionMeta) -> Events<'_> {
        match meta {
            TransactionMeta::V4(v4) => Events {
                transaction: &v4.events,
                operations: &v4.operations,
                diagnostic: &v4.diagnostic_events,
            },
            _ => Events {
                transaction: &[],
                operations: &[],
                diagnostic: &[],
            },
        }
    }

    /// Empty lists are left out; an operation without events is an empty list in its place.
    fn show(&self, format: Format) -> Result<Value, RpcError> {
        let mut fields = Fields::new();
        if !self.transaction.is_empty() {
            fields.insert(
                format.name("transactionEvents"),
                format.show_all(self.transaction)?,
            );
        }
        if !self.operations.is_empty() {
            let of_operation = |o: &OperationMetaV2| format.show_all::<ContractEvent>(&o.events);
            let lists: Value = self
                .operations
                .iter()
                .map(of_operation)
                .collect::<Result<_, _>>()?;
            fields.insert(format.name("contractEvents"), lists);
        }
        Ok(fields.into())
    }
}
