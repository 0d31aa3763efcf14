//! Named parameters, read one by one. A missing one is empty, as in the reference server; a wrong type is an error.

use serde_json::{Map, Value};

use super::format::Format;
use super::RpcError;

#[derive(Default)]
pub struct Params(Map<String, Value>);

impl Params {
    pub fn new(value: Value) -> Result<Params, RpcError> {
        match value {
            Value::Null => Ok(Params::default()),
            Value::Object(fields) => Ok(Params(fields)),
            _ => Err(RpcError::params(
                "invalid parameters: need an object of named parameters, not an array",
            )),
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub fn text(&self, name: &str) -> Result<&str, RpcError> {
        match self.get(name) {
            None => Ok(""),
            Some(Value::String(text)) => Ok(text),
            Some(other) => Err(wrong(name, "string", other)),
        }
    }

    pub fn number(&self, name: &str) -> Result<Option<u64>, RpcError> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        value
            .as_u64()
            .map(Some)
            .ok_or_else(|| wrong(name, "unsigned number", value))
    }

    pub fn small_number(&self, name: &str) -> Result<Option<u32>, RpcError> {
        let number = self.number(name)?;
        let small = number.map(u32::try_from).transpose();
        small.map_err(|_| wrong(name, "32-bit number", &Value::from(number)))
    }

    pub fn list(&self, name: &str) -> Result<&[Value], RpcError> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err(wrong(name, "array", other)),
        }
    }

    pub fn texts(&self, name: &str) -> Result<Vec<&str>, RpcError> {
        let items = self.list(name)?.iter();
        items
            .map(|item| {
                item.as_str()
                    .ok_or_else(|| wrong(name, "array of strings", item))
            })
            .collect()
    }

    pub fn object(&self, name: &str) -> Result<Option<Params>, RpcError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Object(fields)) => Ok(Some(Params(fields.clone()))),
            Some(other) => Err(wrong(name, "object", other)),
        }
    }

    pub fn format(&self) -> Result<Format, String> {
        match self.text("xdrFormat").map_err(|error| error.message)? {
            "" | "base64" => Ok(Format::Base64),
            "json" => Ok(Format::Json),
            other => Err(format!(
                "got '{other}': expected base64, json for optional 'xdrFormat'"
            )),
        }
    }
}

fn wrong(name: &str, wanted: &str, got: &Value) -> RpcError {
    let got = match got {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    RpcError::params(format!(
        "invalid parameters: {name} must be a {wanted}, not a {got}"
    ))
}
