//! Points that people earn by coming to events and spend on vouchers: a SEP-41 token of which nobody can make more than
//! the caps let, and nobody can take away what somebody has. See README.md for who may do what.
#![no_std]

mod error;
mod event;
mod reward;
mod store;
mod token;

pub use error::Error;
pub use reward::Reward;
pub use store::{Allowance, Earning, Name, Roles, Spending, Today};

use soroban_sdk::{
    contract, contractimpl, contractmeta, contracttype, Address, BytesN, ContractExecutable, Env,
};
use store::Key;

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
    /// What may be earned in a day.
    DailyCap(i128),
    Admin(Address),
    Guardian(Address),
    Unpause,
    Upgrade(BytesN<32>),
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proposal {
    pub change: Change,
    pub not_before: u64, // seconds since 1970, as ledgers close
}

contractmeta!(key = "sep", val = "41"); // as SEP-47 says it

#[contract]
pub struct LoyaltyPoints;

fn require_open(env: &Env) -> Result<(), Error> {
    keeping::keep_instance(env);
    if keeping::is_set(env, &Key::Paused) {
        return Err(Error::Paused);
    }
    Ok(())
}

fn require_admin(env: &Env) -> Roles {
    keeping::keep_instance(env);
    let roles = store::roles(env);
    roles.admin.require_auth();
    roles
}

fn set_paused(env: &Env, paused: bool) {
    keeping::set_flag(env, &Key::Paused, paused);
    event::PauseSet { paused }.publish(env);
}

fn upgrade(env: &Env, wasm: BytesN<32>) {
    let code = ContractExecutable::Wasm(wasm.clone());
    env.deployer().update_current_contract(code);
    event::Upgraded { wasm }.publish(env);
}

#[contractimpl]
impl LoyaltyPoints {
    /// Admin and guardian are best two accounts of several signers; the rewarder may be a machine. The delay is what lies
    /// between a proposal and its being carried out: one day to thirty.
    pub fn __constructor(env: Env, roles: Roles, name: Name, daily_cap: i128) -> Result<(), Error> {
        if !timelock::is_delay(roles.delay) {
            return Err(Error::BadDelay);
        }
        let is_long = name.name.len() > 64 || name.symbol.len() > 16 || name.decimals > 18;
        if is_long || name.name.is_empty() || name.symbol.is_empty() {
            return Err(Error::BadText);
        }
        store::set_roles(&env, &roles);
        env.storage().instance().set(&Key::Name, &name);
        reward::store_daily_cap(&env, daily_cap)?;
        keeping::keep_instance(&env);
        Ok(())
    }

    /// Names who says what was earned, at once: his key lies on a machine, and is lost sooner.
    pub fn set_rewarder(env: Env, rewarder: Address) {
        let roles = Roles {
            rewarder: rewarder.clone(),
            ..require_admin(&env)
        };
        store::set_roles(&env, &roles);
        event::RewarderSet { rewarder }.publish(&env);
    }

    /// The guardian stops every movement, at once.
    pub fn pause(env: Env) {
        keeping::keep_instance(&env);
        store::roles(&env).guardian.require_auth();
        set_paused(&env, true);
    }

    /// The guardian lets it go on. Where his key is lost, the admin proposes it.
    pub fn unpause(env: Env) {
        keeping::keep_instance(&env);
        store::roles(&env).guardian.require_auth();
        set_paused(&env, false);
    }

    /// The admin says what shall change. Returns the number to carry it out, or cancel it, by.
    pub fn propose(env: Env, change: Change) -> u32 {
        let delay = require_admin(&env).delay;
        timelock::propose(&env, change, delay)
    }

    /// By the admin or the guardian, `by`. The guardian's replacement he cannot cancel: else whoever has his key could
    /// stay for ever.
    pub fn cancel(env: Env, by: Address, id: u32) -> Result<(), Error> {
        keeping::keep_instance(&env);
        by.require_auth();
        let roles = store::roles(&env);
        if by != roles.admin && by != roles.guardian {
            return Err(Error::NotAllowed);
        }
        let (change, _): (Change, u64) = timelock::get(&env, id)?;
        if by != roles.admin && matches!(change, Change::Guardian(_)) {
            return Err(Error::NotStoppable);
        }
        timelock::stop(&env, id);
        Ok(())
    }

    /// Carries a proposal out whose time has come.
    pub fn carry_out(env: Env, id: u32) -> Result<(), Error> {
        let mut roles = require_admin(&env);
        match timelock::take(&env, id)? {
            Change::DailyCap(cap) => reward::store_daily_cap(&env, cap)?,
            Change::Admin(admin) => roles.admin = admin,
            Change::Guardian(guardian) => roles.guardian = guardian,
            Change::Unpause => set_paused(&env, false),
            Change::Upgrade(wasm) => upgrade(&env, wasm),
        }
        store::set_roles(&env, &roles);
        Ok(())
    }

    pub fn roles(env: Env) -> Roles {
        store::roles(&env)
    }

    pub fn proposal(env: Env, id: u32) -> Result<Proposal, Error> {
        let (change, not_before) = timelock::get(&env, id)?;
        Ok(Proposal { change, not_before })
    }

    pub fn is_paused(env: Env) -> bool {
        keeping::is_set(&env, &Key::Paused)
    }
}

#[cfg(test)]
mod tests;
