//! Arguments of calls.
use stellar_xdr::*;

pub fn list(values: impl IntoIterator<Item = ScVal>) -> ScVal {
    let values: Vec<ScVal> = values.into_iter().collect();
    ScVal::Vec(Some(ScVec(values.try_into().expect("a short list"))))
}

pub fn address(of: &ScAddress) -> ScVal {
    ScVal::Address(of.clone())
}

pub fn addresses(all: &[ScAddress]) -> ScVal {
    list(all.iter().map(address))
}

pub fn amount(of: i64) -> ScVal {
    ScVal::I128(Int128Parts {
        hi: of >> 63,
        lo: of as u64,
    })
}

/// 32 bytes that are no other number's.
pub fn reference(number: u8) -> ScVal {
    ScVal::Bytes(ScBytes(vec![number; 32].try_into().expect("32 bytes")))
}

pub fn numbers(of: impl IntoIterator<Item = u32>) -> ScVal {
    list(of.into_iter().map(ScVal::U32))
}

pub fn symbol(of: &str) -> ScVal {
    ScVal::Symbol(ScSymbol(of.try_into().expect("a short name")))
}

pub fn text(of: &str) -> ScVal {
    ScVal::String(ScString(of.try_into().expect("a short text")))
}

/// Fields in the order of their names.
pub fn record(fields: &[(&str, ScVal)]) -> ScVal {
    let fields: Vec<ScMapEntry> = fields
        .iter()
        .map(|(name, val)| ScMapEntry {
            key: ScVal::Symbol(ScSymbol((*name).try_into().expect("a name of a field"))),
            val: val.clone(),
        })
        .collect();
    ScVal::Map(Some(ScMap(fields.try_into().expect("few fields"))))
}
