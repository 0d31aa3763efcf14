//! The money of one event, held by nobody: deposits come in under a split plan, every party is owed its share of what
//! came in to date less what it was paid, and everyone can see every sum. See README.md for who may do what.
#![no_std]
extern crate alloc;

mod book;
mod error;
mod event;
mod lists;
mod payment;
mod receipt;
mod shares;
mod store;
mod timelock;

pub use error::Error;
pub use store::{Book, Credit, Plan, Roles, Share};
pub use timelock::{Change, Proposal};

use payment::Payments;
use receipt::Receipt;
use shares::Shares;
use soroban_sdk::{
    contract, contractimpl, token::TokenClient, Address, BytesN, ContractExecutable, Env, Vec,
};
use store::Key;

const MOST_PARTIES: u32 = 50;
const MOST_AT_ONCE: u32 = 50;
const MOST_VERSIONS: u32 = 100;

#[contract]
pub struct EventRevenue;

fn check_plan(env: &Env, plan: &Plan) -> Result<(), Error> {
    if plan.shares.is_empty() || plan.shares.len() > MOST_PARTIES {
        return Err(Error::BadParties);
    }
    let shares = Shares::of(plan);
    let here = env.current_contract_address();
    for (at, party) in shares.parties.iter().enumerate() {
        if *party == here || shares.parties[..at].contains(party) {
            return Err(Error::BadParties);
        }
    }
    let sum: u64 = shares.bps.iter().map(|bps| u64::from(*bps)).sum();
    if sum != u64::from(split::WHOLE) || plan.commission_cap > split::WHOLE {
        return Err(Error::SharesNotWhole);
    }
    Ok(())
}

fn store_plan(env: &Env, version: u32, plan: &Plan) -> Result<(), Error> {
    check_plan(env, plan)?;
    store::put(env, &Key::Plan(version), plan);
    env.storage().instance().set(&Key::Version, &version);
    event::PlanSet { version }.publish(env);
    Ok(())
}

/// Of what was deposited before, nothing changes.
fn add_plan(env: &Env, plan: &Plan) -> Result<(), Error> {
    let version = store::version(env) + 1;
    if version > MOST_VERSIONS {
        return Err(Error::TooManyVersions);
    }
    store_plan(env, version, plan)
}

/// Returns its own address.
fn require_open(env: &Env) -> Result<Address, Error> {
    let here = store::keep_instance(env);
    if store::is_set(env, &Key::Closed) {
        return Err(Error::Closed);
    }
    if store::is_set(env, &Key::Paused) {
        return Err(Error::Paused);
    }
    Ok(here)
}

fn require_admin(env: &Env) -> Roles {
    store::keep_instance(env);
    let roles = store::roles(env);
    roles.admin.require_auth();
    roles
}

#[contractimpl]
impl EventRevenue {
    /// Admin and guardian are best two accounts of several signers. `organizer` is where the emergency exit leads, for
    /// good. `delay` is what lies between a proposal and its being carried out, in seconds: one day to thirty.
    pub fn __constructor(
        env: Env,
        admin: Address,
        guardian: Address,
        organizer: Address,
        delay: u64,
        plan: Plan,
    ) -> Result<(), Error> {
        if !(timelock::LEAST_DELAY..=timelock::MOST_DELAY).contains(&delay) {
            return Err(Error::BadDelay);
        }
        store::set_roles(
            &env,
            &Roles {
                admin,
                guardian,
                organizer,
                delay,
            },
        );
        store_plan(&env, 1, &plan)?;
        store::keep_instance(&env);
        Ok(())
    }

    /// Before the first deposit the admin may still change the plan. Later ones are proposed.
    pub fn set_plan(env: Env, plan: Plan) -> Result<(), Error> {
        require_open(&env)?;
        require_admin(&env);
        if store::is_set(&env, &Key::Frozen) {
            return Err(Error::Frozen);
        }
        store_plan(&env, store::version(&env), &plan)
    }

