//! Changes wait in the open before they are carried out, so that whoever disagrees can see them and act.
use crate::error::Error;
use crate::event::{Cancelled, Proposed};
use crate::store::{self, Key, Plan};
use soroban_sdk::{contracttype, Address, BytesN, Env};

const DAY: u64 = 86_400;
/// How long a proposal may be carried out once its time has come.
const GRACE: u64 = 14 * DAY;
pub const LEAST_DELAY: u64 = DAY;
pub const MOST_DELAY: u64 = 30 * DAY;

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
    /// For what is deposited after it is carried out.
    Plan(Plan),
    Admin(Address),
    Guardian(Address),
    Unpause,
    Upgrade(BytesN<32>),
    /// All of this token to the organizer's address; the contract is closed then.
    Exit(Address),
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proposal {
    pub change: Change,
    pub not_before: u64, // seconds since 1970, as ledgers close
}

pub fn propose(env: &Env, change: Change) -> u32 {
    let id: u32 = env.storage().instance().get(&Key::Counter).unwrap_or(1);
    let not_before = env.ledger().timestamp() + store::roles(env).delay;
    store::put(env, &Key::Proposal(id), &Proposal { change, not_before });
    env.storage().instance().set(&Key::Counter, &(id + 1));
    Proposed { id, not_before }.publish(env);
    id
}

pub fn get(env: &Env, id: u32) -> Result<Proposal, Error> {
    store::find(env, &Key::Proposal(id)).ok_or(Error::NoProposal)
}

/// Gone afterwards, carried out or not.
fn remove(env: &Env, id: u32) {
    env.storage().persistent().remove(&Key::Proposal(id));
}

pub fn take(env: &Env, id: u32) -> Result<Change, Error> {
    let proposal = get(env, id)?;
    let now = env.ledger().timestamp();
    if now < proposal.not_before {
        return Err(Error::TooEarly);
    }
    if now > proposal.not_before + GRACE {
        return Err(Error::TooLate);
    }
    remove(env, id);
    Ok(proposal.change)
}

/// A guardian may stop everything but his own replacement: else whoever has his key could stay for ever.
pub fn cancel(env: &Env, id: u32, by_guardian: bool) -> Result<(), Error> {
    let proposal = get(env, id)?;
    if by_guardian && matches!(proposal.change, Change::Guardian(_)) {
        return Err(Error::NotStoppable);
    }
    remove(env, id);
    Cancelled { id }.publish(env);
    Ok(())
}
