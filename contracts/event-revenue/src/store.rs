//! What is kept, and where.
//!
//! Who may do what, and the counters, are few and read by every call: instance storage. Plans, books and references grow
//! with the event: persistent storage, each on its own. Nothing is temporary: what was paid must never be forgotten.
//! Whoever calls a function pays for keeping the instance, the plan that it reads and what it writes, but not the code: its
//! rent is more than all the rest together, and would fall on whoever calls on the wrong day. Whoever runs the event
//! extends the code.
use crate::error::Error;
use soroban_sdk::{contracttype, Address, BytesN, Env, IntoVal, TryFromVal, Val, Vec};

const DAY: u32 = 17_280; // ledgers of five seconds
/// Below so many ledgers of life, it is extended to `KEEP`.
pub const LOW: u32 = 30 * DAY;
pub const KEEP: u32 = 120 * DAY;

#[contracttype]
#[derive(Clone)]
pub struct Roles {
    /// Proposes changes, refunds, and says what creators earned: an account of several signers, or a contract.
    pub admin: Address,
    /// Pauses, and stops proposals.
    pub guardian: Address,
    /// Where the emergency exit leads. Never changes.
    pub organizer: Address,
    /// Between a proposal and its being carried out, in seconds.
    pub delay: u64,
}

/// Parties and their shares in basis points, in their stable order.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Share {
    pub party: Address,
    pub bps: u32,
}

/// How what is deposited is shared. Frozen by the first deposit under it.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Plan {
    pub shares: Vec<Share>,
    /// The most that creators may earn off the top, in basis points of what came in less refunds.
    pub commission_cap: u32,
}

/// The book of one token under one version of the plan: all amounts to date.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Book {
    pub deposited: i128,
    pub refunded: i128,
    pub commissions: i128,
    pub commissions_paid: i128,
    /// Of each share of the plan.
    pub paid: Vec<i128>,
}

/// What one creator earned of a token under one version, and what of it was paid.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Credit {
    pub due: i128,
    pub paid: i128,
}

#[contracttype]
pub enum Key {
    Roles,
    Paused,
    Closed,
    Version,
    /// Something was deposited.
    Frozen,
    /// Of the next proposal.
    Counter,
    Proposal(u32),
    Plan(u32),
    Book(u32, Address),
    Credit(u32, Address, Address),
    /// A deposit, refund or batch of commissions that was taken.
    Reference(BytesN<32>),
}

pub fn keep_instance(env: &Env) {
    let here = env.current_contract_address();
    env.deployer()
        .extend_ttl_for_contract_instance(here, LOW, KEEP);
}

pub fn roles(env: &Env) -> Roles {
    env.storage().instance().get(&Key::Roles).unwrap() // since the constructor
}

pub fn set_roles(env: &Env, roles: &Roles) {
    env.storage().instance().set(&Key::Roles, roles);
}

/// A flag that is off is not there.
pub fn is_set(env: &Env, key: &Key) -> bool {
    env.storage().instance().has(key)
}

pub fn set_flag(env: &Env, key: &Key, on: bool) {
    let storage = env.storage().instance();
    if on {
        storage.set(key, &true);
    } else {
        storage.remove(key);
    }
}

/// The newest version of the plan, from 1.
pub fn version(env: &Env) -> u32 {
    env.storage().instance().get(&Key::Version).unwrap()
}

pub fn find<T: TryFromVal<Env, Val>>(env: &Env, key: &Key) -> Option<T> {
    env.storage().persistent().get(key)
}

fn keep(env: &Env, key: &Key) {
    env.storage().persistent().extend_ttl(key, LOW, KEEP);
}

pub fn put<T: IntoVal<Env, Val>>(env: &Env, key: &Key, value: &T) {
    env.storage().persistent().set(key, value);
    keep(env, key);
}

/// Read by every call that moves money, and never written again.
pub fn plan(env: &Env, version: u32) -> Result<Plan, Error> {
    let key = Key::Plan(version);
    let plan = find(env, &key).ok_or(Error::NoPlan)?;
    keep(env, &key);
    Ok(plan)
}

pub fn book(env: &Env, version: u32, token: &Address, plan: &Plan) -> Book {
    find(env, &Key::Book(version, token.clone())).unwrap_or_else(|| Book {
        deposited: 0,
        refunded: 0,
        commissions: 0,
        commissions_paid: 0,
        paid: Vec::from_iter(env, plan.shares.iter().map(|_| 0)),
    })
}

/// Each reference once.
pub fn take_reference(env: &Env, reference: &BytesN<32>) -> Result<(), Error> {
    let key = Key::Reference(reference.clone());
    if env.storage().persistent().has(&key) {
        return Err(Error::KnownReference);
    }
    put(env, &key, &true);
    Ok(())
}
