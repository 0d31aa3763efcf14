//! What calls of the committed contracts (contracts/wasm) cost, for 1, 10 and 50 items, on a network with mainnet's limits
//! and prices: the real host, real transactions, an issued asset. Exit 1 when a call needs more than mainnet allows, when
//! paying or issuing costs more than is noted here, or when the README.md in one of these folders tells another table.
//!
//!     cargo run --release --locked -p bench [FOLDER...]
mod attribution;
mod loyalty;
mod network;
mod revenue;
mod ticket;
mod values;

pub use network::Cost;
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
const MOST_PERMILLE: u64 = 1_300;
/// A batch of tickets or rewards uses at least so much of what a transaction may write, in thousandths.
const LEAST_BATCH_PERMILLE: u64 = 800;

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

fn find<'a>(rows: &'a [Row], name: &str, items: usize) -> Option<&'a Cost> {
    let row = rows
        .iter()
        .find(|row| row.name == name && row.items == items);
    row.map(|row| &row.cost)
}

fn say(what: &str, permille: u64) {
    println!("{what}: {}.{:03}", permille / 1_000, permille % 1_000);
}

/// What paying costs over what it must.
fn look_at_payments(rows: &[Row], found: &mut Vec<String>) {
    let instructions = |name| find(rows, name, 10).map_or(0, |cost| u64::from(cost.instructions));
    let reached = instructions("distribute") * 1_000 / instructions("bare transfers");
    say(
        "distribute to 10 / ten bare transfers, instructions",
        reached,
    );
    if reached > MOST_PERMILLE {
        found.push(format!(
            "distribute costs more than {MOST_PERMILLE} thousandths of bare transfers"
        ));
    }
}

/// How many tickets one transaction issues to as many owners.
fn look_at_issues(rows: &[Row], found: &mut Vec<String>) {
    let issues = rows.iter().filter(|row| row.name == ticket::ISSUE);
    look_at_batches("tickets issued", issues, ticket::WRITES_OF_A_TICKET, found);
}

/// How many people one transaction rewards.
fn look_at_rewards(rows: &[Row], found: &mut Vec<String>) {
    let rewards = rows.iter().filter(|row| row.name == loyalty::REWARD);
    look_at_batches(
        "people rewarded",
        rewards,
        loyalty::WRITES_OF_A_REWARD,
        found,
    );
}

/// What paying a run costs over what it must, and how many rows one transaction records.
fn look_at_campaigns(rows: &[Row], found: &mut Vec<String>) {
    let recorded = rows.iter().filter(|row| row.name == attribution::RECORD);
    look_at_batches("rows recorded", recorded, 1, found);
}

/// Over what its writes allow, were there nothing else to write.
fn look_at_batches<'a>(
    what: &str,
    batches: impl Iterator<Item = &'a Row>,
    writes: u64,
    found: &mut Vec<String>,
) {
    let most = LIMITS[3].1 / writes;
    let largest = batches.map(|row| row.items as u64).max().unwrap_or(0);
    let reached = largest * 1_000 / most;
    say(
        &format!("{what} at once, {largest} / what writes allow, {most}"),
        reached,
    );
    if reached < LEAST_BATCH_PERMILLE {
        found.push(format!(
            "{what} at once are less than {LEAST_BATCH_PERMILLE} thousandths of what writes allow"
        ));
    }
}

struct Contract {
    folder: &'static str,
    rows: fn() -> Vec<Row>,
    look: fn(&[Row], &mut Vec<String>),
}

const CONTRACTS: [Contract; 4] = [
    Contract {
        folder: "event-revenue",
        rows: revenue::rows,
        look: look_at_payments,
    },
    Contract {
        folder: "ticket",
        rows: ticket::rows,
        look: look_at_issues,
    },
    Contract {
        folder: "loyalty",
        rows: loyalty::rows,
        look: look_at_rewards,
    },
    Contract {
        folder: "attribution",
        rows: attribution::rows,
        look: look_at_campaigns,
    },
];

fn is_told(folder: &str, table: &str) -> bool {
    fs::read_to_string(format!("{folder}/README.md")).is_ok_and(|text| text.contains(table))
}

fn main() -> ExitCode {
    let folders: Vec<String> = env::args().skip(1).collect();
    let mut found = Vec::new();
    for contract in CONTRACTS {
        let rows = (contract.rows)();
        let table = table(&rows);
        println!("{}:\n\n{table}", contract.folder);
        (contract.look)(&rows, &mut found);
        println!();
        found.append(&mut breaches(&rows));
        if folders.iter().any(|folder| folder == contract.folder)
            && !is_told(contract.folder, &table)
        {
            found.push(format!("{}/README.md tells another table", contract.folder));
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
