//! What calls of the committed contracts (contracts/wasm) cost, for 1, 10 and 50 items, on a network with mainnet's limits
//! and prices: the real host, real transactions, an issued asset. Exit 1 when a call needs more than mainnet allows, when
//! paying costs more than is noted here, or when README.md tells another table.
//!
//!     cargo run --release --locked -p bench [README.md]
mod network;
mod revenue;
mod values;

use network::Cost;
use std::process::ExitCode;
use std::{env, fs};

const STROOPS: i64 = 10_000_000; // of one XLM

pub struct Row {
    pub name: &'static str,
    pub items: usize,
    pub cost: Cost,
}

/// Of one transaction on mainnet: contracts/localnet/src/ledger/soroban/mainnet.json.
const LIMITS: [(&str, u64); 6] = [
    ("instructions", 400_000_000),
    ("disk reads", 200),
    ("footprint", 400),
    ("writes", 200),
    ("bytes written", 132_096),
    ("bytes of events", 16_384),
];

fn used(cost: &Cost) -> [u64; 6] {
    [
        u64::from(cost.instructions),
        cost.disk_reads as u64,
        cost.footprint as u64,
        cost.writes as u64,
        u64::from(cost.written),
        cost.events as u64,
    ]
}

/// Instructions of `distribute` to ten over those of ten bare transfers in one call, in thousandths: what was reached.
const MOST_PERMILLE: u64 = 1_440;

fn table(rows: &[Row]) -> String {
    let mut table = String::from(
        "| call | items | instructions | disk reads | footprint | writes | bytes written | bytes of events | fee (XLM) |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for Row { name, items, cost } in rows {
        let used = used(cost).map(|one| one.to_string()).join(" | ");
        let (whole, rest) = (cost.fee / STROOPS, cost.fee % STROOPS);
        table += &format!("| {name} | {items} | {used} | {whole}.{rest:07} |\n");
    }
    table
}

/// What is wrong with it, a line each.
fn breaches(rows: &[Row]) -> Vec<String> {
    let mut found = Vec::new();
    for Row { name, items, cost } in rows {
        for ((what, limit), used) in LIMITS.iter().zip(used(cost)) {
            if used > *limit {
                found.push(format!(
                    "{name} of {items}: {used} {what}, and mainnet allows {limit}"
                ));
            }
        }
    }
    found
}

fn permille(rows: &[Row]) -> u64 {
    let instructions = |name| {
        let row = rows.iter().find(|row| row.name == name && row.items == 10);
        row.map_or(0, |row| u64::from(row.cost.instructions))
    };
    instructions("distribute") * 1_000 / instructions("bare transfers")
}

fn main() -> ExitCode {
    let rows = revenue::rows();
    let table = table(&rows);
    let reached = permille(&rows);
    println!(
        "{table}\ndistribute to 10 / ten bare transfers: {}.{:03} of the instructions",
        reached / 1_000,
        reached % 1_000
    );
    let mut found = breaches(&rows);
    if reached > MOST_PERMILLE {
        found.push(format!(
            "distribute costs more than {MOST_PERMILLE} thousandths of bare transfers"
        ));
    }
    if let Some(path) = env::args().nth(1) {
        if !fs::read_to_string(&path).is_ok_and(|text| text.contains(&table)) {
            found.push(format!("{path} tells another table"));
        }
    }
    for breach in &found {
        eprintln!("bench: {breach}");
    }
    if found.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
