//! What a contract says of itself: its functions, and the types and events that they use.
use soroban_spec::{read, shaking};
use std::collections::BTreeSet;
use stellar_xdr::{
    Limits, ScSpecEntry as Entry, ScSpecTypeDef as Type, ScSpecUdtUnionCaseV0 as Case, WriteXdr,
};

/// Functions first, then by name: the same source gives the same bytes, whatever order it was linked in.
fn place(entry: &Entry) -> (i32, String) {
    (entry.discriminant() as i32, name(entry))
}

fn name(entry: &Entry) -> String {
    match entry {
        Entry::FunctionV0(it) => it.name.to_string(),
        Entry::UdtStructV0(it) => it.name.to_string(),
        Entry::UdtUnionV0(it) => it.name.to_string(),
        Entry::UdtEnumV0(it) => it.name.to_string(),
        Entry::UdtErrorEnumV0(it) => it.name.to_string(),
        Entry::EventV0(it) => it.name.to_string(),
    }
}

/// Every type that an entry names itself.
fn types(entry: &Entry) -> Vec<&Type> {
    match entry {
        Entry::FunctionV0(it) => {
            let inputs = it.inputs.iter().map(|input| &input.type_);
            inputs.chain(it.outputs.iter()).collect()
        }
        Entry::UdtStructV0(it) => it.fields.iter().map(|field| &field.type_).collect(),
        Entry::UdtUnionV0(it) => {
            let cases = it.cases.iter().map(|case| match case {
                Case::VoidV0(_) => &[][..],
                Case::TupleV0(tuple) => tuple.type_.as_slice(),
            });
            cases.flatten().collect()
        }
        Entry::EventV0(it) => it.params.iter().map(|param| &param.type_).collect(),
        Entry::UdtEnumV0(_) | Entry::UdtErrorEnumV0(_) => Vec::new(),
    }
}

/// The names of our own types within one.
fn names_within(within: &Type, names: &mut BTreeSet<String>) {
    match within {
        Type::Udt(it) => drop(names.insert(it.name.to_string())),
        Type::Option(it) => names_within(&it.value_type, names),
        Type::Vec(it) => names_within(&it.element_type, names),
        Type::Result(it) => {
            names_within(&it.ok_type, names);
            names_within(&it.error_type, names);
        }
        Type::Map(it) => {
            names_within(&it.key_type, names);
            names_within(&it.value_type, names);
        }
        Type::Tuple(it) => it
            .value_types
            .iter()
            .for_each(|one| names_within(one, names)),
        _ => {}
    }
}

/// A caller can build every value that he is asked for.
fn require_whole(entries: &[Entry]) -> Result<(), String> {
    let told: BTreeSet<String> = entries.iter().map(name).collect();
    let mut named = BTreeSet::new();
    for used in entries.iter().flat_map(types) {
        names_within(used, &mut named);
    }
    match named.difference(&told).next() {
        Some(lost) => Err(format!("type {lost} is named and not told")),
        None => Ok(()),
    }
}

/// Sorted, without what the program does not use.
pub fn of(wasm: &[u8]) -> Result<Vec<Entry>, String> {
    let all = read::from_wasm(wasm).map_err(|error| error.to_string())?;
    let used = shaking::find_all(wasm);
    let mut entries: Vec<Entry> = shaking::filter(all, &used).collect();
    entries.sort_by_key(place);
    entries.dedup();
    require_whole(&entries)?;
    Ok(entries)
}

pub fn bytes(entries: &[Entry]) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.to_xdr(Limits::none());
        bytes.extend(entry.map_err(|error| error.to_string())?);
    }
    Ok(bytes)
}
