//! What is kept for how long.
//!
//! Whoever calls a function pays for keeping the instance, the rules that it reads and what it writes, but not the code:
//! its rent is more than all the rest together, and would fall on whoever calls on the wrong day. Whoever runs the event
//! extends the code.
#![no_std]
use soroban_sdk::{Env, IntoVal, TryFromVal, Val};

const DAY: u32 = 17_280; // ledgers of five seconds
/// Below so many ledgers of life, it is extended to [`KEEP`].
pub const LOW: u32 = 30 * DAY;
pub const KEEP: u32 = 120 * DAY;

pub fn keep_instance(env: &Env) {
    let here = env.current_contract_address();
    env.deployer()
        .extend_ttl_for_contract_instance(here, LOW, KEEP);
}

pub fn find<K, T>(env: &Env, key: &K) -> Option<T>
where
    K: IntoVal<Env, Val>,
    T: TryFromVal<Env, Val>,
{
    env.storage().persistent().get(key)
}

/// Of what was found.
pub fn keep<K: IntoVal<Env, Val>>(env: &Env, key: &K) {
    env.storage().persistent().extend_ttl(key, LOW, KEEP);
}

pub fn put<K, T>(env: &Env, key: &K, value: &T)
where
    K: IntoVal<Env, Val>,
    T: IntoVal<Env, Val>,
{
    env.storage().persistent().set(key, value);
    keep(env, key);
}

/// A flag that is off is not there.
pub fn is_set<K: IntoVal<Env, Val>>(env: &Env, key: &K) -> bool {
    env.storage().instance().has(key)
}

pub fn set_flag<K: IntoVal<Env, Val>>(env: &Env, key: &K, on: bool) {
    let storage = env.storage().instance();
    if on {
        storage.set(key, &true);
    } else {
        storage.remove(key);
    }
}