    /// Takes `amount` of any SEP-41 token in, under the version of the plan that its owner names: nobody puts money under
    /// shares that he has not seen. A reference is taken once: a call that is repeated changes nothing.
    pub fn deposit(
        env: Env,
        from: Address,
        version: u32,
        token: Address,
        amount: i128,
        reference: BytesN<32>,
    ) -> Result<(), Error> {
        require_open(&env)?;
        from.require_auth();
        store::take_reference(&env, &reference)?;
        Receipt::open(&env, version, &token, &reference)?.deposit(&from, amount)
    }

    /// Gives a part of what was deposited under a version to the organizer's address, who pays people back whose tickets
    /// were returned. What was paid out already is not there to be given back.
    pub fn refund(
        env: Env,
        version: u32,
        token: Address,
        amount: i128,
        reference: BytesN<32>,
    ) -> Result<(), Error> {
        require_open(&env)?;
        let to = require_admin(&env).organizer;
        store::take_reference(&env, &reference)?;
        let plan = store::plan(&env, version)?;
        let mut book = store::book(&env, version, &token, &plan);
        Book::add(&mut book.refunded, amount)?;
        book.require_covered(&plan)?;
        store::put(&env, &Key::Book(version, token.clone()), &book);
        TokenClient::new(&env, &token).transfer(&env.current_contract_address(), &to, &amount);
        event::Refunded {
            token,
            reference,
            to,
            version,
            amount,
        }
        .publish(&env);
        Ok(())
    }

    /// What creators earned under a version, off the top: in batches, each taken once.
    pub fn credit(
        env: Env,
        version: u32,
        token: Address,
        batch: BytesN<32>,
        earned: Vec<(Address, i128)>,
    ) -> Result<(), Error> {
        require_open(&env)?;
        require_admin(&env);
        store::take_reference(&env, &batch)?;
        Receipt::open(&env, version, &token, &batch)?.credit(&earned)
    }

    /// A deposit, and what creators earned of it, at once: whoever asked for a distribution between the two would give
    /// to the parties what is the creators'.
    pub fn settle(
        env: Env,
        from: Address,
        version: u32,
        token: Address,
        amount: i128,
        reference: BytesN<32>,
        earned: Vec<(Address, i128)>,
    ) -> Result<(), Error> {
        require_open(&env)?;
        require_admin(&env);
        from.require_auth();
        store::take_reference(&env, &reference)?;
        let mut receipt = Receipt::open(&env, version, &token, &reference)?;
        receipt.deposit(&from, amount)?;
        receipt.credit(&earned)
    }

    /// Pays each of these what he is owed, whoever asks. One whom the token refuses is left out and stays owed. Returns
    /// what was paid in all.
    pub fn distribute(
        env: Env,
        version: u32,
        token: Address,
        payees: Vec<Address>,
    ) -> Result<i128, Error> {
        let here = require_open(&env)?;
        let payees = lists::all(&payees);
        if payees.len() > MOST_AT_ONCE as usize {
            return Err(Error::TooMany);
        }
        let mut payments = Payments::open(&env, here, version, &token)?;
        for payee in payees {
            payments.push(&payee);
        }
        Ok(payments.close())
    }

    /// A payee takes what he is owed, to wherever he says.
    pub fn claim(
        env: Env,
        payee: Address,
        version: u32,
        token: Address,
        to: Address,
    ) -> Result<i128, Error> {
        let here = require_open(&env)?;
        payee.require_auth();
        let mut payments = Payments::open(&env, here, version, &token)?;
        let amount = payments.pull(&payee, &to)?;
        payments.keep();
        Ok(amount)
    }

    /// The guardian stops everything that moves money, at once.
    pub fn pause(env: Env) -> Result<(), Error> {
        store::keep_instance(&env);
        store::roles(&env).guardian.require_auth();
        store::set_flag(&env, &Key::Paused, true);
        event::PauseSet { paused: true }.publish(&env);
        Ok(())
    }

    /// The guardian lets it go on. Where his key is lost, the admin proposes it.
    pub fn unpause(env: Env) -> Result<(), Error> {
        store::keep_instance(&env);
        store::roles(&env).guardian.require_auth();
        store::set_flag(&env, &Key::Paused, false);
        event::PauseSet { paused: false }.publish(&env);
        Ok(())
    }

