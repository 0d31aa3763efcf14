//! Tells whoever started us where we listen: on standard output, and in a file for those who look later.
//! The file names the process by its id and start time, so that a reader can tell it from a later process with that id.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde_json::json;

use crate::options::Options;

pub struct Announcement {
    pub line: String,
    file: Option<PathBuf>,
}

impl Announcement {
    pub fn new(options: &Options, rpc: &str, friendbot: &str) -> io::Result<Announcement> {
        let facts = json!({
            "rpc": rpc,
            "friendbot": friendbot,
            "passphrase": options.settings.passphrase,
            "pid": std::process::id(),
            "started": start_time()?,
        });
        let line = format!("{facts}\n");
        if let Some(file) = &options.announce {
            let fresh = file.with_extension("new");
            fs::write(&fresh, &line)?;
            fs::rename(&fresh, file)?;
        }
        Ok(Announcement {
            line,
            file: options.announce.clone(),
        })
    }
}

impl Drop for Announcement {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            // Already gone is as good.
            fs::remove_file(file).unwrap_or_default();
        }
    }
}

/// Field 22 of /proc/self/stat. The name in field 2 may hold blanks, so the count begins behind it.
fn start_time() -> io::Result<u64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let behind_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let started = behind_name
        .split(' ')
        .nth(19)
        .and_then(|ticks| ticks.parse().ok());
    started.ok_or_else(|| io::Error::other("/proc/self/stat cannot be read"))
}
