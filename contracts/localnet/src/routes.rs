//! Which counter a request goes to: JSON-RPC by POST, or /friendbot; and the CORS headers without which a browser
//! refuses to talk to us.

use crate::faucet;
use crate::faults::Line;
use crate::http::{Leaves, Reply, Request};
use crate::node::Shared;
use crate::rpc::{self, Facts};

pub fn answer(request: &Request, shared: &Shared, facts: &Facts) -> Reply {
    let mut reply = route(request, shared, facts);
    reply.headers.push(("Vary", "Origin".to_owned()));
    if let Some(origin) = request.header("origin") {
        let origin = origin.to_owned();
        reply.headers.push(("Access-Control-Allow-Origin", origin));
    }
    if request.method == "OPTIONS" {
        let wanted = request.header("access-control-request-headers");
        let methods = "GET, POST, OPTIONS".to_owned();
        let wanted = wanted.unwrap_or("*").to_owned();
        reply
            .headers
            .push(("Access-Control-Allow-Methods", methods));
        reply.headers.push(("Access-Control-Allow-Headers", wanted));
    }
    reply
}

fn route(request: &Request, shared: &Shared, facts: &Facts) -> Reply {
    match (request.method.as_str(), request.path.as_str()) {
        ("OPTIONS", _) => Reply::empty(204),
        ("GET" | "POST", "/friendbot") => {
            let body = String::from_utf8_lossy(&request.body);
            let form = if request.query.is_empty() {
                &body
            } else {
                request.query.as_str()
            };
            faucet::answer(shared, form)
        }
        ("POST", _) => call(request, shared, facts),
        _ => Reply::empty(405),
    }
}

fn call(request: &Request, shared: &Shared, facts: &Facts) -> Reply {
    let content_type = request.header("content-type").unwrap_or_default();
    let kind = content_type.split(';').next().unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        return Reply::text(415, "content-type must be application/json");
    }
    match rpc::answer(shared, facts, &request.body) {
        Ok(told) => {
            let reply = match told.text {
                Some(answer) => Reply::json(200, answer),
                None => Reply::empty(204),
            };
            match told.line {
                Some(line) => spoilt(reply, line),
                None => reply,
            }
        }
        Err(error) => Reply::text(500, &format!("[{}] {}", error.code, error.message)),
    }
}

fn spoilt(mut reply: Reply, line: Line) -> Reply {
    match line {
        Line::Dropped => reply.leaves = Leaves::Never,
        Line::Silent => reply.leaves = Leaves::Late,
        Line::Half => reply.leaves = Leaves::Half,
        Line::WrongType => reply.content_type = "text/html",
        Line::Failing => reply = Reply::text(500, "a planned fault"),
        Line::Busy => reply = Reply::text(503, "a planned fault"),
        Line::Page => reply = Reply::new(200, "text/html", "<html>Sign in</html>\n".to_owned()),
    }
    reply
}
