//! What is kept for how long.
//!
//! Whoever calls a function pays for keeping the instance, the rules that it reads and what it writes, but not the code:
//! its rent is more than all the rest together, and would fall on whoever calls on the wrong day. Whoever runs the event
//! extends the code.
#![no_std]
//!
//! A key is made into what the host takes where it is named ([`keys`], and what is inlined here): the network charges a
//! function for all that it holds, so that one which knew every key would cost all of them each time.
use soroban_sdk::{Address, Env, IntoVal, TryFromVal, Val};

mod keys;

#[doc(hidden)]
pub use soroban_sdk; // for what `keys` expands to

const DAY: u32 = 17_280; // ledgers of five seconds
/// Below so many ledgers of life, it is extended to [`KEEP`].
pub const LOW: u32 = 30 * DAY;
pub const KEEP: u32 = 120 * DAY;

/// Returns the contract's own address, which it had to ask for.
pub fn keep_instance(env: &Env) -> Address {
    let here = env.current_contract_address();
    env.deployer()
        .extend_ttl_for_contract_instance(here.clone(), LOW, KEEP);
    here
}

#[inline(always)]
pub fn find<K, T>(env: &Env, key: &K) -> Option<T>
where
    K: IntoVal<Env, Val>,
    T: TryFromVal<Env, Val>,
{
    let key: Val = key.into_val(env);
    env.storage().persistent().get(&key)
}

/// Of what was found.
#[inline(always)]
pub fn keep<K: IntoVal<Env, Val>>(env: &Env, key: &K) {
    let key: Val = key.into_val(env);
    env.storage().persistent().extend_ttl(&key, LOW, KEEP);
}

#[inline(always)]
pub fn put<K, T>(env: &Env, key: &K, value: &T)
where
    K: IntoVal<Env, Val>,
    T: IntoVal<Env, Val>,
{
    let key: Val = key.into_val(env);
    env.storage().persistent().set(&key, value);
    env.storage().persistent().extend_ttl(&key, LOW, KEEP);
}

/// A flag that is off is not there.
#[inline(always)]
pub fn is_set<K: IntoVal<Env, Val>>(env: &Env, key: &K) -> bool {
    let key: Val = key.into_val(env);
    env.storage().instance().has(&key)
}

#[inline(always)]
pub fn set_flag<K: IntoVal<Env, Val>>(env: &Env, key: &K, on: bool) {
    let key: Val = key.into_val(env);
    let storage = env.storage().instance();
    if on {
        storage.set(&key, &true);
    } else {
        storage.remove(&key);
    }
}

#[cfg(test)]
mod tests;
