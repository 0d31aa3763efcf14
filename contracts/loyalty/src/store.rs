//! What is kept, and where.
//!
//! Who may do what, the token's name and the daily cap are few and read by every call: instance storage. Balances, what was
//! rewarded and what was spent are persistent, each on its own, and never removed: who was rewarded once must never look
//! as if he had not been. What one person allows another is temporary: it ends by itself, and forgetting it takes a right
//! away and gives none.
use crate::error::Error;
use keeping::{find, keys, put};
use soroban_sdk::{contracttype, Address, BytesN, Env, String};

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Roles {
    /// Sets caps, names the rewarder, proposes: an account of several signers, or a contract.
    pub admin: Address,
    /// Pauses, and stops proposals.
    pub guardian: Address,
    /// Says who earned what.
    pub rewarder: Address,
    /// Between a proposal and its being carried out, in seconds.
    pub delay: u64,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Name {
    pub name: String,
    pub symbol: String,
    pub decimals: u32,
}

/// What may be earned by an event in all, and what was.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Earning {
    pub cap: i128,
    pub earned: i128,
}

/// What was earned on the last day on which anything was. Days are of UTC, from 1970.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Today {
    pub day: u64,
    pub earned: i128,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Spending {
    pub from: Address,
    pub amount: i128,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Allowance {
    pub amount: i128,
    pub until: u32, // a ledger
}

keys! {
    pub enum Key {
        Roles,
        Name,
        DailyCap,
        Paused,
        Today,
        Earning(event: BytesN<32>),
        Balance(of: Address),
        /// By whom, to whom.
        Allowance(from: Address, to: Address),
        /// Who, for which event, for what of it.
        Rewarded(who: Address, event: BytesN<32>, kind: u32),
        Voucher(reference: BytesN<32>),
    }
}

const DAY: u64 = 86_400;

pub fn roles(env: &Env) -> Roles {
    env.storage().instance().get(&Key::Roles).unwrap() // since the constructor
}

pub fn set_roles(env: &Env, roles: &Roles) {
    env.storage().instance().set(&Key::Roles, roles);
}

pub fn name(env: &Env) -> Name {
    env.storage().instance().get(&Key::Name).unwrap()
}

pub fn daily_cap(env: &Env) -> i128 {
    env.storage().instance().get(&Key::DailyCap).unwrap()
}

pub fn today(env: &Env) -> Today {
    let day = env.ledger().timestamp() / DAY;
    let last: Option<Today> = find(env, &Key::Today);
    last.filter(|last| last.day == day)
        .unwrap_or(Today { day, earned: 0 })
}

pub fn earning(env: &Env, event: &BytesN<32>) -> Result<Earning, Error> {
    find(env, &Key::Earning(event.clone())).ok_or(Error::NoEvent)
}

pub fn balance(env: &Env, of: &Address) -> i128 {
    find(env, &Key::Balance(of.clone())).unwrap_or(0)
}

pub fn add(env: &Env, to: &Address, amount: i128) -> Result<(), Error> {
    if *to == env.current_contract_address() {
        return Err(Error::BadHolder);
    }
    let sum = balance(env, to).checked_add(amount);
    put(env, &Key::Balance(to.clone()), &sum.ok_or(Error::Overflow)?);
    Ok(())
}

pub fn take(env: &Env, from: &Address, amount: i128) -> Result<(), Error> {
    let left = balance(env, from) - amount; // neither is negative
    if left < 0 {
        return Err(Error::TooLittle);
    }
    put(env, &Key::Balance(from.clone()), &left);
    Ok(())
}

/// What is still allowed.
pub fn allowance(env: &Env, from: &Address, spender: &Address) -> Allowance {
    let key = Key::Allowance(from.clone(), spender.clone());
    let found: Option<Allowance> = env.storage().temporary().get(&key);
    found
        .filter(|allowance| env.ledger().sequence() <= allowance.until)
        .unwrap_or(Allowance {
            amount: 0,
            until: 0,
        })
}

/// Until a ledger that has not passed.
pub fn set_allowance(env: &Env, from: &Address, spender: &Address, allowance: &Allowance) {
    let key = Key::Allowance(from.clone(), spender.clone());
    let storage = env.storage().temporary();
    if allowance.amount == 0 {
        return storage.remove(&key);
    }
    let life = allowance.until - env.ledger().sequence();
    storage.set(&key, allowance);
    storage.extend_ttl(&key, life, life);
}
