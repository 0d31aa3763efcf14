//! Every closed ledger, appended as it closes: LedgerCloseMeta in the framing of stellar-core's metadata stream (RFC 5531
//! record marks). A crash may tear the last record; it is cut off at the next start.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use stellar_xdr::{LedgerCloseMeta, Limits, ReadXdr, WriteXdr};

use crate::history::envelopes;

/// Marks the last (here: only) fragment of a record.
const LAST_FRAGMENT: u32 = 0x8000_0000;

pub struct Journal {
    file: File,
}

impl Journal {
    pub fn create(path: &Path) -> io::Result<Journal> {
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(true)
            .open(path)?;
        file.sync_all()?;
        Ok(Journal { file })
    }

    /// The journal, ready to be continued, and the ledgers in it, oldest first.
    pub fn open(path: &Path) -> io::Result<(Journal, Vec<LedgerCloseMeta>)> {
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let mut ledgers = Vec::new();
        let mut whole = 0;
        while let Some(record) = next_record(&bytes[whole..]) {
            let ledger = LedgerCloseMeta::from_xdr(record, Limits::none()).map_err(|error| {
                let what = format!("{} is damaged at byte {whole}: {error}", path.display());
                io::Error::new(io::ErrorKind::InvalidData, what)
            })?;
            ledgers.push(ledger);
            whole += 4 + record.len();
        }
        file.set_len(whole as u64)?;
        io::Seek::seek(&mut file, io::SeekFrom::End(0))?;
        Ok((Journal { file }, ledgers))
    }

    /// A ledger that carries transactions is on the disk when this returns.
    pub fn append(&mut self, ledger: &LedgerCloseMeta) -> io::Result<()> {
        let record = ledger.to_xdr(Limits::none()).map_err(io::Error::other)?;
        let size = u32::try_from(record.len())
            .ok()
            .filter(|size| size & LAST_FRAGMENT == 0);
        let mark = size.ok_or_else(|| io::Error::other("a ledger of 2 GiB"))? | LAST_FRAGMENT;
        let mut framed = mark.to_be_bytes().to_vec();
        framed.extend_from_slice(&record);
        self.file.write_all(&framed)?;
        match envelopes(ledger).is_empty() {
            true => Ok(()),
            false => self.file.sync_data(),
        }
    }

    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

/// None at the end, or where the rest is too short to be a record.
fn next_record(bytes: &[u8]) -> Option<&[u8]> {
    let mark = u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?);
    bytes.get(4..)?.get(..(mark & !LAST_FRAGMENT) as usize)
}
