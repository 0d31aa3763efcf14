//! Friendbot's counter: GET or POST /friendbot?addr=G..., answered when the ledger with the new account has closed.
//! Answers and problems have the shape of the public friendbot's.

use std::time::Duration;

use serde_json::{json, Value};
use stellar_xdr::{AccountId, Limits, WriteXdr};

use crate::friendbot::{account_key, root_account, Grant, Outcome};
use crate::http::Reply;
use crate::node::{Pace, Shared};
use crate::snapshot::hex;

const LIMIT: Duration = Duration::from_secs(60);
/// Ledgers closed for one who asks, where they are closed by hand.
const MOST_CLOSES: u32 = 10;
/// The words by which SDKs recognise an account that is already there.
const EXISTS: &str = "createAccountAlreadyExist (AAAAAAAAAGT/////AAAAAQAAAAAAAAAA/////AAAAAA=)";

pub fn answer(shared: &Shared, form: &str) -> Reply {
    let Some(account) = asked_account(form) else {
        return problem(
            400,
            "Bad Request",
            json!({
                "detail": "The request you sent was invalid in some way.",
                "extras": { "invalid_field": "addr", "reason": "invalid address: must be a valid G address" },
            }),
        );
    };
    let ticket = {
        let mut node = shared.lock();
        if node
            .ledger
            .get(&account_key(&root_account(&node.ledger)))
            .is_none()
        {
            return problem(
                503,
                "Service Unavailable",
                json!({ "detail": "this network has no root account" }),
            );
        }
        if node.ledger.get(&account_key(&account)).is_some() {
            return problem(400, "Bad Request", json!({ "detail": EXISTS }));
        }
        let ticket = node.friendbot.request(account);
        // Nobody else may ever close a ledger of a network that is driven by hand; those whom others spoil the
        // transaction for need another one.
        for _ in 0..MOST_CLOSES {
            if node.pace != Pace::Manual || !node.friendbot.is_waiting(ticket) {
                break;
            }
            node.close(None);
            shared.announce_close();
        }
        ticket
    };
    match shared.wait(LIMIT, |node| node.friendbot.take_outcome(ticket)) {
        Some(Outcome::Granted(grant)) => granted(&grant),
        Some(Outcome::Exists) => problem(400, "Bad Request", json!({ "detail": EXISTS })),
        Some(Outcome::Refused(why)) => problem(
            500,
            "Internal Server Error",
            json!({ "detail": format!("the root account could not create it: {why}") }),
        ),
        None => {
            shared.lock().friendbot.forget(ticket);
            problem(
                504,
                "Timeout",
                json!({ "detail": "no ledger took the transaction in time" }),
            )
        }
    }
}

fn asked_account(form: &str) -> Option<AccountId> {
    let address = form
        .split('&')
        .find_map(|pair| pair.strip_prefix("addr="))?;
    address.parse().ok()
}

fn granted(grant: &Grant) -> Reply {
    let encoded = grant
        .envelope
        .to_xdr_base64(Limits::none())
        .and_then(|envelope| {
            let result = grant.result.to_xdr_base64(Limits::none())?;
            Ok((envelope, result))
        });
    match encoded {
        Ok((envelope, result)) => Reply::json(
            200,
            json!({
                "successful": true,
                "hash": hex(&grant.hash.0),
                "envelope_xdr": envelope,
                "result_xdr": result,
            })
            .to_string(),
        ),
        Err(error) => problem(
            500,
            "Internal Server Error",
            json!({ "detail": error.to_string() }),
        ),
    }
}

/// A problem document (RFC 7807), as the public friendbot sends them.
fn problem(status: u16, title: &str, more: Value) -> Reply {
    let kind = title.to_lowercase().replace(' ', "_");
    let mut document = json!({
        "type": format!("https://stellar.org/friendbot-errors/{kind}"),
        "title": title,
        "status": status,
    });
    if let (Value::Object(document), Value::Object(more)) = (&mut document, more) {
        document.extend(more);
    }
    let kind = "application/problem+json; charset=utf-8";
    Reply::new(status, kind, document.to_string())
}
