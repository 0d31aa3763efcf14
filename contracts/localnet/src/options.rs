//! The command line of localnet. Few words, read by hand: no library for eight flags.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use localnet::Settings;
use stellar_xdr::ConfigSettingEntry;

use crate::node::Pace;

pub const USAGE: &str = "\
localnet: a local Stellar network in one program

  --host ADDRESS       where to listen (127.0.0.1)
  --port N             port, 0 for any free one (8000)
  --data FOLDER        keep the network there and continue it; without: in memory only
  --announce FILE      write the line of JSON there too, and remove the file at the end
  --passphrase TEXT    of the network (Standalone Network ; February 2017)
  --limits FILE        settings for contracts, as JSON, in place of mainnet's from this start on
  --close-every TIME   time between ledgers, as 1s or 5s (1s)
  --manual             close ledgers only on demand; with --control
  --control            answer localnet_close, localnet_faults and the like: for tests
  --version, --help

When ready it prints one line of JSON: rpc, friendbot, passphrase, pid,
started (the start time of the process in clock ticks since the machine started). TERM and INT end it with a snapshot.
";

pub struct Options {
    pub host: IpAddr,
    pub port: u16,
    pub data: Option<PathBuf>,
    pub announce: Option<PathBuf>,
    pub pace: Pace,
    pub control: bool,
    pub settings: Settings,
    /// What contracts may use and what it costs, where that is not as on mainnet.
    pub limits: Vec<ConfigSettingEntry>,
}

pub enum Wish {
    Run(Options),
    Help,
    Version,
}

pub fn parse(words: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut options = defaults();
    let mut words = words;
    while let Some(word) = words.next() {
        let (name, mut given) = match word.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (word, None),
        };
        let mut value = || {
            let next = given.take().or_else(|| words.next());
            next.ok_or(format!("{name} needs a value"))
        };
        match name.as_str() {
            "--help" | "-h" => return Ok(Wish::Help),
            "--version" => return Ok(Wish::Version),
            "--host" => options.host = read(&name, &value()?, "an IP address")?,
            "--port" => options.port = read(&name, &value()?, "a number from 0 to 65535")?,
            "--data" => options.data = Some(PathBuf::from(value()?)),
            "--announce" => options.announce = Some(PathBuf::from(value()?)),
            "--passphrase" => options.settings.passphrase = value()?,
            "--limits" => options.limits = limits(&value()?)?,
            "--close-every" => options.pace = Pace::Every(seconds(&value()?)?),
            "--manual" => options.pace = Pace::Manual,
            "--control" => options.control = true,
            _ => return Err(format!("unknown option {name}")),
        }
    }
    Ok(Wish::Run(options))
}

fn defaults() -> Options {
    Options {
        host: IpAddr::from([127, 0, 0, 1]),
        port: 8000,
        data: None,
        announce: None,
        pace: Pace::Every(Duration::from_secs(1)),
        control: false,
        settings: Settings {
            passphrase: "Standalone Network ; February 2017".into(),
            protocol_version: 28,
            base_fee: 100,
            base_reserve: 5_000_000,
            max_tx_set_ops: 1000,
        },
        limits: Vec::new(),
    }
}

fn read<T: std::str::FromStr>(name: &str, text: &str, wanted: &str) -> Result<T, String> {
    (text.parse()).map_err(|_| format!("{name} {text}: needs {wanted}"))
}

/// A list of settings in the JSON form of XDR (SEP-51), as src/ledger/soroban/mainnet.json has them.
fn limits(path: &str) -> Result<Vec<ConfigSettingEntry>, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("--limits {path}: {error}"))?;
    serde_json::from_str(&text).map_err(|error| {
        format!("--limits {path}: needs a list of ConfigSettingEntry as JSON: {error}")
    })
}

/// Close times are whole seconds and always rise, so a shorter pace would outrun the clock.
fn seconds(text: &str) -> Result<Duration, String> {
    let digits = text.strip_suffix('s').unwrap_or(text);
    match digits.parse() {
        Ok(seconds @ 1..=3600) => Ok(Duration::from_secs(seconds)),
        _ => Err(format!(
            "--close-every {text}: needs whole seconds from 1s to 3600s"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Wish, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    fn run(line: &str) -> Options {
        match parsed(line) {
            Ok(Wish::Run(options)) => options,
            Ok(_) => panic!("{line}: not a run"),
            Err(why) => panic!("{line}: {why}"),
        }
    }

    #[test]
    fn nothing_leaves_this_machine_unless_asked() {
        assert!(run("").host.is_loopback());
        assert_eq!(run("").port, 8000);
        assert!(!run("").control);
    }

    #[test]
    fn a_value_stands_behind_a_blank_or_an_equals_sign() {
        assert_eq!(run("--port 7 --close-every=5s").port, 7);
        assert_eq!(
            run("--close-every=5s").pace,
            Pace::Every(Duration::from_secs(5))
        );
        assert_eq!(
            run("--close-every 2").pace,
            Pace::Every(Duration::from_secs(2))
        );
    }

    #[test]
    fn what_cannot_be_is_refused_by_name() {
        for (line, why) in [
            ("--port", "--port needs a value"),
            (
                "--port 65536",
                "--port 65536: needs a number from 0 to 65535",
            ),
            ("--host here", "--host here: needs an IP address"),
            (
                "--close-every 0s",
                "--close-every 0s: needs whole seconds from 1s to 3600s",
            ),
            (
                "--close-every 100ms",
                "--close-every 100ms: needs whole seconds from 1s to 3600s",
            ),
            ("--loud", "unknown option --loud"),
        ] {
            assert_eq!(parsed(line).err().as_deref(), Some(why));
        }
    }
}
