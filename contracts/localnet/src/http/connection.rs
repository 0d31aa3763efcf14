//! One client's line: bytes as they arrive, never later than a deadline, and replies as they leave.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::Reply;

/// How long a client may take.
#[derive(Clone, Copy)]
pub struct Patience {
    /// For the next request, when it keeps its line open.
    pub idle: Duration,
    /// From a request's first byte to its last.
    pub request: Duration,
}

/// A whole request may take as long as at the reference server.
pub const USUAL: Patience = Patience {
    idle: Duration::from_secs(60),
    request: Duration::from_secs(25),
};

/// For the next request, while many want to be served.
const CROWDED: Duration = Duration::from_secs(2);
/// For a reply to leave.
const WRITE: Duration = Duration::from_secs(25);
/// A client that still sends what nobody will read is listened to for so long, and so many bytes, that it hears why.
const FAREWELL: Duration = Duration::from_secs(2);
const FAREWELL_BYTES: usize = 16 * 1024 * 1024;

/// For a client to give up on a reply that never comes.
const SILENCE: Duration = Duration::from_secs(600);

const CHUNK: usize = 16 * 1024;

pub struct Connection {
    stream: TcpStream,
    patience: Patience,
    held: Vec<u8>,
    end: Instant,
}

impl Connection {
    pub fn new(stream: TcpStream, patience: Patience) -> Connection {
        Connection {
            stream,
            patience,
            held: Vec::new(),
            end: Instant::now(),
        }
    }

    /// Waits for the first byte of a request; false when none comes.
    pub fn next_begins(&mut self, is_crowded: bool) -> bool {
        let idle = self.patience.idle;
        self.end = Instant::now() + if is_crowded { idle.min(CROWDED) } else { idle };
        let begun = !self.held.is_empty() || matches!(self.fill(), Ok(size) if size > 0);
        self.end = Instant::now() + self.patience.request;
        begun
    }

    /// What has arrived and was not taken.
    pub fn held(&self) -> &[u8] {
        &self.held
    }

    /// Takes so many of the bytes that were held.
    pub fn take(&mut self, size: usize) -> Vec<u8> {
        let rest = self.held.split_off(size);
        std::mem::replace(&mut self.held, rest)
    }

    /// So many bytes are held when this is true; the line has ended when it is false.
    pub fn holds(&mut self, size: usize) -> io::Result<bool> {
        while self.held.len() < size {
            if self.fill()? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Waits for more; 0 at the end.
    pub fn fill(&mut self) -> io::Result<usize> {
        let left = self.end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        let mut chunk = [0; CHUNK];
        let size = match self.stream.read(&mut chunk) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return self.fill(),
            other => other?,
        };
        self.held.extend_from_slice(&chunk[..size]);
        Ok(size)
    }

    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.set_write_timeout(Some(WRITE))?;
        self.stream.write_all(bytes)
    }

    /// The head promises more than is sent.
    pub fn break_off(&mut self, reply: &Reply) -> io::Result<()> {
        let bytes = reply.to_bytes(false);
        self.write(&bytes[..bytes.len() - reply.body.len().div_ceil(2)])
    }

    /// Says nothing until the client has gone.
    pub fn fall_silent(&mut self) -> io::Result<()> {
        self.end = Instant::now() + SILENCE;
        while self.fill()? > 0 {
            self.held.clear();
        }
        Ok(())
    }

    /// The last reply on this line.
    pub fn part(&mut self, reply: &Reply) -> io::Result<()> {
        self.write(&reply.to_bytes(false))?;
        self.stream.shutdown(Shutdown::Write)?;
        self.end = Instant::now() + FAREWELL;
        let mut heard = 0;
        while heard < FAREWELL_BYTES && self.fill()? > 0 {
            heard += self.take(self.held.len()).len();
        }
        Ok(())
    }
}
