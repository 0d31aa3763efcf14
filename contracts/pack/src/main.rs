//! What stands between the compiler and the network. The SDK was told that the build strips the spec (see
//! scripts/contracts), so it left every type that any crate knows in the file; this keeps that promise.
//!
//!     pack BUILT.wasm PACKED.wasm    writes it; prints size and sha256
//!     pack --interface FILE.wasm     prints the spec, one entry a line
mod spec;
mod wasm;

use sha2::{Digest, Sha256};
use std::process::ExitCode;
use std::{env, fs};

/// contractMaxSizeBytes of mainnet.
const MOST_BYTES: usize = 128 * 1024;

fn read(path: &str) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{path}: {error}"))
}

fn packed(built: &[u8]) -> Result<Vec<u8>, String> {
    let entries = spec::of(built)?;
    let wasm = wasm::with_spec(built, &spec::bytes(&entries)?)?;
    if wasm.len() > MOST_BYTES {
        return Err(format!(
            "{} bytes: the network takes {MOST_BYTES}",
            wasm.len()
        ));
    }
    Ok(wasm)
}

fn write_packed(from: &str, to: &str) -> Result<(), String> {
    let built = read(from)?;
    let wasm = packed(&built).map_err(|error| format!("{from}: {error}"))?;
    fs::write(to, &wasm).map_err(|error| format!("{to}: {error}"))?;
    println!("{:>7} bytes  {:x}  {to}", wasm.len(), Sha256::digest(&wasm));
    Ok(())
}

fn print_interface(path: &str) -> Result<(), String> {
    for entry in spec::of(&read(path)?).map_err(|error| format!("{path}: {error}"))? {
        println!("{}", serde_json::json!(entry));
    }
    Ok(())
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["--interface", path] => print_interface(path),
        [from, to] => write_packed(from, to),
        _ => Err("usage: pack BUILT.wasm PACKED.wasm | pack --interface FILE.wasm".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pack: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests;
