//! An independent judge for passa's XDR codec: the Rust types of the network's own developers.
//!
//!   xdr-oracle random SEED COUNT TYPE...   random values, a line each: type, base64, SEP-51 JSON (tab-separated)
//!   xdr-oracle read                        lines "type<TAB>base64" from stdin, answered in the same form
//!   xdr-oracle time ROUNDS                 such lines again: how long their bytes take to be read and written, a round

use std::io::{self, BufRead, BufWriter, Write};
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Instant;

use arbitrary::Unstructured;
use serde::{de::DeserializeOwned, Serialize};
use stellar_xdr::{
    Limits, ReadXdr, TransactionEnvelope, TransactionMeta, TransactionResult, Type, TypeVariant,
    WriteXdr,
};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// Bytes of entropy a value is made from: enough for nested lists, small enough to stay readable.
const ENTROPY: usize = 2048;

/// SplitMix64: the same seed gives the same values everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn bytes(&mut self, size: usize) -> Vec<u8> {
        (0..size.div_ceil(8))
            .flat_map(|_| self.next().to_le_bytes())
            .take(size)
            .collect()
    }
}

fn line(out: &mut impl Write, name: &str, value: &Type) -> Fallible<()> {
    let base64 = value.to_xdr_base64(Limits::none())?;
    writeln!(out, "{name}\t{base64}\t{}", serde_json::to_string(value)?)?;
    Ok(())
}

/// `arbitrary` ignores the greatest length of lists, and a signed payload of no bytes has no valid strkey: such values
/// are refused by the types' own readers and are left out.
fn is_readable(variant: TypeVariant, value: &Type) -> Fallible<bool> {
    let from_xdr = Type::from_xdr_base64(
        variant,
        value.to_xdr_base64(Limits::none())?,
        Limits::none(),
    );
    let from_json = Type::from_json(variant, serde_json::to_string(value)?.as_bytes());
    Ok(from_xdr.is_ok() && from_json.is_ok())
}

fn random(seed: u64, count: usize, names: &[String]) -> Fallible<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (place, name) in names.iter().enumerate() {
        let variant = TypeVariant::from_str(name)?;
        let mut generator = SplitMix(seed ^ ((place as u64) << 32));
        let mut made = 0;
        while made < count {
            let entropy = generator.bytes(ENTROPY);
            let Ok(value) = Type::arbitrary(variant, &mut Unstructured::new(&entropy)) else {
                continue;
            };
            made += 1;
            if is_readable(variant, &value)? {
                line(&mut out, name, &value)?;
            }
        }
    }
    Ok(())
}

fn read() -> Fallible<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for asked in io::stdin().lock().lines() {
        let asked = asked?;
        let (name, base64) = asked.split_once('\t').ok_or("need type<TAB>base64")?;
        let variant = TypeVariant::from_str(name)?;
        match Type::from_xdr_base64(variant, base64, Limits::none()) {
            Ok(value) => line(&mut out, name, &value)?,
            Err(error) => writeln!(out, "{name}\trefused\t{error}")?,
        }
    }
    Ok(())
}

/// What C++ is held against (tests/bench/stellar_xdr.cpp): the same limits, and the same work on each value.
const BOUNDS: Limits = Limits {
    depth: 500,
    len: 16 << 20,
};

/// Bytes and JSON of a value, and the size of what is written again: nobody may leave the work out.
struct Timed {
    bytes: fn(&[u8]) -> Fallible<usize>,
    json: fn(&str) -> Fallible<usize>,
    xdr: Vec<u8>,
    text: String,
}

fn again<T: ReadXdr + WriteXdr>(bytes: &[u8]) -> Fallible<usize> {
    Ok(T::from_xdr(bytes, BOUNDS)?.to_xdr(BOUNDS)?.len())
}

fn again_as_json<T: Serialize + DeserializeOwned>(text: &str) -> Fallible<usize> {
    Ok(serde_json::to_string(&serde_json::from_str::<T>(text)?)?.len())
}

fn timed<T: ReadXdr + WriteXdr + Serialize + DeserializeOwned>(base64: &str) -> Fallible<Timed> {
    let value = T::from_xdr_base64(base64, BOUNDS)?;
    Ok(Timed {
        bytes: again::<T>,
        json: again_as_json::<T>,
        xdr: value.to_xdr(BOUNDS)?,
        text: serde_json::to_string(&value)?,
    })
}

/// Prints the seconds of the best round: for bytes, and for JSON.
fn time(rounds: usize) -> Fallible<()> {
    let mut values = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (name, base64) = line.split_once('\t').ok_or("need type<TAB>base64")?;
        values.push(match name {
            "TransactionEnvelope" => timed::<TransactionEnvelope>(base64)?,
            "TransactionResult" => timed::<TransactionResult>(base64)?,
            "TransactionMeta" => timed::<TransactionMeta>(base64)?,
            _ => return Err(format!("no {name} is timed").into()),
        });
    }
    let best = |work: &dyn Fn(&Timed) -> Fallible<bool>| -> Fallible<f64> {
        let mut best = f64::MAX;
        for _ in 0..rounds {
            let start = Instant::now();
            for value in &values {
                if !work(value)? {
                    return Err("not written as it was read".into());
                }
            }
            best = best.min(start.elapsed().as_secs_f64());
        }
        Ok(best)
    };
    let bytes = best(&|value| Ok((value.bytes)(&value.xdr)? == value.xdr.len()))?;
    let json = best(&|value| Ok((value.json)(&value.text)? == value.text.len()))?;
    println!("{bytes:.6} {json:.6}");
    Ok(())
}

fn run(arguments: &[String]) -> Fallible<()> {
    match arguments {
        [mode, seed, count, names @ ..] if mode == "random" => {
            random(seed.parse()?, count.parse()?, names)
        }
        [mode] if mode == "read" => read(),
        [mode, rounds] if mode == "time" => time(rounds.parse()?),
        _ => Err("usage: xdr-oracle random SEED COUNT TYPE... | read | time ROUNDS".into()),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xdr-oracle: {error}");
            ExitCode::FAILURE
        }
    }
}
