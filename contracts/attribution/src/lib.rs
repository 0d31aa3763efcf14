//! What creators earn by one campaign: content that they publish, an escrow that pays for what it brings, runs that say who
//! brought what, a time in which they can be challenged, and roots that prove it. See README.md for who may do what.
#![no_std]

mod anchor;
mod challenge;
mod content;
mod error;
mod escrow;
mod event;
mod payment;
mod run;
mod store;

pub use error::Error;
pub use store::{
    Anchored, Book, Content, Funding, Recorded, Roles, Row, Run, Standing, Terms, Verdict,
};

use soroban_sdk::{contract, contractimpl, contracttype, Address, BytesN, ContractExecutable, Env};
use store::Key;

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;
const LEAST_WINDOW: u64 = HOUR;
const MOST_WINDOW: u64 = 60 * DAY;
const LONGEST: u64 = 3 * 366 * DAY;

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
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

#[contract]
pub struct Attribution;

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
impl Attribution {
    /// Admin and guardian are best two accounts of several signers, of different people. The delay is what lies between a
    /// proposal and its being carried out: one day to thirty.
    pub fn __constructor(env: Env, roles: Roles, terms: Terms) -> Result<(), Error> {
        if !timelock::is_delay(roles.delay) {
            return Err(Error::BadDelay);
        }
        if !(LEAST_WINDOW..=MOST_WINDOW).contains(&terms.window) {
            return Err(Error::BadWindow);
        }
        let now = env.ledger().timestamp();
        if terms.ends <= now || terms.ends - now > LONGEST {
            return Err(Error::BadEnd);
        }
        store::set_roles(&env, &roles);
        env.storage().instance().set(&Key::Terms, &terms);
        keeping::keep_instance(&env);
        Ok(())
    }

    /// Names who approves content and runs, at once: what he approves waits for its window.
    pub fn set_approver(env: Env, approver: Address) {
        let roles = Roles {
            approver: approver.clone(),
            ..require_admin(&env)
        };
        store::set_roles(&env, &roles);
        event::ApproverSet { approver }.publish(&env);
    }

    /// Names who records and anchors, at once: his key lies on a machine, and is lost sooner.
    pub fn set_recorder(env: Env, recorder: Address) {
        let roles = Roles {
            recorder: recorder.clone(),
            ..require_admin(&env)
        };
        store::set_roles(&env, &roles);
        event::RecorderSet { recorder }.publish(&env);
    }

    /// The guardian stops everything but challenges and the timelock, at once.
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

    pub fn terms(env: Env) -> Terms {
        store::terms(&env)
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
