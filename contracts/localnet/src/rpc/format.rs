//! XDR in an answer: base64 in a field ...Xdr, or SEP-51 JSON in a field ...Json.

use serde::Serialize;
use serde_json::{Map, Value};
use stellar_xdr::{Limits, WriteXdr};

use super::RpcError;

/// Unix seconds as RFC 3339 has them, in UTC. The days are counted as Hinnant's civil_from_days does: years begin in March.
pub fn time(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let (day, month) = (
        day_of_year - (153 * shifted + 2) / 5 + 1,
        if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        },
    );
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

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

    /// Where base64 goes by the bare name.
    pub fn suffixed(self, name: &str) -> String {
        match self {
            Format::Base64 => name.to_owned(),
            Format::Json => format!("{name}Json"),
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
