//! ticket: issued to as many owners as there are tickets, moved, resold, checked in.
use crate::network::Network;
use crate::values::{address, amount, list, numbers, record, reference, text};
use crate::Row;
use stellar_xdr::{Hash, ScAddress, ScVal};

const TICKET: &[u8] = include_bytes!("../../wasm/ticket.wasm");
const DAY: u64 = 86_400;
const LATER: u64 = 2_000_000_000;
const TIER: u32 = 1;
/// As many as one call issues, and marks.
const FULL: usize = 99;
const MARKED: usize = 150;
pub const ISSUE: &str = "mint, to as many owners";
/// The ticket itself, and how many its owner has.
pub const WRITES_OF_A_TICKET: u64 = 2;

fn window() -> ScVal {
    record(&[("from", ScVal::U64(0)), ("until", ScVal::U64(LATER))])
}

fn tier() -> ScVal {
    record(&[
        ("cap", amount(1_100_000_000)),
        ("capacity", ScVal::U32(1_000)),
        ("gifts", window()),
        ("price", amount(1_000_000_000)),
        ("royalty", ScVal::U32(1_000)),
        ("sales", window()),
    ])
}

/// Of an event with one tier.
fn args(network: &Network) -> Vec<ScVal> {
    let payer = address(&network.payer());
    let roles = record(&[
        ("admin", payer.clone()),
        ("delay", ScVal::U64(2 * DAY)),
        ("gate", payer.clone()),
        ("guardian", payer.clone()),
        ("minter", payer),
    ]);
    let event = record(&[
        ("capacity", ScVal::U32(1_000)),
        ("ends", ScVal::U64(LATER)),
        ("name", text("Demo Night")),
        ("symbol", text("DEMO")),
        ("token", address(&network.token)),
        ("uri", text("https://tickets.example/demo-night/")),
    ]);
    let share =
        |party: &ScAddress, bps| record(&[("bps", ScVal::U32(bps)), ("party", address(party))]);
    let royalties = [
        share(&network.payees[58], 7_000),
        share(&network.payees[59], 3_000),
    ];
    vec![roles, event, list(royalties)]
}

/// Tickets from this number on, each to the owner of its place.
fn batch(from: u32, owners: &[ScAddress]) -> Vec<ScVal> {
    let issues = owners.iter().zip(from..).map(|(owner, id)| {
        record(&[
            ("id", ScVal::U32(id)),
            ("reference", reference(id as u8)),
            ("to", address(owner)),
        ])
    });
    vec![ScVal::U32(TIER), list(issues)]
}

fn story(network: &mut Network, code: &Hash, items: usize, rows: &mut Vec<Row>) {
    let mut add = |name, items, cost| rows.push(Row { name, items, cost });
    let (event, cost) = network.deploy(code, args(network));
    add("create", 1, cost);
    let cost = network.call(&event, "set_tier", vec![ScVal::U32(TIER), tier()]);
    add("set_tier", 1, cost);
    let owners: Vec<ScAddress> = (1..=items as u8).map(Network::stranger).collect();
    add(
        ISSUE,
        items,
        network.call(&event, "mint", batch(1, &owners)),
    );
    let same = vec![network.payer(); items];
    let next = items as u32 + 1;
    let mint = network.call(&event, "mint", batch(next, &same));
    add("mint, to one owner", items, mint);
    let marked = if items == FULL { MARKED } else { items };
    let ids = || vec![numbers(1..=marked as u32)];
    let check_in = network.call(&event, "check_in", ids());
    add("check_in", marked, check_in);
    let invalidate = network.call(&event, "invalidate", ids());
    add("invalidate", marked, invalidate);
}

/// What one ticket goes through: the payer's, a payee's who resells it, and back again.
fn of_one(network: &mut Network, code: &Hash) -> Vec<Row> {
    let (me, seller) = (network.payer(), network.payees[0].clone());
    let (event, _) = network.deploy(code, args(network));
    network.call(&event, "set_tier", vec![ScVal::U32(TIER), tier()]);
    network.call(&event, "mint", batch(1, &[me.clone(), seller.clone()]));
    let mut rows = Vec::new();
    let mut add = |name, cost| {
        let items = 1;
        rows.push(Row { name, items, cost });
    };
    let (me, seller) = (address(&me), address(&seller));
    let offer = |from: &ScVal, id| {
        let price = amount(900_000_001);
        vec![from.clone(), ScVal::U32(id), price, ScVal::U64(LATER)]
    };
    network.call_as(0, &event, "list", offer(&seller, 2));
    let bought = vec![me.clone(), ScVal::U32(2), amount(900_000_001)];
    add("buy", network.call(&event, "buy", bought));
    add("list", network.call(&event, "list", offer(&me, 2)));
    add(
        "unlist",
        network.call(&event, "unlist", vec![ScVal::U32(2)]),
    );
    let give = vec![me, seller, ScVal::U32(2)];
    add("transfer", network.call(&event, "transfer", give));
    rows
}

pub fn rows() -> Vec<Row> {
    let mut network = Network::begin();
    let (code, cost) = network.upload(TICKET);
    let mut rows = vec![Row {
        name: "upload",
        items: 1,
        cost,
    }];
    rows.append(&mut of_one(&mut network, &code));
    for items in [1, 10, 50, FULL] {
        story(&mut network, &code, items, &mut rows);
    }
    rows.sort_by_key(|row| (row.name, row.items));
    rows.dedup_by_key(|row| (row.name, row.items));
    rows
}
