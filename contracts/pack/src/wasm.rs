//! The sections of a Wasm file.
use wasmparser::{Parser, Payload};

const HEADER: usize = 8; // magic and version
const CUSTOM: u8 = 0;
const SPEC: &str = "contractspecv0";
/// Custom sections that the network or its tools read. All others are the compiler's own.
const KEPT: [&str; 2] = ["contractenvmetav0", "contractmetav0"];

/// Unsigned LEB128.
fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn push_section(out: &mut Vec<u8>, id: u8, bytes: &[u8]) {
    out.push(id);
    push_number(out, bytes.len());
    out.extend_from_slice(bytes);
}

pub fn push_custom(out: &mut Vec<u8>, name: &str, data: &[u8]) {
    let mut bytes = Vec::new();
    push_number(&mut bytes, name.len());
    bytes.extend_from_slice(name.as_bytes());
    bytes.extend_from_slice(data);
    push_section(out, CUSTOM, &bytes);
}

/// The same program with this spec, and nothing beside what the network reads.
pub fn with_spec(built: &[u8], spec: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = built.get(..HEADER).ok_or("no Wasm file")?.to_vec();
    for payload in Parser::new(0).parse_all(built) {
        let payload = payload.map_err(|error| error.to_string())?;
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        match &payload {
            Payload::CustomSection(section) if KEPT.contains(&section.name()) => {
                push_custom(&mut out, section.name(), section.data());
            }
            Payload::CustomSection(_) => {}
            _ => push_section(&mut out, id, &built[range]),
        }
    }
    push_custom(&mut out, SPEC, spec);
    Ok(out)
}
