//! The network's folder: a snapshot of the state, and the journal of closed ledgers. After a crash the ledgers that the
//! snapshot does not know are closed again from the journal; each must come out with the hash it had.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

use localnet::{Ledger, Settings};
use stellar_xdr::LedgerCloseMeta;

use crate::history::{base_fees, envelopes, header_of, History, RETENTION};
use crate::journal::Journal;
use crate::snapshot;

pub struct Store {
    folder: PathBuf,
    journal: Journal,
    journal_name: String,
    /// Held for as long as the program runs: two networks in one folder would destroy each other.
    _lock: File,
}

/// What a start finds.
pub struct Opened {
    pub store: Store,
    pub ledger: Ledger,
    pub history: History,
}

impl Store {
    /// Continues the network of the folder, or begins one there.
    pub fn open(folder: &Path, settings: Settings) -> io::Result<Opened> {
        fs::create_dir_all(folder)?;
        let lock = lock(folder)?;
        let Some(found) = snapshot::read(folder)? else {
            return Store::begin(folder, lock, settings);
        };
        if found.ledger.settings().passphrase != settings.passphrase {
            let what = format!(
                "{} holds the network \"{}\", not \"{}\"",
                folder.display(),
                found.ledger.settings().passphrase,
                settings.passphrase
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        }
        let (journal, ledgers) = Journal::open(&folder.join(&found.journal))?;
        let mut ledger = found.ledger;
        replay(&mut ledger, &ledgers)?;
        let mut history = History::default();
        for meta in ledgers.iter().skip(ledgers.len().saturating_sub(RETENTION)) {
            history
                .append(meta, &ledger.network_id())
                .map_err(io::Error::other)?;
        }
        let store = Store {
            folder: folder.into(),
            journal,
            journal_name: found.journal,
            _lock: lock,
        };
        let mut opened = Opened {
            store,
            ledger,
            history,
        };
        if ledgers.len() > RETENTION {
            opened.store.shorten(&opened.ledger, &opened.history)?;
        }
        Ok(opened)
    }

    fn begin(folder: &Path, lock: File, settings: Settings) -> io::Result<Opened> {
        let ledger = Ledger::genesis(settings);
        let name = journal_name(0);
        let journal = Journal::create(&folder.join(&name))?;
        let store = Store {
            folder: folder.into(),
            journal,
            journal_name: name,
            _lock: lock,
        };
        store.snapshot(&ledger)?;
        Ok(Opened {
            store,
            ledger,
            history: History::default(),
        })
    }

    pub fn append(&mut self, closed: &LedgerCloseMeta) -> io::Result<()> {
        self.journal.append(closed)
    }

    pub fn snapshot(&self, ledger: &Ledger) -> io::Result<()> {
        self.journal.sync()?;
        snapshot::write(&self.folder, ledger, &self.journal_name)
    }

    /// The state was replaced: what the journal tells no longer leads to it.
    pub fn begin_anew(&mut self, ledger: &Ledger) -> io::Result<()> {
        self.turn_over(ledger, &History::default())
    }

    fn shorten(&mut self, ledger: &Ledger, history: &History) -> io::Result<()> {
        self.turn_over(ledger, history)
    }

    /// A new journal takes over in the moment in which the snapshot names it.
    fn turn_over(&mut self, ledger: &Ledger, history: &History) -> io::Result<()> {
        let name = journal_name(number_of(&self.journal_name) + 1);
        let mut journal = Journal::create(&self.folder.join(&name))?;
        for record in history.recent(RETENTION) {
            journal.append(&record.meta().map_err(io::Error::other)?)?;
        }
        journal.sync()?;
        snapshot::write(&self.folder, ledger, &name)?;
        let old = std::mem::replace(&mut self.journal_name, name);
        self.journal = journal;
        fs::remove_file(self.folder.join(old))
    }
}

fn journal_name(number: u32) -> String {
    format!("ledgers-{number}.xdr")
}

fn number_of(name: &str) -> u32 {
    let digits = name.trim_start_matches("ledgers-").trim_end_matches(".xdr");
    digits.parse().unwrap_or(0)
}

/// Closes again what was closed after the snapshot.
fn replay(ledger: &mut Ledger, journal: &[LedgerCloseMeta]) -> io::Result<()> {
    let known = ledger.header().ledger_seq;
    for meta in journal {
        let told = header_of(meta);
        let sequence = told.header.ledger_seq;
        if sequence <= known {
            continue;
        }
        let close_time = told.header.scp_value.close_time.0;
        let again = (sequence == ledger.header().ledger_seq + 1)
            .then(|| ledger.close_again(close_time, base_fees(meta), envelopes(meta)));
        if again.is_none_or(|again| again.header.hash != told.hash) {
            let what = format!("the journal does not continue the snapshot at ledger {sequence}");
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
    }
    Ok(())
}

fn lock(folder: &Path) -> io::Result<File> {
    let path = folder.join("in-use");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)?;
    // SAFETY: the descriptor is open for the length of the call.
    let taken = unsafe { libc::flock(file.as_raw_fd(), libc::LOCK_EX | libc::LOCK_NB) } == 0;
    if !taken {
        let what = format!("another local network runs in {}", folder.display());
        return Err(io::Error::new(io::ErrorKind::AddrInUse, what));
    }
    Ok(file)
}
