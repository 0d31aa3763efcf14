//! Changes wait in the open before they are carried out, so that whoever disagrees can see them and act. What a change
//! is, and who may propose and stop it, each contract says itself.
#![no_std]
use soroban_sdk::{contractevent, contracttype, Env, IntoVal, TryFromVal, Val};

const DAY: u64 = 86_400;
/// How long a proposal may be carried out once its time has come.
pub const GRACE: u64 = 14 * DAY;
pub const LEAST_DELAY: u64 = DAY;
pub const MOST_DELAY: u64 = 30 * DAY;

/// Beside the contract's own keys: no other has these names.
#[contracttype]
pub enum LockKey {
    NextProposal,
    Proposal(u32),
}

#[contractevent]
pub struct Proposed {
    #[topic]
    pub id: u32,
    pub not_before: u64,
}

#[contractevent]
pub struct Carried {
    #[topic]
    pub id: u32,
}

#[contractevent]
pub struct Cancelled {
    #[topic]
    pub id: u32,
}

/// Why a proposal is not carried out.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// None of this number waits.
    Absent,
    TooEarly,
    TooLate,
}

#[must_use]
pub fn is_delay(seconds: u64) -> bool {
    (LEAST_DELAY..=MOST_DELAY).contains(&seconds)
}

/// Returns the number to carry it out, or stop it, by.
pub fn propose<C: IntoVal<Env, Val>>(env: &Env, change: C, delay: u64) -> u32 {
    let instance = env.storage().instance();
    let id: u32 = instance.get(&LockKey::NextProposal).unwrap_or(1);
    let not_before = env.ledger().timestamp() + delay;
    let change: Val = change.into_val(env);
    keeping::put(env, &LockKey::Proposal(id), &(change, not_before));
    instance.set(&LockKey::NextProposal, &(id + 1));
    Proposed { id, not_before }.publish(env);
    id
}

/// The change, and when its time comes, in seconds since 1970.
pub fn get<C: TryFromVal<Env, Val>>(env: &Env, id: u32) -> Result<(C, u64), Refusal> {
    keeping::find(env, &LockKey::Proposal(id)).ok_or(Refusal::Absent)
}

/// For carrying it out: it is gone then.
pub fn take<C: TryFromVal<Env, Val>>(env: &Env, id: u32) -> Result<C, Refusal> {
    let (change, not_before) = get(env, id)?;
    let now = env.ledger().timestamp();
    if now < not_before {
        return Err(Refusal::TooEarly);
    }
    if now > not_before + GRACE {
        return Err(Refusal::TooLate);
    }
    remove(env, id);
    Carried { id }.publish(env);
    Ok(change)
}

/// Whoever calls has looked whether it is there, and who stops it.
pub fn stop(env: &Env, id: u32) {
    remove(env, id);
    Cancelled { id }.publish(env);
}

fn remove(env: &Env, id: u32) {
    env.storage().persistent().remove(&LockKey::Proposal(id));
}
