//! HTTP: POST for JSON-RPC, /friendbot, and the CORS headers without which a browser refuses to talk to us.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use crate::faucet;
use crate::node::Shared;
use crate::reply::Reply;
use crate::rpc::{self, Facts};

/// Bytes of a request's body (the reference server's limit).
const MAX_BODY: usize = 512 * 1024;
/// Requests worked on at the same time; beyond it the answer is 503.
const MAX_AT_ONCE: usize = 512;

pub struct HttpServer {
    server: Arc<Server>,
    pub address: SocketAddr,
}

impl HttpServer {
    pub fn bind(address: SocketAddr) -> std::io::Result<HttpServer> {
        let server = Server::http(address).map_err(std::io::Error::other)?;
        let address = server
            .server_addr()
            .to_ip()
            .ok_or_else(|| std::io::Error::other("no IP address"))?;
        Ok(HttpServer {
            server: Arc::new(server),
            address,
        })
    }

    /// Ends `serve` from another thread.
    pub fn stopper(&self) -> impl Fn() + Send + 'static {
        let server = self.server.clone();
        move || server.unblock()
    }

    /// A thread for each request: a slow reader or a waiting friendbot holds nobody else up.
    pub fn serve(&self, shared: &Arc<Shared>, facts: &Arc<Facts>) {
        let busy = Arc::new(AtomicUsize::new(0));
        while let Ok(request) = self.server.recv() {
            if busy.load(Ordering::Relaxed) >= MAX_AT_ONCE {
                respond(request, Reply::empty(503));
                continue;
            }
            busy.fetch_add(1, Ordering::Relaxed);
            let (shared, facts, busy) = (shared.clone(), facts.clone(), busy.clone());
            std::thread::spawn(move || {
                handle(request, &shared, &facts);
                busy.fetch_sub(1, Ordering::Relaxed);
            });
        }
    }
}

fn handle(mut request: Request, shared: &Shared, facts: &Facts) {
    let reply = match read_body(&mut request) {
        Ok(body) => route(&request, &body, shared, facts),
        Err(refusal) => refusal,
    };
    respond(request, reply);
}

fn read_body(request: &mut Request) -> Result<Vec<u8>, Reply> {
    let mut body = Vec::new();
    let read = request
        .as_reader()
        .take(MAX_BODY as u64 + 1)
        .read_to_end(&mut body);
    match read {
        Ok(size) if size <= MAX_BODY => Ok(body),
        Ok(_) => Err(Reply::text(413, "http: request body too large")),
        Err(_) => Err(Reply::empty(400)),
    }
}

fn route(request: &Request, body: &[u8], shared: &Shared, facts: &Facts) -> Reply {
    let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
    match (request.method(), path) {
        (Method::Options, _) => Reply::empty(204),
        (Method::Get | Method::Post, "/friendbot") => {
            let form = if query.is_empty() {
                String::from_utf8_lossy(body)
            } else {
                query.into()
            };
            faucet::answer(shared, &form)
        }
        (Method::Post, _) => call(request, body, shared, facts),
        _ => Reply::empty(405),
    }
}

fn call(request: &Request, body: &[u8], shared: &Shared, facts: &Facts) -> Reply {
    let content_type = header(request, "content-type").unwrap_or_default();
    if !content_type
        .split(';')
        .next()
        .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/json"))
    {
        return Reply::text(415, "content-type must be application/json");
    }
    match rpc::answer(shared, facts, body) {
        Ok(Some(answer)) => Reply::json(200, answer),
        Ok(None) => Reply::empty(204),
        Err(error) => Reply::text(500, &format!("[{}] {}", error.code, error.message)),
    }
}

fn header(request: &Request, name: &str) -> Option<String> {
    let found = request
        .headers()
        .iter()
        .find(|h| h.field.as_str().as_str().eq_ignore_ascii_case(name));
    found.map(|h| h.value.as_str().to_owned())
}

fn respond(request: Request, reply: Reply) {
    let mut headers = vec![("Vary", "Origin".to_owned())];
    if let Some(origin) = header(&request, "origin") {
        headers.push(("Access-Control-Allow-Origin", origin));
    }
    if *request.method() == Method::Options {
        let wanted = header(&request, "access-control-request-headers");
        headers.push((
            "Access-Control-Allow-Methods",
            "GET, POST, OPTIONS".to_owned(),
        ));
        headers.push((
            "Access-Control-Allow-Headers",
            wanted.unwrap_or_else(|| "*".to_owned()),
        ));
    }
    if !reply.content_type.is_empty() {
        headers.push(("Content-Type", reply.content_type.to_owned()));
    }
    let headers = headers
        .into_iter()
        .filter_map(|(name, value)| Header::from_bytes(name, value).ok());
    let size = reply.body.len();
    let response = Response::new(
        StatusCode(reply.status),
        headers.collect(),
        std::io::Cursor::new(reply.body.into_bytes()),
        Some(size),
        None,
    )
    .with_chunked_threshold(usize::MAX);
    // The client may be gone by now; that is its own affair.
    request.respond(response).unwrap_or_default();
}
