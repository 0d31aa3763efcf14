//! The running network: ledger, queue, history and friendbot behind one door, and the only place where a ledger closes.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use localnet::{ClosedLedger, Ledger, Queue, Submission};
use stellar_xdr::TransactionEnvelope;

use crate::faults::Faults;
use crate::friendbot::Friendbot;
use crate::history::History;
use crate::store::Store;

/// What makes the next ledger close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    Every(Duration),
    /// Only on demand; the network's clock is then the close time of its last ledger.
    Manual,
}

impl Pace {
    /// Seconds between ledgers. Who closes by hand closes a second apart, unless told otherwise.
    fn seconds(self) -> u64 {
        match self {
            Pace::Every(period) => period.as_secs(),
            Pace::Manual => 1,
        }
    }
}

pub struct Node {
    /// Shared with those who look at it as it is now: they keep theirs when ours goes on.
    pub ledger: Arc<Ledger>,
    pub history: History,
    pub friendbot: Friendbot,
    pub pace: Pace,
    pub faults: Faults,
    /// Ourselves when the faults were planned, if any of them looks back.
    pub past: Option<Box<Node>>,
    queue: Queue,
    store: Option<Store>,
}

/// Where the clients' view begins and ends. Times are unix seconds.
pub struct Range {
    pub latest: u32,
    pub latest_close_time: u64,
    pub oldest: u32,
    pub oldest_close_time: u64,
}

impl Node {
    pub fn new(ledger: Ledger, history: History, pace: Pace, store: Option<Store>) -> Node {
        Node {
            ledger: Arc::new(ledger),
            history,
            friendbot: Friendbot::default(),
            pace,
            faults: Faults::default(),
            past: None,
            queue: Queue::closing_every(pace.seconds()),
            store,
        }
    }

    /// A node that stands where we stand, keeps no files and hears of nothing more.
    pub fn left_behind(&self) -> Node {
        Node {
            queue: self.queue.clone(),
            ..Node::new(
                Ledger::clone(&self.ledger),
                self.history.clone(),
                self.pace,
                None,
            )
        }
    }

    pub fn range(&self) -> Range {
        let header = self.ledger.header();
        let close_time = header.scp_value.close_time.0;
        let oldest = self.history.oldest();
        Range {
            latest: header.ledger_seq,
            latest_close_time: close_time,
            oldest: oldest.map_or(header.ledger_seq, |l| l.sequence),
            oldest_close_time: oldest.map_or(close_time, |l| l.close_time),
        }
    }

    /// Unix seconds by the network's clock.
    pub fn now(&self) -> u64 {
        match self.pace {
            Pace::Manual => self.ledger.header().scp_value.close_time.0,
            Pace::Every(_) => wall_clock(),
        }
    }

    pub fn submit(&mut self, envelope: TransactionEnvelope) -> Submission {
        let now = self.now();
        self.queue.submit(&self.ledger, envelope, now)
    }

    /// Closes the next ledger with what is queued. Close times always rise (stellar-core: closeTime > that of the last ledger).
    /// A ledger that cannot be kept must not be shown to anybody: better no network than one that forgets.
    pub fn close(&mut self, close_time: Option<u64>) {
        let next = self.ledger.header().scp_value.close_time.0 + 1;
        let close_time = close_time.unwrap_or_else(|| self.now()).max(next);
        if let Some(envelope) = self.friendbot.next_transaction(&self.ledger) {
            match self.submit(envelope) {
                Submission::Pending => {}
                refusal => self.friendbot.was_refused(&refusal),
            }
        }
        let envelopes = self.queue.take_for_close(&self.ledger);
        let closed = Arc::make_mut(&mut self.ledger).close(close_time, envelopes);
        self.queue.after_close(&closed);
        if let Err(error) = self.remember(&closed) {
            // eprintln! would panic where even the log is on the full disk.
            let _ = writeln!(io::stderr(), "localnet: cannot keep the ledger: {error}");
            std::process::exit(1);
        }
        self.friendbot.after_close(&closed);
    }

    fn remember(&mut self, closed: &ClosedLedger) -> io::Result<()> {
        if let Some(store) = &mut self.store {
            store.append(&closed.meta)?;
        }
        (self.history.append(&closed.meta, &self.ledger.network_id())).map_err(io::Error::other)
    }

    /// Another network's state takes the place of ours; nothing of our past is left.
    pub fn replace(&mut self, ledger: Ledger) -> io::Result<()> {
        self.ledger = Arc::new(ledger);
        self.history = History::default();
        self.queue = Queue::closing_every(self.pace.seconds());
        self.friendbot = Friendbot::default();
        match &mut self.store {
            Some(store) => store.begin_anew(&self.ledger),
            None => Ok(()),
        }
    }

    pub fn snapshot(&mut self) -> io::Result<()> {
        match &mut self.store {
            Some(store) => store.snapshot(&self.ledger),
            None => Ok(()),
        }
    }

    pub fn is_stored(&self) -> bool {
        self.store.is_some()
    }
}

pub fn wall_clock() -> u64 {
    (SystemTime::now().duration_since(UNIX_EPOCH)).map_or(0, |since| since.as_secs())
}

/// The node as the threads of the program share it.
pub struct Shared {
    node: Mutex<Node>,
    closed: Condvar,
}

impl Shared {
    pub fn new(node: Node) -> Shared {
        Shared {
            node: Mutex::new(node),
            closed: Condvar::new(),
        }
    }

    /// A panic ends the whole program (main), so nobody ever sees a half-changed node.
    pub fn lock(&self) -> MutexGuard<'_, Node> {
        self.node.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn announce_close(&self) {
        self.closed.notify_all();
    }

    /// Waits for `ready` to give something, asking after every close; None when the time is up.
    pub fn wait<T>(
        &self,
        limit: Duration,
        mut ready: impl FnMut(&mut Node) -> Option<T>,
    ) -> Option<T> {
        let mut node = self.lock();
        let end = std::time::Instant::now() + limit;
        loop {
            if let Some(found) = ready(&mut node) {
                return Some(found);
            }
            let left = end.checked_duration_since(std::time::Instant::now())?;
            node = (self.closed.wait_timeout(node, left))
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}
