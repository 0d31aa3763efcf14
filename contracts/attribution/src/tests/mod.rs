//! The contract on the SDK's own host. `World` is a campaign with a token and somebody who funds it.
extern crate std;

mod anchor;
mod challenge;
mod conservation;
mod content;
mod errors;
mod escrow;
mod life;
mod payment;
mod powers;
mod run;

use crate::*;
use soroban_sdk::testutils::{Address as _, EnvTestConfig, IssuerFlags, Ledger as _};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{Address, BytesN, Env, Symbol, Vec};

pub const DAY: u64 = 86_400;
pub const NOW: u64 = 1_800_000_000;
pub const ENDS: u64 = NOW + 30 * DAY;
pub const WINDOW: u64 = 3 * DAY;

pub struct World {
    pub env: Env,
    pub roles: Roles,
    pub funder: Address,
    pub token: Address,
    pub contract: AttributionClient<'static>,
}

/// A run as whoever approves it makes it: `digests[at]` is of the rows from there on.
pub struct Planned {
    pub id: BytesN<32>,
    pub rows: std::vec::Vec<Row>,
    pub digests: std::vec::Vec<BytesN<32>>,
}

impl Planned {
    pub fn total(&self) -> i128 {
        self.rows.iter().map(|row| row.amount).sum()
    }

    pub fn creator(&self, at: usize) -> Address {
        self.rows[at].creator.clone()
    }

    pub fn creators(&self, env: &Env) -> Vec<Address> {
        Vec::from_iter(env, self.rows.iter().map(|row| row.creator.clone()))
    }
}

pub fn empty_env() -> Env {
    let env = Env::new_with_config(EnvTestConfig {
        capture_snapshot_at_drop: false, // nothing is written beside the tests
    });
    env.mock_all_auths();
    env.ledger().set_timestamp(NOW);
    env.ledger().set_max_entry_ttl(3_110_400); // as on mainnet
    env
}

pub fn roles_of(env: &Env) -> Roles {
    let one = || Address::generate(env);
    Roles {
        admin: one(),
        approver: one(),
        guardian: one(),
        recorder: one(),
        delay: 2 * DAY,
    }
}

impl World {
    /// Everybody signs what he must.
    pub fn new() -> Self {
        Self::of(Attribution)
    }

    pub fn of(code: impl soroban_sdk::testutils::Register) -> Self {
        let env = empty_env();
        let roles = roles_of(&env);
        let asset = env.register_stellar_asset_contract_v2(Address::generate(&env));
        asset.issuer().set_flag(IssuerFlags::RevocableFlag);
        let token = asset.address();
        let funder = Address::generate(&env);
        StellarAssetClient::new(&env, &token).mint(&funder, &i128::from(i64::MAX));
        let terms = Terms {
            token: token.clone(),
            ends: ENDS,
            window: WINDOW,
        };
        let id = env.register(code, (roles.clone(), terms));
        let contract = AttributionClient::new(&env, &id);
        Self {
            env,
            roles,
            funder,
            token,
            contract,
        }
    }

    pub fn person(&self) -> Address {
        Address::generate(&self.env)
    }

    pub fn number(&self, number: u8) -> BytesN<32> {
        BytesN::from_array(&self.env, &[number; 32])
    }

    pub fn fund(&self, amount: i128, reference: u8) {
        self.contract
            .fund(&self.funder, &amount, &self.number(reference));
    }

    pub fn digest_of(&self, row: &Row, after: &BytesN<32>) -> BytesN<32> {
        let mut bytes = row.to_xdr(&self.env);
        bytes.append(after.as_ref());
        self.env.crypto().sha256(&bytes).to_bytes()
    }

    /// Of new creators who earned this.
    pub fn plan(&self, id: u8, amounts: &[i128]) -> Planned {
        let rows = amounts.iter().map(|amount| Row {
            amount: *amount,
            conversions: 3,
            creator: self.person(),
        });
        self.plan_of(id, rows.collect())
    }

    pub fn plan_of(&self, id: u8, rows: std::vec::Vec<Row>) -> Planned {
        let id = self.number(id);
        let mut digests = std::vec![id.clone()];
        for row in rows.iter().rev() {
            let digest = self.digest_of(row, digests.last().unwrap());
            digests.push(digest);
        }
        digests.reverse();
        Planned { id, rows, digests }
    }

    pub fn approve(&self, run: &Planned) {
        let count = run.rows.len() as u32;
        self.contract
            .approve_run(&run.id, &run.digests[0], &run.total(), &count);
    }

    pub fn batch(&self, run: &Planned, from: usize, to: usize) -> (Vec<Row>, BytesN<32>) {
        let rows = Vec::from_iter(&self.env, run.rows[from..to].iter().cloned());
        (rows, run.digests[to].clone())
    }

    pub fn record(&self, run: &Planned, from: usize, to: usize) -> u32 {
        let (rows, rest) = self.batch(run, from, to);
        self.contract.record(&run.id, &rows, &rest)
    }

    /// Funded, approved, whole; its window is open.
    pub fn whole(&self, id: u8, amounts: &[i128]) -> Planned {
        let run = self.plan(id, amounts);
        self.fund(run.total(), id);
        self.approve(&run);
        self.record(&run, 0, amounts.len());
        run
    }

    pub fn distribute(&self, run: &Planned) -> i128 {
        self.contract.distribute(&run.id, &run.creators(&self.env))
    }

    pub fn balance(&self, of: &Address) -> i128 {
        TokenClient::new(&self.env, &self.token).balance(of)
    }

    pub fn here(&self) -> i128 {
        self.balance(&self.contract.address)
    }

    pub fn set_authorized(&self, whom: &Address, on: bool) {
        StellarAssetClient::new(&self.env, &self.token).set_authorized(whom, &on);
    }

    pub fn pass(&self, seconds: u64) {
        let now = self.env.ledger().timestamp();
        self.env.ledger().set_timestamp(now + seconds);
    }

    /// Proposes it, waits, and carries it out.
    pub fn change(&self, change: Change) {
        let id = self.contract.propose(&change);
        self.pass(self.roles.delay);
        self.contract.carry_out(&id);
    }
}

/// What a call that must be refused is refused for.
macro_rules! refused {
    ($call:expr) => {
        match $call {
            Err(Ok(error)) => error,
            other => panic!("not refused: {:?}", other),
        }
    };
}
pub(crate) use refused;
pub(crate) use soroban_sdk::vec as list;