    /// The admin says what shall change. Returns the number to carry it out, or cancel it, by.
    pub fn propose(env: Env, change: Change) -> u32 {
        require_admin(&env);
        timelock::propose(&env, change)
    }

    /// By the admin or the guardian, `by`. The guardian's replacement he cannot cancel.
    pub fn cancel(env: Env, by: Address, id: u32) -> Result<(), Error> {
        store::keep_instance(&env);
        by.require_auth();
        let roles = store::roles(&env);
        if by != roles.admin && by != roles.guardian {
            return Err(Error::NotAllowed);
        }
        timelock::cancel(&env, id, by != roles.admin)
    }

    /// Carries a proposal out whose time has come.
    pub fn carry_out(env: Env, id: u32) -> Result<(), Error> {
        let mut roles = require_admin(&env);
        match timelock::take(&env, id)? {
            Change::Plan(plan) => add_plan(&env, &plan)?,
            Change::Admin(admin) => roles.admin = admin,
            Change::Guardian(guardian) => roles.guardian = guardian,
            Change::Unpause => {
                store::set_flag(&env, &Key::Paused, false);
                event::PauseSet { paused: false }.publish(&env);
            }
            Change::Upgrade(wasm) => env
                .deployer()
                .update_current_contract(ContractExecutable::Wasm(wasm)),
            Change::Exit(token) => exit(&env, token, &roles.organizer),
        }
        store::set_roles(&env, &roles);
        event::Carried { id }.publish(&env);
        Ok(())
    }

    pub fn roles(env: Env) -> Roles {
        store::roles(&env)
    }

    pub fn is_paused(env: Env) -> bool {
        store::is_set(&env, &Key::Paused)
    }

    pub fn is_closed(env: Env) -> bool {
        store::is_set(&env, &Key::Closed)
    }

    /// The newest version of the plan.
    pub fn version(env: Env) -> u32 {
        store::version(&env)
    }

    pub fn plan(env: Env, version: u32) -> Result<Plan, Error> {
        store::plan(&env, version)
    }

    pub fn book(env: Env, version: u32, token: Address) -> Result<Book, Error> {
        let plan = store::plan(&env, version)?;
        Ok(store::book(&env, version, &token, &plan))
    }

    /// What is due to each share of a version to date, in the plan's order.
    pub fn due(env: Env, version: u32, token: Address) -> Result<Vec<i128>, Error> {
        let plan = store::plan(&env, version)?;
        let book = store::book(&env, version, &token, &plan);
        let due = book.due(&Shares::of(&plan));
        Ok(lists::of_amounts(&env, &due))
    }

    pub fn earned(env: Env, version: u32, token: Address, creator: Address) -> Credit {
        store::find(&env, &Key::Credit(version, token, creator)).unwrap_or_default()
    }

    /// What a payment would bring him now.
    pub fn owed(env: Env, version: u32, token: Address, payee: Address) -> Result<i128, Error> {
        let here = env.current_contract_address();
        Ok(Payments::open(&env, here, version, &token)?.total_owed(&payee))
    }

    pub fn proposal(env: Env, id: u32) -> Result<Proposal, Error> {
        timelock::get(&env, id)
    }

    /// Whether a deposit, refund or batch of this reference was taken.
    pub fn is_known(env: Env, reference: BytesN<32>) -> bool {
        env.storage().persistent().has(&Key::Reference(reference))
    }
}

/// All that is there of a token. Nothing is paid by shares any more: what was owed is the organizer's to pay.
fn exit(env: &Env, token: Address, organizer: &Address) {
    let client = TokenClient::new(env, &token);
    let here = env.current_contract_address();
    let amount = client.balance(&here);
    store::set_flag(env, &Key::Closed, true);
    if amount > 0 {
        client.transfer(&here, organizer, &amount);
    }
    event::Exited {
        token,
        to: organizer.clone(),
        amount,
    }
    .publish(env);
}

#[cfg(test)]
mod tests;
