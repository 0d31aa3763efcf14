//! Requests damaged in every way that a seeded generator can think of. Each line is answered in HTTP and closed, or just
//! closed; and the one after it is served.

mod served;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use served::Served;

const HEALTH: &str = r#"{"jsonrpc":"2.0","id":1,"method":"getHealth"}"#;
const LINES: u64 = 1_500;

/// SplitMix64 (Steele, Lea and Flood 2014): the same damage in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }
}

fn whole_requests() -> Vec<Vec<u8>> {
    let size = HEALTH.len();
    let json = "Content-Type: application/json\r\n";
    let plain =
        format!("POST / HTTP/1.1\r\nHost: x\r\n{json}Content-Length: {size}\r\n\r\n{HEALTH}");
    let chunked = format!(
        "POST / HTTP/1.1\r\n{json}Transfer-Encoding: chunked\r\n\r\n{size:x};a=b\r\n{HEALTH}\r\n0\r\nT: x\r\n\r\n"
    );
    let waiting = plain.replace("Host: x", "Expect: 100-continue");
    let friendbot =
        "GET /friendbot?addr=GA%20&x=%zz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".to_owned();
    let asked =
        "OPTIONS / HTTP/1.1\r\nOrigin: http://x\r\nAccess-Control-Request-Method: POST\r\n\r\n"
            .to_owned();
    [plain, chunked, waiting, friendbot, asked]
        .map(String::into_bytes)
        .into()
}

fn damage(words: &mut Vec<u8>, dice: &mut Dice) {
    const ODD: [&[u8]; 10] = [
        b"\r\n",
        b"\r\n\r\n",
        b"\0",
        b"\xff\xfe",
        b":",
        b"-1",
        b"+1",
        b"ffffffffffffffff",
        b"%",
        b" ",
    ];
    let at = dice.roll(words.len() + 1);
    let end = at + dice.roll(words.len() + 1 - at);
    match dice.roll(5) {
        0 => words.truncate(at),
        1 => drop(words.splice(at..at, ODD[dice.roll(ODD.len())].iter().copied())),
        2 => drop(words.drain(at..end.min(at + 20))),
        3 if at < words.len() => words[at] ^= 1 << dice.roll(8),
        _ => {
            let again = words[at..end].to_vec();
            drop(words.splice(at..at, again));
        }
    }
}

#[test]
fn no_noise_on_a_line_disturbs_the_next_one() {
    let served = Served::by_hand();
    let whole = whole_requests();
    for seed in 0..LINES {
        let mut dice = Dice(seed);
        let mut words = whole[dice.roll(whole.len())].clone();
        if dice.roll(3) == 0 {
            words.extend_from_slice(&whole[dice.roll(whole.len())]);
        }
        for _ in 0..=dice.roll(4) {
            damage(&mut words, &mut dice);
        }
        let mut stream = TcpStream::connect(&served.address).expect("it listens");
        // It may close before it has heard all.
        let _ = stream.write_all(&words);
        let _ = stream.shutdown(Shutdown::Write);
        let mut heard = Vec::new();
        stream
            .read_to_end(&mut heard)
            .expect("it answers or closes");
        let shown = String::from_utf8_lossy(&words);
        assert!(
            heard.is_empty() || heard.starts_with(b"HTTP/1.1 "),
            "{seed}: {shown}"
        );
    }
    assert_eq!(served.post(HEALTH).status, 200, "it lives");
}
