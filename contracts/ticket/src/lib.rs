//! The tickets of one event, each a token (SEP-50): issued in batches under tiers, handed over by rules that have one
//! door, resold here under a cap with a royalty, checked in and never burned. See README.md for who may do what.
#![no_std]
extern crate alloc;

mod error;
mod event;
mod issue;
mod market;
mod nft;
mod rules;
mod store;

pub use error::Error;
pub use issue::{Issue, Outcome};
pub use store::{
    Approval, Approved, Event, Listing, Offer, Roles, Share, State, Ticket, Tier, Window,
};

use soroban_sdk::{
    contract, contractimpl, contractmeta, contracttype, Address, BytesN, ContractExecutable, Env,
    Vec,
};
use store::Key;

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
    /// Of a tier of which tickets are out, or of any other.
    Tier(u32, Tier),
    /// What all tiers may hold together.
    Capacity(u32),
    Royalties(Vec<Share>),
    /// An event that is put off, or held sooner.
    Ends(u64),
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

/// What a ticket is worth at the door. The first that holds, from `Unknown` down.
#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Verdict {
    Valid = 0,
    /// No ticket of this number.
    Unknown = 1,
    /// The number is another ticket's.
    OtherReference = 2,
    Invalid = 3,
    CheckedIn = 4,
    Held = 5,
    Listed = 6,
}

contractmeta!(key = "sep", val = "50"); // as SEP-47 says it

#[contract]
pub struct EventTickets;

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

fn require_admin_or_guardian(env: &Env, by: &Address) -> Result<Roles, Error> {
    keeping::keep_instance(env);
    by.require_auth();
    let roles = store::roles(env);
    if *by != roles.admin && *by != roles.guardian {
        return Err(Error::NotAllowed);
    }
    Ok(roles)
}

fn check_text(event: &Event) -> Result<(), Error> {
    let is_long = event.name.len() > 64 || event.symbol.len() > 16 || event.uri.len() > 200;
    if is_long || event.name.is_empty() || event.symbol.is_empty() {
        return Err(Error::BadText);
    }
    Ok(())
}

fn set_paused(env: &Env, paused: bool) {
    keeping::set_flag(env, &Key::Paused, paused);
    event::PauseSet { paused }.publish(env);
}

fn set_royalties(env: &Env, shares: &Vec<Share>) -> Result<(), Error> {
    market::check_royalties(env, shares)?;
    env.storage().instance().set(&Key::Royalties, shares);
    Ok(())
}

fn set_capacity(env: &Env, capacity: u32) -> Result<(), Error> {
    if capacity < store::allotted(env) {
        return Err(Error::OverCapacity);
    }
    let event = Event {
        capacity,
        ..store::event(env)
    };
    store::set_event(env, &event);
    Ok(())
}

fn check_end(env: &Env, ends: u64) -> Result<(), Error> {
    if ends <= env.ledger().timestamp() {
        return Err(Error::BadEnd);
    }
    Ok(())
}

fn set_ends(env: &Env, ends: u64) -> Result<(), Error> {
    check_end(env, ends)?;
    let event = Event {
        ends,
        ..store::event(env)
    };
    store::set_event(env, &event);
    Ok(())
}

fn upgrade(env: &Env, wasm: BytesN<32>) {
    let code = ContractExecutable::Wasm(wasm.clone());
    env.deployer().update_current_contract(code);
    event::Upgraded { wasm }.publish(env);
}

#[contractimpl]
impl EventTickets {
    /// Admin and guardian are best two accounts of several signers; minter and gate may be machines. The delay is what
    /// lies between a proposal and its being carried out: one day to thirty.
    pub fn __constructor(
        env: Env,
        roles: Roles,
        event: Event,
        royalties: Vec<Share>,
    ) -> Result<(), Error> {
        if !timelock::is_delay(roles.delay) {
            return Err(Error::BadDelay);
        }
        check_text(&event)?;
        check_end(&env, event.ends)?;
        store::set_roles(&env, &roles);
        store::set_event(&env, &event);
        set_royalties(&env, &royalties)?;
        keeping::keep_instance(&env);
        Ok(())
    }

