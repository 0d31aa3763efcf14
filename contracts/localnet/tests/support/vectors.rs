//! Reads the recorded vectors.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use stellar_xdr::{LedgerEntry, LedgerEntryData, LedgerEntryExt, Limits, ReadXdr, WriteXdr};

pub fn vectors(name: &str) -> Value {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vectors");
    let text = fs::read_to_string(root.join(name)).expect("the vectors stand in tests/fixtures");
    serde_json::from_str(&text).expect("the vectors are JSON")
}

pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} is no text in {value}"))
}

pub fn number<T: TryFrom<u64>>(value: &Value, name: &str) -> T {
    let held = value[name].as_u64().and_then(|held| T::try_from(held).ok());
    held.unwrap_or_else(|| panic!("{name} is no number in {value}"))
}

pub fn decoded<T: ReadXdr>(base64: &str) -> T {
    T::from_xdr_base64(base64, Limits::none()).expect("the vectors are valid XDR")
}

pub fn encoded<T: WriteXdr>(value: &T) -> String {
    value
        .to_xdr_base64(Limits::none())
        .expect("what we built is valid XDR")
}

pub fn entry(value: &Value) -> LedgerEntry {
    LedgerEntry {
        last_modified_ledger_seq: number(value, "lastModifiedLedgerSeq"),
        data: decoded::<LedgerEntryData>(text(value, "xdr")),
        ext: decoded::<LedgerEntryExt>(text(value, "extXdr")),
    }
}
