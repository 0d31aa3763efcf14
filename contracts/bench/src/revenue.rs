//! event_revenue, and the bare transfers that it is measured by.
use crate::network::Network;
use crate::values::{address, addresses, amount, list, record, reference};
use crate::Row;
use stellar_xdr::{ScAddress, ScVal};

const REVENUE: &[u8] = include_bytes!("../../wasm/event_revenue.wasm");
const YARDSTICK: &[u8] = include_bytes!("../../wasm/yardstick.wasm");
const DAY: u64 = 86_400;
const MONEY: i64 = 1_000_000_007; // leaves units over, whatever it is split by

/// As equal as basis points are.
fn plan(payees: &[ScAddress]) -> ScVal {
    let count = payees.len() as u32;
    let shares = payees.iter().enumerate().map(|(at, payee)| {
        let bps = 10_000 / count + u32::from((at as u32) < 10_000 % count);
        record(&[("bps", ScVal::U32(bps)), ("party", address(payee))])
    });
    record(&[
        ("commission_cap", ScVal::U32(5_000)),
        ("shares", list(shares)),
    ])
}

fn story(network: &mut Network, code: &stellar_xdr::Hash, items: usize, rows: &mut Vec<Row>) {
    let payees = network.payees[..items].to_vec();
    let (payer, token) = (address(&network.payer()), address(&network.token));
    let mut add = |name, cost| rows.push(Row { name, items, cost });
    let args = vec![
        payer.clone(),
        payer.clone(),
        payer.clone(),
        ScVal::U64(2 * DAY),
        plan(&payees),
    ];
    let (event, cost) = network.deploy(code, args);
    add("create", cost);
    let deposit = |number| {
        vec![
            payer.clone(),
            ScVal::U32(1),
            token.clone(),
            amount(MONEY),
            reference(number),
        ]
    };
    add(
        "deposit, first",
        network.call(&event, "deposit", deposit(1)),
    );
    let pay = vec![ScVal::U32(1), token.clone(), addresses(&payees)];
    add(
        "distribute",
        network.call(&event, "distribute", pay.clone()),
    );
    add("deposit", network.call(&event, "deposit", deposit(2)));
    let earned = |number| {
        let each = payees
            .iter()
            .map(|payee| list([address(payee), amount(1_000)]));
        vec![ScVal::U32(1), token.clone(), reference(number), list(each)]
    };
    add("credit, first", network.call(&event, "credit", earned(3)));
    add("credit", network.call(&event, "credit", earned(4)));
    add(
        "distribute, with commissions",
        network.call(&event, "distribute", pay),
    );
    network.call(&event, "deposit", deposit(5));
    let refund = vec![ScVal::U32(1), token.clone(), amount(7), reference(6)];
    add("refund", network.call(&event, "refund", refund));
    let mut settle = deposit(7);
    settle.extend(earned(8).pop());
    add("settle", network.call(&event, "settle", settle));
}

/// A payee must sign: the payer is one, among others.
fn claim(network: &mut Network, code: &stellar_xdr::Hash, items: usize) -> Row {
    let me = network.payer();
    let mut payees = network.payees[..items - 1].to_vec();
    payees.push(me.clone());
    let (payer, token) = (address(&me), address(&network.token));
    let args = vec![
        payer.clone(),
        payer.clone(),
        payer.clone(),
        ScVal::U64(2 * DAY),
        plan(&payees),
    ];
    let (event, _) = network.deploy(code, args);
    let deposit = vec![
        payer.clone(),
        ScVal::U32(1),
        token.clone(),
        amount(MONEY),
        reference(1),
    ];
    network.call(&event, "deposit", deposit);
    let claim = vec![payer.clone(), ScVal::U32(1), token, payer];
    Row {
        name: "claim",
        items,
        cost: network.call(&event, "claim", claim),
    }
}

fn bare(network: &mut Network, code: &stellar_xdr::Hash, items: usize) -> Row {
    let (contract, _) = network.deploy(code, Vec::new());
    let (payer, token) = (address(&network.payer()), network.token.clone());
    let fill = vec![payer, address(&contract), amount(MONEY)];
    network.call(&token, "transfer", fill);
    let pay = vec![
        address(&token),
        addresses(&network.payees[..items]),
        amount(1_000),
    ];
    Row {
        name: "bare transfers",
        items,
        cost: network.call(&contract, "pay", pay),
    }
}

pub fn rows() -> Vec<Row> {
    let mut network = Network::begin();
    let (revenue, cost) = network.upload(REVENUE);
    let (yardstick, _) = network.upload(YARDSTICK);
    let mut rows = vec![Row {
        name: "upload",
        items: 1,
        cost,
    }];
    for items in [1, 10, 50] {
        story(&mut network, &revenue, items, &mut rows);
        rows.push(claim(&mut network, &revenue, items));
        rows.push(bare(&mut network, &yardstick, items));
    }
    rows.sort_by_key(|row| (row.name, row.items));
    rows
}
