//! What is kept, and where.
//!
//! Who may do what, and the counters, are few and read by every call: instance storage. Plans, books and references grow
//! with the event: persistent storage, each on its own. Nothing is temporary: what was paid must never be forgotten.
//! Whoever calls a function pays for keeping the instance, the plan that it reads and what it writes, but not the code: its
//! rent is more than all the rest together, and would fall on whoever calls on the wrong day. Whoever runs the event
//! extends the code.
use crate::error::Error;
use crate::lists;
use alloc::vec;
use keeping::keys;
pub use keeping::{find, is_set, keep, keep_instance, put, set_flag};
use soroban_sdk::{contracttype, Address, BytesN, Env, IntoVal, Val, Vec};

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

keys! {
    pub enum Key {
        Roles,
        Paused,
        Closed,
        Version,
        /// Something was deposited.
        Frozen,
        /// Of the next proposal.
        Counter,
        Proposal(id: u32),
        Plan(version: u32),
        Book(version: u32, token: Address),
        Credit(version: u32, token: Address, creator: Address),
        /// A deposit, refund or batch of commissions that was taken.
        Reference(reference: BytesN<32>),
    }
}

pub fn roles(env: &Env) -> Roles {
    env.storage().instance().get(&Key::Roles).unwrap() // since the constructor
}

pub fn set_roles(env: &Env, roles: &Roles) {
    env.storage().instance().set(&Key::Roles, roles);
}

/// The newest version of the plan, from 1.
pub fn version(env: &Env) -> u32 {
    env.storage().instance().get(&Key::Version).unwrap()
}

/// Read by every call that moves money, and never written again.
pub fn plan(env: &Env, version: u32) -> Result<Plan, Error> {
    let key: Val = Key::Plan(version).into_val(env);
    let plan = find(env, &key).ok_or(Error::NoPlan)?;
    keep(env, &key);
    Ok(plan)
}

pub fn book(env: &Env, version: u32, token: &Address, plan: &Plan) -> Book {
    book_at(env, &Key::Book(version, token.clone()).into_val(env), plan)
}

/// By its key, for whoever writes it too.
pub fn book_at(env: &Env, key: &Val, plan: &Plan) -> Book {
    find(env, key).unwrap_or_else(|| Book {
        deposited: 0,
        refunded: 0,
        commissions: 0,
        commissions_paid: 0,
        paid: lists::of_amounts(env, &vec![0; plan.shares.len() as usize]),
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
