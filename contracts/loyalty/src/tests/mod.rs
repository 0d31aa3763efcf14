//! The contract on the SDK's own host. `World` is a token of points and one event that people earn by.
extern crate std;

mod conservation;
mod errors;
mod life;
mod powers;
mod reward;
mod token;

use crate::*;
use soroban_sdk::testutils::{Address as _, EnvTestConfig, Ledger as _};
use soroban_sdk::token::TokenClient;
use soroban_sdk::{Address, BytesN, Env, String, Vec};

pub const DAY: u64 = 86_400;
/// Midnight.
pub const NOW: u64 = 20_833 * DAY;
pub const DAILY_CAP: i128 = 10_000;
pub const EVENT_CAP: i128 = 5_000;
/// What people are rewarded for.
pub const CAME: u32 = 1;
pub const BROUGHT_A_FRIEND: u32 = 2;

pub struct World {
    pub env: Env,
    pub roles: Roles,
    pub contract: LoyaltyPointsClient<'static>,
    pub event: BytesN<32>,
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
        guardian: one(),
        rewarder: one(),
        delay: 2 * DAY,
    }
}

pub fn name_of(env: &Env) -> Name {
    Name {
        name: String::from_str(env, "Demo Sphere"),
        symbol: String::from_str(env, "SPHERE"),
        decimals: 2,
    }
}

impl World {
    /// Everybody signs what he must.
    pub fn new() -> Self {
        Self::of(LoyaltyPoints)
    }

    pub fn of(code: impl soroban_sdk::testutils::Register) -> Self {
        let env = empty_env();
        let roles = roles_of(&env);
        let args = (roles.clone(), name_of(&env), DAILY_CAP);
        let contract = LoyaltyPointsClient::new(&env, &env.register(code, args));
        let event = BytesN::from_array(&env, &[1; 32]);
        contract.set_event_cap(&event, &EVENT_CAP);
        Self {
            env,
            roles,
            contract,
            event,
        }
    }

    pub fn person(&self) -> Address {
        Address::generate(&self.env)
    }

    /// Somebody who came, and has this.
    pub fn rich(&self, amount: i128) -> Address {
        let person = self.person();
        self.reward(&person, amount);
        person
    }

    pub fn one(&self, to: &Address, amount: i128) -> Vec<Reward> {
        let to = to.clone();
        list![&self.env, Reward { to, amount }]
    }

    pub fn reward(&self, to: &Address, amount: i128) {
        let rewards = self.one(to, amount);
        assert_eq!(self.contract.reward(&self.event, &CAME, &rewards), 1);
    }

    /// As wallets see it.
    pub fn token(&self) -> TokenClient<'static> {
        TokenClient::new(&self.env, &self.contract.address)
    }

    pub fn number(&self, number: u8) -> BytesN<32> {
        BytesN::from_array(&self.env, &[number; 32])
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