    /// Names who issues and who tells of the gate, at once: their keys lie on machines, and are lost sooner.
    pub fn set_desk(env: Env, minter: Address, gate: Address) {
        let roles = Roles {
            minter,
            gate,
            ..require_admin(&env)
        };
        store::set_roles(&env, &roles);
        event::RoleSet {
            minter: roles.minter,
            gate: roles.gate,
        }
        .publish(&env);
    }

    /// Contracts that may hold tickets (people's wallets), and whoever may be approved to move those of others. By the
    /// admin. Once it is taken back no approval helps any more; what a wallet holds it may still send away.
    pub fn set_trusted(env: Env, who: Address, on: bool) -> Result<(), Error> {
        require_admin(&env);
        if who == env.current_contract_address() {
            return Err(Error::NotTrusted);
        }
        let key = Key::Trusted(who.clone());
        if on {
            keeping::put(&env, &key, &true);
        } else {
            env.storage().persistent().remove(&key);
        }
        event::TrustSet { who, on }.publish(&env);
        Ok(())
    }

    /// No ticket changes hands, or all may again; issuing goes on. By the admin or the guardian, `by`.
    pub fn set_frozen(env: Env, by: Address, on: bool) -> Result<(), Error> {
        require_admin_or_guardian(&env, &by)?;
        keeping::set_flag(&env, &Key::Frozen, on);
        event::FreezeSet { on }.publish(&env);
        Ok(())
    }

    /// The guardian stops all but the gate, at once.
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
        let roles = require_admin_or_guardian(&env, &by)?;
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
            Change::Tier(tier, rules) => issue::store_tier(&env, tier, &rules)?,
            Change::Capacity(capacity) => set_capacity(&env, capacity)?,
            Change::Royalties(shares) => set_royalties(&env, &shares)?,
            Change::Ends(ends) => set_ends(&env, ends)?,
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

    pub fn event(env: Env) -> Event {
        store::event(&env)
    }

    pub fn royalties(env: Env) -> Vec<Share> {
        store::royalties(&env)
    }

    pub fn tier(env: Env, tier: u32) -> Result<Tier, Error> {
        store::tier(&env, tier)
    }

    /// How many tickets of a tier are out, invalid ones not counted.
    pub fn live(env: Env, tier: u32) -> u32 {
        store::live(&env, tier)
    }

    /// What the tiers hold together.
    pub fn allotted(env: Env) -> u32 {
        store::allotted(&env)
    }

    pub fn ticket(env: Env, token_id: u32) -> Result<Ticket, Error> {
        store::ticket(&env, token_id)
    }

    /// What a ticket is worth at the door, to whoever knows its number and reference.
    pub fn verify(env: Env, token_id: u32, reference: BytesN<32>) -> Verdict {
        match store::ticket(&env, token_id) {
            Err(_) => Verdict::Unknown,
            Ok(ticket) if ticket.reference != reference => Verdict::OtherReference,
            Ok(ticket) if ticket.state == State::Invalid => Verdict::Invalid,
            Ok(ticket) if ticket.state == State::CheckedIn => Verdict::CheckedIn,
            Ok(ticket) if ticket.held => Verdict::Held,
            Ok(ticket) if ticket.is_offered() => Verdict::Listed,
            Ok(_) => Verdict::Valid,
        }
    }

    pub fn proposal(env: Env, id: u32) -> Result<Proposal, Error> {
        let (change, not_before) = timelock::get(&env, id)?;
        Ok(Proposal { change, not_before })
    }

    pub fn is_trusted(env: Env, who: Address) -> bool {
        store::is_trusted(&env, &who)
    }

    pub fn is_frozen(env: Env) -> bool {
        keeping::is_set(&env, &Key::Frozen)
    }

    pub fn is_paused(env: Env) -> bool {
        keeping::is_set(&env, &Key::Paused)
    }
}

#[cfg(test)]
mod tests;
