//! Friendbot: who asks gets an account once, many at once share a ledger, and a root account that cannot pay is told
//! apart from an account that exists.

mod served;
mod support;

use std::thread;

use ed25519_dalek::SigningKey;
use serde_json::json;
use served::Served;
use sha2::{Digest, Sha256};
use support::network::{account, id, PASSPHRASE};
use support::vectors::encoded;

const ADDRESS: &str = "GBZQ5GHLIRVXRQLGH7XX3ASZVMDL3HWGNRZNC3PRSTCT25PJSMEPPNMM";
const OTHERS: [&str; 3] = [
    "GCHDXRN2MYQM2T44RCIJUIKGCCJ6EOBMDCQO4RY7V6RJKJJJTBGO7TMR",
    "GADQVUNL5GSYYWAQJ6BULYSB4ZXQU3LTGFV22Q3VYSWF2YCCDKRLZIF3",
    "GDRUKFMTNY5KOTFIM53NTVLYHPIVLECXK6TU6MBCDL6T7LNVRWKINSM2",
];

#[test]
fn friendbot_funds_an_account_once() {
    let served = Served::by_hand();
    let granted = served.http(&format!("GET /friendbot?addr={ADDRESS}"), &[], "");
    assert_eq!(granted.status, 200, "{}", granted.body);
    assert_eq!(granted.json()["successful"], true);
    let paid = served.result(
        "getTransaction",
        json!({ "hash": granted.json()["hash"], "xdrFormat": "json" }),
    );
    let body = &paid["envelopeJson"]["tx"]["tx"]["operations"][0]["body"]["create_account"];
    assert_eq!(
        *body,
        json!({ "destination": ADDRESS, "starting_balance": "100000000000" })
    );
    let again = served.http(&format!("GET /friendbot?addr={ADDRESS}"), &[], "");
    assert_eq!(again.status, 400);
    assert!(again.json()["detail"]
        .as_str()
        .is_some_and(|d| d.contains("createAccountAlreadyExist")));
    assert_eq!(
        served.http("GET /friendbot?addr=GNOBODY", &[], "").status,
        400
    );
    assert_eq!(served.http("GET /friendbot", &[], "").status, 400);
}

#[test]
fn friendbot_serves_many_at_once_in_one_ledger() {
    let served = Served::start(&[]);
    thread::scope(|scope| {
        let ask = |address| served.http("POST /friendbot", &[], &format!("addr={address}"));
        let asked: Vec<_> = OTHERS
            .into_iter()
            .chain(OTHERS)
            .map(|a| scope.spawn(move || ask(a).status))
            .collect();
        let mut told: Vec<_> = asked
            .into_iter()
            .map(|t| t.join().expect("an answer"))
            .collect();
        told.sort_unstable();
        assert_eq!(told, [200, 200, 200, 400, 400, 400]);
    });
}

/// The root account of this network with so many stroops.
fn root_with(stroops: i64) -> serde_json::Value {
    let key = SigningKey::from_bytes(&Sha256::digest(PASSPHRASE).into());
    let root = account(id(&key), stroops, 5 << 32);
    json!({
        "ledger": 10, "closeTime": 1_000,
        "entries": [{ "xdr": encoded(&root.data), "lastModifiedLedgerSeq": 5 }],
    })
}

fn refusal(served: &Served) -> (u16, String) {
    let answer = served.http(&format!("GET /friendbot?addr={ADDRESS}"), &[], "");
    let detail = answer.json()["detail"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    (answer.status, detail)
}

#[test]
fn a_root_account_that_cannot_pay_says_so() {
    let served = Served::by_hand();
    let poor = "the root account could not create it: ";
    served.result("localnet_load", root_with(50_000_000_000));
    assert_eq!(
        refusal(&served),
        (500, format!("{poor}createAccountUnderfunded"))
    );
    served.result("localnet_load", root_with(10_000_099));
    assert_eq!(
        refusal(&served),
        (500, format!("{poor}TxInsufficientBalance"))
    );
    served.result(
        "localnet_load",
        json!({ "ledger": 10, "closeTime": 1_000, "entries": [] }),
    );
    assert_eq!(
        refusal(&served),
        (503, "this network has no root account".to_owned())
    );
}
