//! Clients of every kind: patient ones that keep their line, hasty ones, and those that mean no good. Whatever one of
//! them does, the others are served.

mod served;

use std::io::{Read, Write};
use std::net::TcpStream;

use served::Served;

const HEALTH: &str = r#"{"jsonrpc":"2.0","id":1,"method":"getHealth"}"#;

fn request(body: &str, more: &str) -> String {
    let size = body.len();
    format!(
        "POST / HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n{more}Content-Length: {size}\r\n\r\n{body}"
    )
}

/// All that is heard until the server closes the line.
fn heard(served: &Served, words: &[u8]) -> String {
    let mut stream = TcpStream::connect(&served.address).expect("it listens");
    // It may close before it has heard all.
    let _ = stream.write_all(words);
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers");
    text
}

fn status(served: &Served, words: &str) -> String {
    let text = heard(served, words.as_bytes());
    text.get(9..12).unwrap_or_default().to_owned()
}

#[test]
fn a_line_carries_many_requests() {
    let served = Served::by_hand();
    let three = request(HEALTH, "").repeat(2) + &request(HEALTH, "Connection: close\r\n");
    let text = heard(&served, three.as_bytes());
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 3);
    assert_eq!(text.matches("healthy").count(), 3);
    assert_eq!(text.matches("Connection: close").count(), 1);
}

#[test]
fn a_body_may_come_in_chunks() {
    let served = Served::by_hand();
    let head = "POST / HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let (first, rest) = HEALTH.split_at(5);
    let size = rest.len();
    let chunks =
        format!("{head}5\r\n{first}\r\n{size:x};name=value\r\n{rest}\r\n0\r\nTrailer: x\r\n\r\n");
    assert!(heard(&served, chunks.as_bytes()).contains("healthy"));
    let endless = format!("{head}{:x}\r\n", 512 * 1024 + 1);
    assert_eq!(status(&served, &endless), "413");
    for broken in ["x\r\n", "-1\r\n", "+1\r\na\r\n0\r\n\r\n", "1\r\nab\r\n"] {
        assert_eq!(status(&served, &format!("{head}{broken}")), "400");
    }
}

#[test]
fn who_asks_whether_to_go_on_is_told() {
    let served = Served::by_hand();
    let mut stream = TcpStream::connect(&served.address).expect("it listens");
    let whole = request(HEALTH, "Expect: 100-continue\r\nConnection: close\r\n");
    let (head, body) = whole.split_at(whole.len() - HEALTH.len());
    stream.write_all(head.as_bytes()).expect("heard");
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).expect("told");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(body.as_bytes()).expect("heard");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("answered");
    assert!(text.contains("healthy"));
}

#[test]
fn what_is_no_request_is_answered_and_its_line_closed() {
    let served = Served::by_hand();
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(20_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(5_000));
    for (words, code) in [
        ("rubbish\r\n\r\n", "400"),
        ("GET / HTTP/2.0\r\n\r\n", "505"),
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nbad name: x\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nOrigin: a\nb\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "400"),
        (
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "400",
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "413",
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "400",
        ),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "501"),
        (&long, "431"),
        (&many, "431"),
    ] {
        assert_eq!(status(&served, words), code, "{words:.60}");
    }
    assert_eq!(served.post(HEALTH).status, 200, "it lives");
}

#[test]
fn a_client_that_sends_far_too_much_still_hears_why() {
    let served = Served::by_hand();
    let much = request(&" ".repeat(8 * 1024 * 1024), "");
    assert_eq!(status(&served, &much), "413");
}

/// Half a request each, and then silence.
#[test]
fn those_who_never_finish_do_not_shut_out_the_others() {
    let served = Served::by_hand();
    let slow: Vec<_> = (0..400)
        .map(|_| {
            let mut stream = TcpStream::connect(&served.address).expect("it listens");
            stream
                .write_all(b"POST / HTTP/1.1\r\nContent-")
                .expect("heard");
            stream
        })
        .collect();
    assert_eq!(served.post(HEALTH).status, 200);
    drop(slow);
}

/// Clients in the middle of a request: the silent would be sent away while the last of so many still knock.
fn crowd(served: &Served, size: usize) -> Vec<TcpStream> {
    (0..size)
        .map(|_| {
            let mut stream = TcpStream::connect(&served.address).expect("it listens");
            stream.write_all(b"POST / HTTP/1.1\r\n").expect("heard");
            stream
        })
        .collect()
}

fn is_served_within_seconds(served: &Served) -> bool {
    let whole = request(HEALTH, "Connection: close\r\n");
    (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        status(served, &whole) == "200"
    })
}

#[test]
fn beyond_the_limit_clients_are_turned_away_until_others_leave() {
    let served = Served::by_hand();
    let full = crowd(&served, 512);
    assert_eq!(status(&served, &request(HEALTH, "")), "503");
    drop(full);
    assert!(is_served_within_seconds(&served));
}

/// Lines that are kept for later make room for those who want something now.
#[test]
fn silent_clients_give_way_when_many_want_in() {
    let served = Served::by_hand();
    let silent: Vec<_> = (0..512)
        .map(|_| TcpStream::connect(&served.address).expect("it listens"))
        .collect();
    assert!(is_served_within_seconds(&served), "long before their time");
    drop(silent);
}

#[test]
fn nobody_keeps_a_line_while_many_are_served() {
    let served = Served::by_hand();
    let many = crowd(&served, 300);
    let parted = heard(&served, request(HEALTH, "").as_bytes());
    assert!(parted.contains("Connection: close"), "{parted}");
    drop(many);
}

#[test]
fn values_of_any_depth_are_refused_without_harm() {
    let served = Served::by_hand();
    let lists = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let objects = "{\"a\":".repeat(80_000);
    for body in [lists, objects] {
        assert_eq!(served.post(&body).status, 500);
    }
    let batch = format!("[{}{HEALTH}]", format!("{HEALTH},").repeat(5_000));
    assert_eq!(
        served.post(&batch).json().as_array().map(Vec::len),
        Some(5_001)
    );
    assert_eq!(served.post(HEALTH).status, 200);
}
