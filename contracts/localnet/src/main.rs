//! localnet: one program that is a whole Stellar network, for tests and for people who want to try passa.
//! It starts the parts, tells where it listens, and on TERM or INT keeps the state for the next time.

mod announce;
mod faucet;
mod faults;
mod friendbot;
mod history;
mod http;
mod journal;
mod node;
mod options;
mod routes;
mod rpc;
mod snapshot;
mod store;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use localnet::Ledger;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::announce::Announcement;
use crate::history::History;
use crate::http::Server;
use crate::node::{Node, Pace, Shared};
use crate::options::{Options, Wish};
use crate::rpc::Facts;
use crate::store::Store;

/// A crash loses nothing (the journal has it); a snapshot now and then keeps the next start short.
const SNAPSHOT_EVERY: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    stop_at_panic();
    let wish = match options::parse(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(what) => {
            eprintln!("localnet: {what}\ntry: localnet --help");
            return ExitCode::from(2);
        }
    };
    let done = match wish {
        Wish::Help => say(options::USAGE),
        Wish::Version => say(concat!("localnet ", env!("CARGO_PKG_VERSION"), "\n")),
        Wish::Run(options) => run(options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("localnet: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A thread that dies half-way through a ledger must not leave the others to tell lies.
fn stop_at_panic() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        print(panic);
        std::process::abort();
    }));
}

fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn run(options: Options) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    let http = Server::bind(SocketAddr::new(options.host, options.port)).map_err(|error| {
        io::Error::new(
            error.kind(),
            format!(
                "cannot listen on {}:{}: {error}",
                options.host, options.port
            ),
        )
    })?;
    let node = open(&options)?;
    let url = format!("http://{}", http.address);
    let facts = Arc::new(Facts {
        friendbot: format!("{url}/friendbot"),
        control: options.control,
    });
    let shared = Arc::new(Shared::new(node));
    let ended = Arc::new(AtomicBool::new(false));
    let pulse = {
        let (shared, ended) = (shared.clone(), ended.clone());
        thread::spawn(move || beat(&shared, options.pace, &ended))
    };
    let stop = http.stopper();
    {
        let ended = ended.clone();
        thread::spawn(move || {
            signals.forever().next();
            ended.store(true, Ordering::SeqCst);
            stop();
        });
    }
    let announcement = Announcement::new(&options, &url, &facts.friendbot)?;
    say(&announcement.line)?;
    {
        let shared = shared.clone();
        http.serve(move |request| routes::answer(request, &shared, &facts));
    }
    ended.store(true, Ordering::SeqCst);
    pulse.thread().unpark();
    pulse
        .join()
        .map_err(|_| io::Error::other("the close loop died"))?;
    let mut node = shared.lock();
    node.snapshot()
}

fn open(options: &Options) -> io::Result<Node> {
    let settings = options.settings.clone();
    let mut node = match &options.data {
        None => {
            let mut ledger = Ledger::genesis(settings);
            ledger.settle(options.limits.clone());
            Node::new(ledger, History::default(), options.pace, None)
        }
        Some(folder) => {
            let mut opened = Store::open(folder, settings)?;
            if !options.limits.is_empty() {
                // On the disk before any ledger closes under them: the journal does not tell of them.
                opened.ledger.settle(options.limits.clone());
                opened.store.snapshot(&opened.ledger)?;
            }
            Node::new(
                opened.ledger,
                opened.history,
                options.pace,
                Some(opened.store),
            )
        }
    };
    // A reader wants a last ledger with all its facts, and the first ledger of a network has none.
    if node.history.latest().is_none() {
        node.close(Some(node::wall_clock()));
    } else if matches!(options.pace, Pace::Every(_)) {
        // The last ledger is as old as the pause was: whoever asks before the next would be told that the network stands still.
        node.close(None);
    }
    Ok(node)
}

/// Closes a ledger every period; sleeps until the end when ledgers are closed by hand.
fn beat(shared: &Shared, pace: Pace, ended: &AtomicBool) {
    let Pace::Every(period) = pace else {
        while !ended.load(Ordering::SeqCst) {
            thread::park();
        }
        return;
    };
    let mut next = Instant::now() + period;
    let mut last_snapshot = Instant::now();
    loop {
        while let Some(left) = next.checked_duration_since(Instant::now()) {
            if ended.load(Ordering::SeqCst) {
                return;
            }
            thread::park_timeout(left);
        }
        // After a pause of the whole machine we do not make up for what was missed.
        next = (next + period).max(Instant::now());
        let mut node = shared.lock();
        node.close(None);
        if last_snapshot.elapsed() >= SNAPSHOT_EVERY {
            last_snapshot = Instant::now();
            if let Err(error) = node.snapshot() {
                let _ = writeln!(
                    io::stderr(),
                    "localnet: cannot write a snapshot, the journal goes on: {error}"
                );
            }
        }
        drop(node);
        shared.announce_close();
    }
}
