//! attribution: runs of as many creators as there are, from the approval to the last payment.
use crate::network::Network;
use crate::values::{address, addresses, amount, list, record, reference, symbol};
use crate::Row;
use sha2::{Digest, Sha256};
use stellar_xdr::{Hash, Limits, ScAddress, ScBytes, ScVal, WriteXdr};

const ATTRIBUTION: &[u8] = include_bytes!("../../wasm/attribution.wasm");
const HOUR: u64 = 3_600;
const ENDS: u64 = 1_800_000_000 + 30 * 24 * HOUR;
const EARNED: i64 = 1_000_003;
/// As many as one call records.
const FULL: usize = 199;
pub const RECORD: &str = "record";

fn args(network: &Network) -> Vec<ScVal> {
    let payer = address(&network.payer());
    let roles = record(&[
        ("admin", payer.clone()),
        ("approver", payer.clone()),
        ("delay", ScVal::U64(48 * HOUR)),
        ("guardian", payer.clone()),
        ("recorder", payer),
    ]);
    let terms = record(&[
        ("ends", ScVal::U64(ENDS)),
        ("token", address(&network.token)),
        ("window", ScVal::U64(HOUR)),
    ]);
    vec![roles, terms]
}

fn row(creator: &ScAddress) -> ScVal {
    record(&[
        ("amount", amount(EARNED)),
        ("conversions", ScVal::U32(12)),
        ("creator", address(creator)),
    ])
}

/// Of all rows of a run, from the last to the first.
fn digest(run: u8, rows: &[ScVal]) -> ScVal {
    let sum = rows.iter().rev().fold([run; 32], |after, row| {
        let bytes = row.to_xdr(Limits::none()).expect("it has an XDR");
        Sha256::new()
            .chain_update(bytes)
            .chain_update(after)
            .finalize()
            .into()
    });
    ScVal::Bytes(ScBytes(sum.to_vec().try_into().expect("32 bytes")))
}

/// A campaign with money in it.
fn begin(network: &mut Network, code: &Hash, rows: &mut Vec<Row>) -> ScAddress {
    let mut add = |name, cost| {
        let items = 1;
        rows.push(Row { name, items, cost });
    };
    let (campaign, cost) = network.deploy(code, args(network));
    add("create", cost);
    let payer = address(&network.payer());
    let fund = |number| vec![payer.clone(), amount(EARNED * 250), reference(number)];
    add("fund, first", network.call(&campaign, "fund", fund(1)));
    add("fund", network.call(&campaign, "fund", fund(2)));
    campaign
}

fn approve(network: &mut Network, campaign: &ScAddress, run: u8, rows: &[ScVal]) -> crate::Cost {
    let count = rows.len() as u32;
    let total = amount(EARNED * i64::from(count));
    let approve = vec![reference(run), digest(run, rows), total, ScVal::U32(count)];
    network.call(campaign, "approve_run", approve)
}

fn story(network: &mut Network, code: &Hash, items: usize, rows: &mut Vec<Row>) {
    let campaign = begin(network, code, rows);
    let people: Vec<ScAddress> = match network.payees.get(..items) {
        Some(payees) => payees.to_vec(),
        None => (1..=items as u8).map(Network::stranger).collect(), // never paid
    };
    let earned: Vec<ScVal> = people.iter().map(row).collect();
    let mut add = |name, cost| rows.push(Row { name, items, cost });
    add("approve_run", approve(network, &campaign, 1, &earned));
    let said = vec![reference(1), list(earned), reference(1)];
    add(RECORD, network.call(&campaign, "record", said.clone()));
    add("record, repeated", network.call(&campaign, "record", said));
    if items > 50 {
        return;
    }
    network.pass(HOUR);
    let pay = vec![reference(1), addresses(&people)];
    add("distribute", network.call(&campaign, "distribute", pay));
}

/// What happens to one row or piece of content, and at the end.
fn of_one(network: &mut Network, code: &Hash, rows: &mut Vec<Row>) {
    let campaign = begin(network, code, rows);
    let me = network.payer();
    let earned = [row(&me)];
    let mut add = |name, cost| {
        let items = 1;
        rows.push(Row { name, items, cost });
    };
    let payer = address(&me);
    let content = vec![payer.clone(), reference(5), symbol("video")];
    add("submit", network.call(&campaign, "submit", content));
    let judged = vec![payer.clone(), reference(5)];
    add(
        "approve_content",
        network.call(&campaign, "approve_content", judged),
    );
    let root = vec![symbol("settlement"), reference(5), reference(6)];
    add("anchor", network.call(&campaign, "anchor", root));
    approve(network, &campaign, 1, &earned);
    let said = vec![reference(1), list(earned), reference(1)];
    network.call(&campaign, "record", said);
    let hold = vec![reference(1), payer.clone(), ScVal::U32(1)];
    add("hold_row", network.call(&campaign, "hold_row", hold));
    let resolve = vec![reference(1), payer.clone(), ScVal::Bool(true)];
    add(
        "resolve_row",
        network.call(&campaign, "resolve_row", resolve),
    );
    network.pass(HOUR);
    let claim = vec![payer.clone(), reference(1), payer];
    add("claim", network.call(&campaign, "claim", claim));
}

pub fn rows() -> Vec<Row> {
    let mut network = Network::begin();
    let (code, cost) = network.upload(ATTRIBUTION);
    let mut rows = vec![Row {
        name: "upload",
        items: 1,
        cost,
    }];
    of_one(&mut network, &code, &mut rows);
    for items in [1, 10, 50, FULL] {
        story(&mut network, &code, items, &mut rows);
    }
    // The end of the last of them.
    let campaign = begin(&mut network, &code, &mut rows);
    network.pass(ENDS - 1_800_000_000);
    let close = network.call(&campaign, "close", Vec::new());
    let back = vec![address(&network.payer()), reference(2)];
    let give_back = network.call(&campaign, "give_back", back);
    for (name, cost) in [("close", close), ("give_back", give_back)] {
        let items = 1;
        rows.push(Row { name, items, cost });
    }
    rows.sort_by_key(|row| (row.name, row.items));
    rows.dedup_by_key(|row| (row.name, row.items));
    rows
}
