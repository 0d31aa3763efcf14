//! The program itself, started on a free port, and just enough HTTP to talk to it.

#![allow(dead_code)] // each test file uses its part

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{json, Value};

pub struct Served {
    child: Child,
    pub address: String,
    pub announced: Value,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<String>,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {:.200}", self.body))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let wanted = format!("{}: ", name.to_lowercase());
        let found = self
            .headers
            .iter()
            .find(|h| h.to_lowercase().starts_with(&wanted));
        found.map(|h| &h[wanted.len()..])
    }
}

impl Served {
    pub fn start(options: &[&str]) -> Served {
        let mut command = Command::new(env!("CARGO_BIN_EXE_localnet"));
        command.args(["--port", "0"]).args(options);
        Served::wait_for(command)
    }

    /// With files of at most so many KiB, as on a full disk.
    pub fn start_cramped(kibibytes: u32, options: &[&str]) -> Served {
        let mut command = Command::new("bash");
        let limited = format!("trap '' XFSZ; ulimit -f {kibibytes}; exec \"$0\" --port 0 \"$@\"");
        command
            .args(["-c", &limited, env!("CARGO_BIN_EXE_localnet")])
            .args(options);
        Served::wait_for(command)
    }

    fn wait_for(mut command: Command) -> Served {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("it has an output");
        BufReader::new(out)
            .read_line(&mut line)
            .expect("it says something");
        let announced: Value = serde_json::from_str(&line).expect("it announces itself as JSON");
        let url = announced["rpc"].as_str().expect("it names its address");
        let address = url
            .strip_prefix("http://")
            .expect("it speaks HTTP")
            .to_owned();
        Served {
            child,
            address,
            announced,
        }
    }

    /// Driven by hand, so that ledgers and times are those of the test.
    pub fn by_hand() -> Served {
        Served::start(&["--manual", "--control"])
    }

    pub fn http(&self, head: &str, headers: &[&str], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let headers: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        let size = body.len();
        let request = format!(
            "{head} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}Content-Length: {size}\r\n\r\n{body}",
            self.address
        );
        stream
            .write_all(request.as_bytes())
            .expect("it takes the request");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("it answers");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let mut lines = head.lines().map(str::to_owned);
        let status = lines.next().expect("a status line");
        Answer {
            status: status[9..12].parse().expect("a status"),
            headers: lines.collect(),
            body: body.to_owned(),
        }
    }

    pub fn post(&self, body: &str) -> Answer {
        self.http("POST /", &["Content-Type: application/json"], body)
    }

    /// None when it ended instead of answering.
    pub fn try_post(&self, body: &str) -> Option<Value> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        let size = body.len();
        let head =
            "POST / HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Type: application/json";
        write!(stream, "{head}\r\nContent-Length: {size}\r\n\r\n{body}").ok()?;
        let mut text = String::new();
        stream.read_to_string(&mut text).ok()?;
        serde_json::from_str(text.split_once("\r\n\r\n")?.1).ok()
    }

    /// The whole body of the answer: result or error.
    pub fn call(&self, method: &str, params: &Value) -> Value {
        let request = json!({ "jsonrpc": "2.0", "id": 8, "method": method, "params": params });
        self.post(&request.to_string()).json()
    }

    pub fn result(&self, method: &str, params: Value) -> Value {
        let mut answer = self.call(method, &params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// Replays a recorded scenario to its end.
    pub fn replay(&self, scenario: &Value) {
        let mut initial = scenario["initial"].clone();
        if let Some(Value::Array(settings)) = initial
            .as_object_mut()
            .and_then(|fields| fields.remove("config"))
        {
            let entries = initial["entries"].as_array_mut().expect("entries");
            entries.extend(
                settings
                    .into_iter()
                    .map(|setting| json!({ "xdr": setting["xdr"], "lastModifiedLedgerSeq": 1 })),
            );
        }
        self.result("localnet_load", initial);
        for step in scenario["steps"].as_array().expect("steps") {
            let sent = json!({ "transaction": step["envelope"] });
            if step["status"].is_null() {
                let answer = self.result("simulateTransaction", sent);
                agree_in_words(&answer["error"], &step["simulation_error"]);
                continue;
            }
            if step["status"] == "REJECTED" {
                let answer = self.result("sendTransaction", sent);
                assert_eq!(
                    answer["errorResultXdr"], step["result"],
                    "{}",
                    step["label"]
                );
                continue;
            }
            let ledger = step["ledger"].as_u64().expect("a ledger");
            self.result("localnet_close", json!({ "ledger": ledger - 1 }));
            let answer = self.result("sendTransaction", sent);
            assert_eq!(answer["status"], "PENDING", "{}: {answer}", step["label"]);
            let close = json!({ "ledger": ledger, "closeTime": step["closeTime"] });
            self.result("localnet_close", close);
        }
    }

    /// Whether it ended by itself, and badly.
    pub fn gave_up(mut self) -> bool {
        self.child.wait().expect("it ends").code() == Some(1)
    }

    pub fn is_listening(&self) -> bool {
        TcpStream::connect(&self.address).is_ok()
    }

    /// As a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// As its owner would; whether it ended well.
    pub fn terminate(mut self) -> bool {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.expect("kill runs").success());
        self.child.wait().expect("it ends").success()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have been stopped already.
        self.child.kill().unwrap_or_default();
        let _ = self.child.wait();
    }
}

/// Where the reference server saw it happen in its own code is its own business.
pub fn agree_in_words(ours: &Value, theirs: &Value) {
    let words = |told: &Value| {
        let text = told.as_str().expect("an error").replace("\\n", "\n");
        let text = text.trim_start_matches("error='");
        text.split("Stack backtrace")
            .next()
            .map(|text| text.trim().to_owned())
    };
    assert_eq!(words(ours), words(theirs));
}

/// A recorded file of tests/fixtures/vectors.
pub fn recorded(name: &str) -> Value {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vectors");
    let text = fs::read_to_string(folder.join(name)).expect("the recording is there");
    serde_json::from_str(&text).expect("the recording is JSON")
}

/// A folder that goes away with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("localnet-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    pub fn text(&self) -> &str {
        self.0.to_str().expect("a plain path")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}
