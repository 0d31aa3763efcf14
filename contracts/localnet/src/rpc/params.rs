//! Named parameters, read one by one. A missing one is empty, as in the reference server; a wrong type is refused in its
//! words, which are those of its language (Go, encoding/json) and name the type it reads into.

use serde_json::{Map, Value};

use super::format::Format;
use super::RpcError;

/// The type a method's parameters are read into.
#[derive(Clone, Copy, Default)]
pub struct Shape {
    pub name: &'static str,
    /// The fields in their order, where a list may stand for the object.
    pub in_order: &'static [&'static str],
}

#[derive(Default)]
pub struct Params {
    fields: Map<String, Value>,
    shape: &'static str,
    /// The field of the whole that holds the object, if it is not the whole itself.
    place: &'static str,
}

impl Params {
    pub fn new(value: Value, shape: Shape) -> Result<Params, RpcError> {
        let fields = match value {
            Value::Null => Map::default(),
            Value::Object(fields) => fields,
            Value::Array(items) if !shape.in_order.is_empty() => named(items, shape.in_order)?,
            other => {
                let (got, name) = (kind(&other), shape.name);
                return Err(invalid(format!(
                    "json: cannot unmarshal {got} into Go value of type protocol.{name}"
                )));
            }
        };
        Ok(Params {
            fields,
            shape: shape.name,
            place: "",
        })
    }

    /// A field's name may be written in any case; of two the later counts.
    fn get(&self, name: &str) -> Option<&Value> {
        let mut found = self.fields.iter().rev();
        found
            .find(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .filter(|value| !value.is_null())
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub fn text(&self, name: &str) -> Result<&str, RpcError> {
        match self.get(name) {
            None => Ok(""),
            Some(Value::String(text)) => Ok(text),
            Some(other) => Err(self.wrong(name, "string", other)),
        }
    }

    pub fn number(&self, name: &str) -> Result<Option<u64>, RpcError> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let number = value.as_u64().map(Some);
        number.ok_or_else(|| self.wrong(name, "uint", value))
    }

    pub fn small_number(&self, name: &str) -> Result<Option<u32>, RpcError> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let small = value.as_u64().and_then(|number| u32::try_from(number).ok());
        small
            .map(Some)
            .ok_or_else(|| self.wrong(name, "uint32", value))
    }

    pub fn list(&self, name: &str) -> Result<&[Value], RpcError> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err(self.wrong(name, "[]string", other)),
        }
    }

    pub fn texts(&self, name: &str) -> Result<Vec<&str>, RpcError> {
        let items = self.list(name)?.iter();
        items
            .map(|item| match item {
                Value::Null => Ok(""),
                Value::String(text) => Ok(text.as_str()),
                other => Err(self.wrong(name, "string", other)),
            })
            .collect()
    }

    pub fn flag(&self, name: &str) -> Result<bool, RpcError> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(other) => Err(self.wrong(name, "bool", other)),
        }
    }

    pub fn pagination(&self) -> Result<Params, RpcError> {
        self.object("pagination", "LedgerPaginationOptions")
    }

    /// `shape`: the type it is read into.
    pub fn object(&self, name: &'static str, shape: &'static str) -> Result<Params, RpcError> {
        match self.get(name) {
            None => Ok(Params::default()),
            Some(Value::Object(fields)) => Ok(Params {
                fields: fields.clone(),
                shape,
                place: name,
            }),
            Some(other) => Err(self.wrong(name, &format!("protocol.{shape}"), other)),
        }
    }

    pub fn format(&self) -> Result<Format, RpcError> {
        Format::named(self.text("xdrFormat")?).map_err(RpcError::params)
    }

    fn wrong(&self, name: &str, wanted: &str, got: &Value) -> RpcError {
        let got = match got {
            Value::Number(number) if wanted.starts_with("uint") => format!("number {number}"),
            other => kind(other).to_owned(),
        };
        let (shape, place) = (self.shape, self.place);
        let dot = if place.is_empty() { "" } else { "." };
        invalid(format!(
            "json: cannot unmarshal {got} into Go struct field {shape}.{place}{dot}{name} of type {wanted}"
        ))
    }
}

/// A list in place of the object: one value for each field.
fn named(items: Vec<Value>, names: &[&str]) -> Result<Map<String, Value>, RpcError> {
    if items.len() != names.len() {
        let (given, wanted) = (items.len(), names.len());
        return Err(invalid(format!(
            "[-32602] got {given} parameters, want {wanted}"
        )));
    }
    let names = names.iter().map(|name| (*name).to_owned());
    Ok(names.zip(items).collect())
}

fn invalid(why: String) -> RpcError {
    RpcError {
        data: Some(why.into()),
        ..RpcError::params("invalid parameters")
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
