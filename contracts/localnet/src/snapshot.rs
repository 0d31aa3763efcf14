//! The state of the network in one file: a line of JSON about it, a base64 line for each ledger entry, and a last line with
//! the digest of all before it. It appears whole or not at all: written beside, synced, then renamed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use localnet::{Ledger, Settings};
use serde_json::{json, Value};
use sha2::{Digest, Sha256};
use stellar_xdr::{LedgerEntry, LedgerHeader, Limits, ReadXdr, WriteXdr};

const FORMAT: &str = "passa-localnet-1";

pub struct Snapshot {
    pub ledger: Ledger,
    /// The file beside it that holds the closed ledgers.
    pub journal: String,
}

pub fn write(folder: &Path, ledger: &Ledger, journal: &str) -> io::Result<()> {
    let fresh = folder.join("snapshot.new");
    let mut out = BufWriter::new(File::create(&fresh)?);
    let mut digest = Sha256::new();
    let mut line = |text: String, out: &mut BufWriter<File>| {
        digest.update(&text);
        digest.update(b"\n");
        writeln!(out, "{text}")
    };
    line(head(ledger, journal)?.to_string(), &mut out)?;
    for entry in ledger.entries() {
        let text = entry
            .to_xdr_base64(Limits::none())
            .map_err(io::Error::other)?;
        line(text, &mut out)?;
    }
    writeln!(out, "{}", json!({ "sha256": hex(&digest.finalize()) }))?;
    out.into_inner()?.sync_all()?;
    fs::rename(&fresh, folder.join("snapshot"))?;
    File::open(folder)?.sync_all()
}

fn head(ledger: &Ledger, journal: &str) -> io::Result<Value> {
    let settings = ledger.settings();
    let header = (ledger.header().to_xdr_base64(Limits::none())).map_err(io::Error::other)?;
    Ok(json!({
        "format": FORMAT,
        "journal": journal,
        "passphrase": settings.passphrase,
        "protocolVersion": settings.protocol_version,
        "baseFee": settings.base_fee,
        "baseReserve": settings.base_reserve,
        "maxTxSetOps": settings.max_tx_set_ops,
        "header": header,
    }))
}

/// None when there is no snapshot yet.
pub fn read(folder: &Path) -> io::Result<Option<Snapshot>> {
    let path = folder.join("snapshot");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    parse(&text).map(Some).map_err(|why| {
        let what = format!(
            "{} is not a snapshot of a local network: {why}",
            path.display()
        );
        io::Error::new(io::ErrorKind::InvalidData, what)
    })
}

fn parse(text: &str) -> Result<Snapshot, String> {
    let body = text.strip_suffix('\n').ok_or("the end is missing")?;
    let (body, last) = body.rsplit_once('\n').ok_or("the end is missing")?;
    let told: Value = serde_json::from_str(last).map_err(|_| "the end is missing")?;
    if told["sha256"] != hex(&Sha256::digest(format!("{body}\n"))) {
        return Err("its digest does not fit".into());
    }
    let mut lines = body.lines();
    let head: Value =
        serde_json::from_str(lines.next().unwrap_or_default()).map_err(|e| e.to_string())?;
    if head["format"] != FORMAT {
        return Err(format!("its format is {}, not {FORMAT}", head["format"]));
    }
    let number = |name: &str| {
        let value = head[name].as_u64().and_then(|n| u32::try_from(n).ok());
        value.ok_or(format!("{name} is missing"))
    };
    let text = |name: &str| head[name].as_str().ok_or(format!("{name} is missing"));
    let settings = Settings {
        passphrase: text("passphrase")?.to_owned(),
        protocol_version: number("protocolVersion")?,
        base_fee: number("baseFee")?,
        base_reserve: number("baseReserve")?,
        max_tx_set_ops: number("maxTxSetOps")?,
    };
    let header = LedgerHeader::from_xdr_base64(text("header")?, Limits::none())
        .map_err(|e| e.to_string())?;
    let entries: Result<Vec<_>, _> = lines
        .map(|line| LedgerEntry::from_xdr_base64(line, Limits::none()))
        .collect();
    let ledger = Ledger::restore(settings, header, entries.map_err(|e| e.to_string())?);
    Ok(Snapshot {
        ledger,
        journal: text("journal")?.to_owned(),
    })
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
