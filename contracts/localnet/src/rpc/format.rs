//! XDR in an answer: base64 in a field ...Xdr, or SEP-51 JSON in a field ...Json.

use serde::Serialize;
use serde_json::{Map, Value};
use stellar_xdr::{Limits, WriteXdr};

use super::RpcError;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Base64,
    Json,
}

impl Format {
    /// As a request names it; base64 when it does not.
    pub fn named(text: &str) -> Result<Format, String> {
        match text {
            "" | "base64" => Ok(Format::Base64),
            "json" => Ok(Format::Json),
            other => Err(format!(
                "got '{other}': expected base64, json for optional 'xdrFormat'"
            )),
        }
    }

    pub fn show<T: WriteXdr + Serialize>(self, value: &T) -> Result<Value, RpcError> {
        match self {
            Format::Base64 => Ok(value.to_xdr_base64(Limits::none())?.into()),
            Format::Json => serde_json::to_value(value).map_err(RpcError::internal),
        }
    }

    pub fn show_all<T: WriteXdr + Serialize>(self, values: &[T]) -> Result<Value, RpcError> {
        values.iter().map(|value| self.show(value)).collect()
    }

    pub fn name(self, stem: &str) -> String {
        match self {
            Format::Base64 => format!("{stem}Xdr"),
            Format::Json => format!("{stem}Json"),
        }
    }

    /// Puts the value under its name in this format.
    pub fn put<T: WriteXdr + Serialize>(
        self,
        fields: &mut Map<String, Value>,
        stem: &str,
        value: &T,
    ) -> Result<(), RpcError> {
        fields.insert(self.name(stem), self.show(value)?);
        Ok(())
    }
}
