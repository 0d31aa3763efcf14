//! Until a run's window is over the guardian may hold it, or a row of it; the admin says whether it is paid after all. Two
//! keys: who holds cannot void, and who voids cannot hold. What is held stays held until that was said, however long it
//! takes.
use crate::error::Error;
use crate::event::{Challenged, Resolved};
use crate::run::require_standing;
use crate::store::{self, Recorded, Run, Standing};
use crate::{require_admin, Attribution, AttributionArgs, AttributionClient};
use soroban_sdk::{contractimpl, Address, BytesN, Env};

/// When it may be paid, in seconds since 1970; nothing before it is whole.
pub fn payable_at(env: &Env, run: &Run) -> Option<u64> {
    (run.whole_at > 0).then(|| run.whole_at + store::terms(env).window)
}

pub fn is_window_over(env: &Env, run: &Run) -> bool {
    payable_at(env, run).is_some_and(|at| env.ledger().timestamp() >= at)
}

/// What is freed is the escrow's again.
fn free(env: &Env, amount: i128) {
    let mut book = store::book(env);
    book.reserved -= amount;
    store::set_book(env, &book);
}

fn challenge(env: &Env, id: &BytesN<32>) -> Result<Run, Error> {
    keeping::keep_instance(env);
    store::roles(env).guardian.require_auth();
    let run = store::run(env, id)?;
    if run.standing == Standing::Void {
        return Err(Error::Void);
    }
    if is_window_over(env, &run) {
        return Err(Error::WindowOver);
    }
    Ok(run)
}

fn row(env: &Env, run: &BytesN<32>, creator: &Address) -> Result<Recorded, Error> {
    store::find_row(env, run, creator).ok_or(Error::NoRow)
}

/// What it becomes, of what is held.
fn resolve(held: &Standing, pay: bool) -> Result<Standing, Error> {
    match held {
        Standing::Held(_) if pay => Ok(Standing::Due),
        Standing::Held(_) => Ok(Standing::Void),
        _ => Err(Error::NotHeld),
    }
}

#[contractimpl]
impl Attribution {
    /// The guardian stops a run, whole or not: nothing more of it is recorded or paid.
    pub fn hold_run(env: Env, run: BytesN<32>, reason: u32) -> Result<(), Error> {
        let mut held = challenge(&env, &run)?;
        require_standing(&held.standing)?;
        held.standing = Standing::Held(reason);
        store::set_run(&env, &run, &held);
        let creator = None;
        Challenged {
            run,
            creator,
            reason,
        }
        .publish(&env);
        Ok(())
    }

    /// The guardian stops one row. The others are paid.
    pub fn hold_row(env: Env, run: BytesN<32>, creator: Address, reason: u32) -> Result<(), Error> {
        challenge(&env, &run)?;
        let mut held = row(&env, &run, &creator)?;
        require_standing(&held.standing)?;
        held.standing = Standing::Held(reason);
        store::set_row(&env, &run, &creator, &held);
        let creator = Some(creator);
        Challenged {
            run,
            creator,
            reason,
        }
        .publish(&env);
        Ok(())
    }

    /// The admin lets a held run go on, or voids it for good: then what it still reserves is free.
    pub fn resolve_run(env: Env, run: BytesN<32>, pay: bool) -> Result<(), Error> {
        require_admin(&env);
        let mut held = store::run(&env, &run)?;
        held.standing = resolve(&held.standing, pay)?;
        // Nothing of it was paid: it was held before its window was over.
        let freed = if pay { 0 } else { held.total - held.voided };
        if freed > 0 {
            free(&env, freed);
        }
        store::set_run(&env, &run, &held);
        let creator = None;
        Resolved {
            run,
            creator,
            freed,
        }
        .publish(&env);
        Ok(())
    }

    /// The admin lets a held row be paid, or voids it for good: then what it reserves is free.
    pub fn resolve_row(
        env: Env,
        run: BytesN<32>,
        creator: Address,
        pay: bool,
    ) -> Result<(), Error> {
        require_admin(&env);
        let mut whole = store::run(&env, &run)?;
        if whole.standing == Standing::Void {
            return Err(Error::Void); // and freed, with all its rows
        }
        let mut held = row(&env, &run, &creator)?;
        held.standing = resolve(&held.standing, pay)?;
        let freed = if pay { 0 } else { held.amount };
        if freed > 0 {
            whole.voided += freed;
            store::set_run(&env, &run, &whole);
            free(&env, freed);
        }
        store::set_row(&env, &run, &creator, &held);
        let creator = Some(creator);
        Resolved {
            run,
            creator,
            freed,
        }
        .publish(&env);
        Ok(())
    }
}
