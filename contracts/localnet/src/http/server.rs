//! Takes clients in: a thread for each, so that a slow one holds nobody else up, and never more than a limit.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::connection::{Connection, USUAL};
use super::{Leaves, Reply, Request};

/// Clients served at the same time; beyond it the answer is 503.
const MAX_CLIENTS: usize = 512;
/// Clients who are told so at the same time.
const MAX_AT_DOOR: usize = 64;
/// Deep values are read by recursion.
const STACK: usize = 8 * 1024 * 1024;
/// When the machine has no more descriptors, some may be free a little later.
const BREATH: Duration = Duration::from_millis(50);

pub struct Server {
    listener: TcpListener,
    pub address: SocketAddr,
    ended: Arc<AtomicBool>,
    clients: Arc<AtomicUsize>,
}

impl Server {
    pub fn bind(address: SocketAddr) -> io::Result<Server> {
        let listener = TcpListener::bind(address)?;
        Ok(Server {
            address: listener.local_addr()?,
            listener,
            ended: Arc::default(),
            clients: Arc::default(),
        })
    }

    /// Ends `serve` from another thread.
    pub fn stopper(&self) -> impl Fn() + Send + 'static {
        let (ended, address) = (self.ended.clone(), self.address);
        move || {
            ended.store(true, Ordering::SeqCst);
            // Wakes the one who waits for clients; if it cannot, the next client does.
            let _ = TcpStream::connect_timeout(&address, Duration::from_secs(1));
        }
    }

    pub fn serve(&self, answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) {
        let answer = Arc::new(answer);
        loop {
            let accepted = self.listener.accept();
            if self.ended.load(Ordering::SeqCst) {
                return;
            }
            match accepted {
                Ok((stream, _)) => self.welcome(stream, &answer),
                Err(_) => thread::sleep(BREATH),
            }
        }
    }

    fn welcome<A>(&self, stream: TcpStream, answer: &Arc<A>)
    where
        A: Fn(&Request) -> Reply + Send + Sync + 'static,
    {
        let seat = Seat::take(&self.clients);
        if seat.number > MAX_CLIENTS + MAX_AT_DOOR {
            return; // the closed line tells enough
        }
        let answer = answer.clone();
        let spawned = thread::Builder::new().stack_size(STACK).spawn(move || {
            let mut line = Connection::new(stream, USUAL);
            // A client that goes away in the middle is its own affair.
            let _ = match seat.number > MAX_CLIENTS {
                true => line.part(&Reply::empty(503)),
                false => attend(line, &*answer, || seat.is_crowded()),
            };
            drop(seat);
        });
        if spawned.is_err() {
            thread::sleep(BREATH); // no more threads: the line was closed
        }
    }
}

/// One client's requests, one after the other. Where many want in, nobody keeps a line that is not in use.
fn attend(
    mut line: Connection,
    answer: &impl Fn(&Request) -> Reply,
    is_crowded: impl Fn() -> bool,
) -> io::Result<()> {
    while line.next_begins(is_crowded()) {
        let request = match Request::read(&mut line) {
            Ok(request) => request,
            Err(refusal) => return line.part(&refusal),
        };
        let reply = answer(&request);
        match reply.leaves {
            Leaves::Whole => {}
            Leaves::Half => return line.break_off(&reply),
            Leaves::Never => return Ok(()),
            Leaves::Late => return line.fall_silent(),
        }
        if !request.keeps_open || is_crowded() {
            return line.part(&reply);
        }
        line.write(&reply.to_bytes(true))?;
    }
    Ok(())
}

/// Counts a client for as long as it is there.
struct Seat {
    taken: Arc<AtomicUsize>,
    number: usize,
}

impl Seat {
    fn take(taken: &Arc<AtomicUsize>) -> Seat {
        let number = taken.fetch_add(1, Ordering::SeqCst) + 1;
        let taken = taken.clone();
        Seat { taken, number }
    }

    fn is_crowded(&self) -> bool {
        self.taken.load(Ordering::SeqCst) > MAX_CLIENTS / 2
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.taken.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::time::Instant;

    use super::super::connection::Patience;
    use super::*;

    const SHORT: Patience = Patience {
        idle: Duration::from_millis(200),
        request: Duration::from_millis(200),
    };

    /// What a client hears that says this much and then nothing more.
    fn heard_after(words: &[u8]) -> (String, Duration) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let server = thread::spawn(move || {
            let (stream, _) = listener.accept().expect("a client");
            let nothing = |_: &Request| Reply::empty(204);
            attend(Connection::new(stream, SHORT), &nothing, || false)
        });
        let mut client = TcpStream::connect(address).expect("it listens");
        client.write_all(words).expect("it hears");
        let since = Instant::now();
        let mut heard = String::new();
        client.read_to_string(&mut heard).expect("it speaks");
        drop(client);
        let _ = server.join().expect("it lives");
        (heard, since.elapsed())
    }

    #[test]
    fn who_begins_a_request_must_end_it_in_time() {
        let half_a_head = b"POST / HTTP/1.1\r\nHost: ";
        let half_a_body = b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf";
        for words in [&half_a_head[..], &half_a_body[..]] {
            let (heard, after) = heard_after(words);
            assert!(heard.starts_with("HTTP/1.1 408 "), "{heard}");
            assert!(after < Duration::from_secs(2), "{after:?}");
        }
    }

    #[test]
    fn a_silent_client_is_let_go() {
        let (heard, after) = heard_after(b"");
        assert_eq!(heard, "");
        assert!(after < Duration::from_secs(2), "{after:?}");
    }
}
