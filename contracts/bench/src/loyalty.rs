//! loyalty: rewards to as many people as there are, and what one of them does with his points.
use crate::network::Network;
use crate::values::{address, amount, list, record, reference, text};
use crate::Row;
use stellar_xdr::{Hash, ScAddress, ScVal};

const LOYALTY: &[u8] = include_bytes!("../../wasm/loyalty.wasm");
const DAY: u64 = 86_400;
const CAP: i64 = 1_000_000;
const ENDS: u32 = 100_000; // a ledger
/// As many as one call takes.
const FULL: usize = 99;
pub const REWARD: &str = "reward, first";
/// The balance, and that it was given.
pub const WRITES_OF_A_REWARD: u64 = 2;

fn args(network: &Network) -> Vec<ScVal> {
    let payer = address(&network.payer());
    let roles = record(&[
        ("admin", payer.clone()),
        ("delay", ScVal::U64(2 * DAY)),
        ("guardian", payer.clone()),
        ("rewarder", payer),
    ]);
    let name = record(&[
        ("decimals", ScVal::U32(2)),
        ("name", text("Demo Sphere")),
        ("symbol", text("SPHERE")),
    ]);
    vec![roles, name, amount(CAP)]
}

fn rewards(kind: u32, people: &[ScAddress]) -> Vec<ScVal> {
    let each = people
        .iter()
        .map(|one| record(&[("amount", amount(100)), ("to", address(one))]));
    vec![reference(1), ScVal::U32(kind), list(each)]
}

fn begin(network: &mut Network, code: &Hash, rows: &mut Vec<Row>) -> ScAddress {
    let mut add = |name, cost| {
        let items = 1;
        rows.push(Row { name, items, cost });
    };
    let (points, cost) = network.deploy(code, args(network));
    add("create", cost);
    let cap = vec![reference(1), amount(CAP)];
    add("set_event_cap", network.call(&points, "set_event_cap", cap));
    points
}

fn story(network: &mut Network, code: &Hash, items: usize, rows: &mut Vec<Row>) {
    let points = begin(network, code, rows);
    let people: Vec<ScAddress> = (1..=items as u8).map(Network::stranger).collect();
    let mut add = |name, cost| rows.push(Row { name, items, cost });
    add(REWARD, network.call(&points, "reward", rewards(1, &people)));
    add(
        "reward, of another kind",
        network.call(&points, "reward", rewards(2, &people)),
    );
    add(
        "reward, repeated",
        network.call(&points, "reward", rewards(2, &people)),
    );
}

/// What the payer does with his points.
fn of_one(network: &mut Network, code: &Hash, rows: &mut Vec<Row>) {
    let points = begin(network, code, rows);
    let (payer, friend) = (network.payer(), network.payees[0].clone());
    network.call(
        &points,
        "reward",
        rewards(1, &[payer.clone(), friend.clone()]),
    );
    let (me, friend) = (address(&payer), address(&friend));
    let mut add = |name, cost| {
        let items = 1;
        rows.push(Row { name, items, cost });
    };
    let give = vec![me.clone(), friend.clone(), amount(1)];
    add("transfer", network.call(&points, "transfer", give));
    let allow = vec![me.clone(), friend, amount(1), ScVal::U32(ENDS)];
    add("approve", network.call(&points, "approve", allow));
    let burn = vec![me.clone(), amount(1)];
    add("burn", network.call(&points, "burn", burn));
    let spend = vec![me, amount(1), reference(7)];
    add("spend", network.call(&points, "spend", spend));
}

pub fn rows() -> Vec<Row> {
    let mut network = Network::begin();
    let (code, cost) = network.upload(LOYALTY);
    let mut rows = vec![Row {
        name: "upload",
        items: 1,
        cost,
    }];
    of_one(&mut network, &code, &mut rows);
    for items in [1, 10, 50, FULL] {
        story(&mut network, &code, items, &mut rows);
    }
    rows.sort_by_key(|row| (row.name, row.items));
    rows.dedup_by_key(|row| (row.name, row.items));
    rows
}
