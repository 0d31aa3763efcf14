//! The contract on the SDK's own host. `World` is one event with tiers, a token and people who hold accounts.
extern crate std;

mod conservation;
mod errors;
mod issue;
mod life;
mod market;
mod nft;
mod powers;
mod token;

use crate::*;
use soroban_sdk::testutils::{Address as _, EnvTestConfig, Ledger as _};
use soroban_sdk::xdr::{AccountId, PublicKey, ScAddress, Uint256};
use soroban_sdk::{Address, BytesN, Env, String, TryFromVal, Vec};
use token::{PlainToken, PlainTokenClient};

pub const DAY: u64 = 86_400;
pub const NOW: u64 = 1_800_000_000;
/// Given away and resold until the event ends.
pub const OPEN: u32 = 1;
/// Only resold.
pub const STRICT: u32 = 2;
pub const ENDS: u64 = NOW + 100 * DAY;
/// The most that a resale of either may cost.
pub const CAP: i128 = 1_100;
const RICH: i128 = 1_000_000_000_000;

pub struct World {
    pub env: Env,
    pub roles: Roles,
    pub parties: std::vec::Vec<Address>,
    pub token: PlainTokenClient<'static>,
    pub contract: EventTicketsClient<'static>,
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

/// An account of this number.
pub fn account(env: &Env, number: u32) -> Address {
    let mut key = [7; 32];
    key[..4].copy_from_slice(&number.to_be_bytes());
    let id = AccountId(PublicKey::PublicKeyTypeEd25519(Uint256(key)));
    Address::try_from_val(env, &ScAddress::Account(id)).unwrap()
}

pub fn roles_of(env: &Env) -> Roles {
    let one = || Address::generate(env);
    Roles {
        admin: one(),
        guardian: one(),
        minter: one(),
        gate: one(),
        delay: 2 * DAY,
    }
}

pub fn event_of(env: &Env, token: &Address) -> Event {
    let text = |text| String::from_str(env, text);
    Event {
        name: text("Demo Night"),
        symbol: text("DEMO"),
        uri: text("https://tickets.example/demo/"),
        token: token.clone(),
        capacity: 1_000,
        ends: ENDS,
    }
}

pub fn shares_of(env: &Env, parties: &[Address], bps: &[u32]) -> Vec<Share> {
    let shares = parties.iter().zip(bps).map(|(party, bps)| Share {
        party: party.clone(),
        bps: *bps,
    });
    Vec::from_iter(env, shares)
}

pub fn tier_of(capacity: u32) -> Tier {
    let always = Window {
        from: NOW,
        until: ENDS,
    };
    Tier {
        capacity,
        price: 1_000,
        cap: CAP,
        royalty: 1_000,
        gifts: always.clone(),
        sales: always,
    }
}

pub fn strict_tier(capacity: u32) -> Tier {
    Tier {
        gifts: Window { from: 0, until: 0 },
        ..tier_of(capacity)
    }
}

impl World {
    /// Ten tickets of either tier may be out. Everybody signs what he must.
    pub fn new() -> Self {
        let w = Self::of(EventTickets);
        w.contract.set_tier(&OPEN, &tier_of(10));
        w.contract.set_tier(&STRICT, &strict_tier(10));
        w
    }

    pub fn of(code: impl soroban_sdk::testutils::Register) -> Self {
        let env = empty_env();
        let roles = roles_of(&env);
        let token = PlainTokenClient::new(&env, &env.register(PlainToken, ()));
        let parties = std::vec![account(&env, 901), account(&env, 902)];
        let shares = shares_of(&env, &parties, &[7_000, 3_000]);
        let args = (roles.clone(), event_of(&env, &token.address), shares);
        let contract = EventTicketsClient::new(&env, &env.register(code, args));
        Self {
            env,
            roles,
            parties,
            token,
            contract,
        }
    }

    /// Somebody with money.
    pub fn person(&self, number: u32) -> Address {
        let person = account(&self.env, number);
        if self.token.balance(&person) == 0 {
            self.token.give(&person, &RICH);
        }
        person
    }

    pub fn reference(&self, of: u32) -> BytesN<32> {
        let mut bytes = [3; 32];
        bytes[..4].copy_from_slice(&of.to_be_bytes());
        BytesN::from_array(&self.env, &bytes)
    }

    pub fn issue(&self, id: u32, to: &Address) -> Issue {
        Issue {
            id,
            to: to.clone(),
            reference: self.reference(id),
        }
    }

    pub fn mint(&self, tier: u32, id: u32, to: &Address) {
        assert_eq!(
            self.contract
                .mint(&tier, &list![&self.env, self.issue(id, to)]),
            1
        );
    }

    /// A ticket of this number and somebody who holds it.
    pub fn holder(&self, tier: u32, id: u32) -> Address {
        let holder = self.person(id);
        self.mint(tier, id, &holder);
        holder
    }

    pub fn list(&self, seller: &Address, id: u32, price: i128) {
        self.contract.list(seller, &id, &price, &(NOW + 50 * DAY));
    }

    pub fn one(&self, id: u32) -> Vec<u32> {
        list![&self.env, id]
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
