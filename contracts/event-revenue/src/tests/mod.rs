//! The contract on the SDK's own host. `World` is one event with a token, an admin and a guardian.
extern crate std;

mod conservation;
mod law;
mod life;
mod powers;

use crate::*;
use soroban_sdk::testutils::{Address as _, EnvTestConfig, IssuerFlags, Ledger as _};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::{Address, BytesN, Env, Vec};

pub const DAY: u64 = 86_400;

pub struct World {
    pub env: Env,
    pub admin: Address,
    pub guardian: Address,
    pub organizer: Address,
    pub payer: Address,
    pub token: Address,
    pub parties: std::vec::Vec<Address>,
    pub contract: EventRevenueClient<'static>,
    references: core::cell::Cell<u8>,
}

impl World {
    /// An event whose parties have these shares; creators may earn a tenth. Everybody signs what he must.
    pub fn with(shares: &[u32]) -> Self {
        let env = empty_env();
        env.mock_all_auths();
        env.ledger().set_timestamp(1_800_000_000);
        let one = || Address::generate(&env);
        let (admin, guardian, organizer, payer) = (one(), one(), one(), one());
        let parties: std::vec::Vec<Address> = shares.iter().map(|_| one()).collect();
        let asset = env.register_stellar_asset_contract_v2(one());
        asset.issuer().set_flag(IssuerFlags::RevocableFlag);
        let token = asset.address();
        StellarAssetClient::new(&env, &token).mint(&payer, &(i128::from(i64::MAX)));
        let plan = plan_of(&env, &parties, shares);
        let id = env.register(EventRevenue, (&admin, &guardian, &organizer, 2 * DAY, plan));
        let contract = EventRevenueClient::new(&env, &id);
        let references = core::cell::Cell::new(0);
        Self {
            env,
            admin,
            guardian,
            organizer,
            payer,
            token,
            parties,
            contract,
            references,
        }
    }

    pub fn reference(&self) -> BytesN<32> {
        self.references.set(self.references.get() + 1);
        BytesN::from_array(&self.env, &[self.references.get(); 32])
    }

    pub fn deposit(&self, amount: i128) {
        let version = self.contract.version();
        self.contract.deposit(
            &self.payer,
            &version,
            &self.token,
            &amount,
            &self.reference(),
        );
    }

    pub fn distribute(&self) -> i128 {
        self.contract.distribute(
            &1,
            &self.token,
            &Vec::from_iter(&self.env, self.parties.iter().cloned()),
        )
    }

    pub fn balance(&self, of: &Address) -> i128 {
        TokenClient::new(&self.env, &self.token).balance(of)
    }

    pub fn balances(&self) -> std::vec::Vec<i128> {
        self.parties
            .iter()
            .map(|party| self.balance(party))
            .collect()
    }

    pub fn set_authorized(&self, whom: &Address, on: bool) {
        StellarAssetClient::new(&self.env, &self.token).set_authorized(whom, &on);
    }

    pub fn pass(&self, seconds: u64) {
        self.env
            .ledger()
            .set_timestamp(self.env.ledger().timestamp() + seconds);
    }

    pub fn held(&self) -> i128 {
        held(&self.contract.book(&1, &self.token))
    }
}

/// Nothing is written beside the tests.
pub fn empty_env() -> Env {
    Env::new_with_config(EnvTestConfig {
        capture_snapshot_at_drop: false,
    })
}

pub fn plan_of(env: &Env, parties: &[Address], shares: &[u32]) -> Plan {
    let shares = parties.iter().zip(shares).map(|(party, bps)| Share {
        party: party.clone(),
        bps: *bps,
    });
    Plan {
        shares: Vec::from_iter(env, shares),
        commission_cap: 1_000,
    }
}

/// What a call that must be refused is refused for.
#[macro_export]
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

pub fn held(book: &Book) -> i128 {
    let paid: std::vec::Vec<i128> = book.paid.iter().collect();
    book.held(&paid)
}
