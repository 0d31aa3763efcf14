//! Runs. The approver approves a digest, and only rows that it stands for can be recorded under it: each row is hashed
//! together with the digest of all that come after it, so that every batch is held against what was approved before
//! anything of it is kept. Whoever has the recorder's key can be slow, and nothing else.
use crate::error::Error;
use crate::escrow::require_running;
use crate::event::{RowsRecorded, RunApproved, RunWhole};
use crate::store::{self, Recorded, Row, Run, Standing};
use crate::{require_open, Attribution, AttributionArgs, AttributionClient};
use soroban_sdk::{contractimpl, xdr::ToXdr, Address, BytesN, Env, Vec};

const MOST_ROWS: u32 = 100_000;
/// Each row is an entry of the 200 that a transaction writes; the run is one more.
pub const MOST_RECORDED: u32 = 199;

/// Of a row and all that come after it.
fn digest(env: &Env, row: &Row, after: &BytesN<32>) -> BytesN<32> {
    let mut bytes = row.to_xdr(env);
    bytes.append(after.as_ref());
    env.crypto().sha256(&bytes).to_bytes()
}

/// Keeps those that are not there yet, and returns them in their order. One that is there says the same: so no creator has
/// two rows, even within a batch.
fn record_new(
    env: &Env,
    id: &BytesN<32>,
    run: &mut Run,
    rows: &Vec<Row>,
) -> Result<Vec<Row>, Error> {
    let mut new = Vec::new(env);
    for row in rows.iter() {
        match store::find_row(env, id, &row.creator) {
            None => {
                record_row(env, id, run, &row)?;
                new.push_back(row);
            }
            Some(before) => {
                if (before.amount, before.conversions) != (row.amount, row.conversions) {
                    return Err(Error::OtherNumbers);
                }
            }
        }
    }
    Ok(new)
}

fn require_next(env: &Env, run: &Run, new: &Vec<Row>, rest: &BytesN<32>) -> Result<(), Error> {
    let mut sum = rest.clone();
    for row in new.iter().rev() {
        sum = digest(env, &row, &sum);
    }
    if sum != run.next {
        return Err(Error::OtherDigest);
    }
    Ok(())
}

fn record_row(env: &Env, id: &BytesN<32>, run: &mut Run, row: &Row) -> Result<(), Error> {
    if row.amount <= 0 {
        return Err(Error::BadAmount);
    }
    if row.creator == env.current_contract_address() {
        return Err(Error::BadCreator);
    }
    run.recorded = run
        .recorded
        .checked_add(row.amount)
        .ok_or(Error::Overflow)?;
    run.recorded_rows += 1;
    let recorded = Recorded {
        amount: row.amount,
        conversions: row.conversions,
        standing: Standing::Due,
    };
    store::set_row(env, id, &row.creator, &recorded);
    Ok(())
}

/// Count and total are met where the digest ends, and neither is ever passed.
fn require_sound(id: &BytesN<32>, run: &Run) -> Result<bool, Error> {
    let is_whole = run.next == *id;
    let is_met = (run.recorded, run.recorded_rows) == (run.total, run.rows);
    let is_over = run.recorded > run.total || run.recorded_rows > run.rows;
    if is_over || is_whole != is_met {
        return Err(Error::NotWhole);
    }
    Ok(is_whole)
}

pub fn require_standing(standing: &Standing) -> Result<(), Error> {
    match standing {
        Standing::Due => Ok(()),
        Standing::Held(_) => Err(Error::Held),
        Standing::Void => Err(Error::Void),
        Standing::Paid => Err(Error::AlreadyPaid),
    }
}

#[contractimpl]
impl Attribution {
    /// The approver promises to pay what a run says, which reserves its total. A call that is repeated changes nothing.
    ///
    /// The digest is made from the last row to the first: of nothing it is the run's number, so that a digest is good for
    /// one run, and of a row and what comes after it the SHA-256 of the row's XDR and the digest of what comes after. No
    /// creator has two rows.
    pub fn approve_run(
        env: Env,
        run: BytesN<32>,
        digest: BytesN<32>,
        total: i128,
        rows: u32,
    ) -> Result<(), Error> {
        require_running(&env)?;
        store::roles(&env).approver.require_auth();
        if total <= 0 {
            return Err(Error::BadAmount);
        }
        if !(1..=MOST_ROWS).contains(&rows) {
            return Err(Error::BadCount);
        }
        if let Ok(before) = store::run(&env, &run) {
            let is_same = (before.digest, before.total, before.rows) == (digest, total, rows);
            return if is_same {
                Ok(())
            } else {
                Err(Error::OtherRun)
            };
        }
        let mut book = store::book(&env);
        if total > book.free() {
            return Err(Error::NotCovered);
        }
        book.reserved += total; // no more than is there
        store::set_book(&env, &book);
        let approved = Run {
            next: digest.clone(),
            digest: digest.clone(),
            total,
            rows,
            recorded: 0,
            recorded_rows: 0,
            voided: 0,
            whole_at: 0,
            standing: Standing::Due,
        };
        store::set_run(&env, &run, &approved);
        RunApproved {
            run,
            digest,
            total,
            rows,
        }
        .publish(&env);
        Ok(())
    }

    /// The recorder says the next rows of an approved run, in its order, and the digest of all that come after them. Rows
    /// that are there already, with the same numbers, are passed over: a call that is repeated changes nothing. Returns how
    /// many were new.
    pub fn record(
        env: Env,
        run: BytesN<32>,
        rows: Vec<Row>,
        rest: BytesN<32>,
    ) -> Result<u32, Error> {
        require_open(&env)?;
        store::roles(&env).recorder.require_auth();
        if rows.len() > MOST_RECORDED {
            return Err(Error::TooMany);
        }
        let id = run;
        let mut run = store::run(&env, &id)?;
        require_standing(&run.standing)?;
        let before = run.recorded;
        let new = record_new(&env, &id, &mut run, &rows)?;
        if new.is_empty() {
            return Ok(0);
        }
        require_next(&env, &run, &new, &rest)?; // or nothing of it is kept
        run.next = rest;
        if require_sound(&id, &run)? {
            run.whole_at = env.ledger().timestamp();
        }
        store::set_run(&env, &id, &run);
        RowsRecorded {
            run: id.clone(),
            rows: new.len(),
            amount: run.recorded - before,
        }
        .publish(&env);
        if run.whole_at > 0 {
            let until = run.whole_at + store::terms(&env).window;
            RunWhole { run: id, until }.publish(&env);
        }
        Ok(new.len())
    }

    pub fn run(env: Env, run: BytesN<32>) -> Result<Run, Error> {
        store::run(&env, &run)
    }

    /// What a run says of a creator.
    pub fn row(env: Env, run: BytesN<32>, creator: Address) -> Option<Recorded> {
        store::find_row(&env, &run, &creator)
    }
}
