//! Paying what a run says, once its window is over: whoever earned it takes it, or anybody has it paid. A creator whom the
//! token refuses is left out and stays owed: he cannot hold up the others.
use crate::challenge::is_window_over;
use crate::error::Error;
use crate::event::{Distributed, Paid, Skipped};
use crate::run::require_standing;
use crate::store::{self, Book, Recorded, Standing};
use crate::{require_open, Attribution, AttributionArgs, AttributionClient};
use soroban_sdk::{contractimpl, token::TokenClient, Address, BytesN, Env, Map, Vec};

const MOST_PAID: u32 = 50;

fn require_payable(env: &Env, id: &BytesN<32>) -> Result<(), Error> {
    let run = store::run(env, id)?;
    require_standing(&run.standing)?;
    if !is_window_over(env, &run) {
        return Err(Error::InWindow);
    }
    Ok(())
}

/// What is there for him to take; nothing where it is held, void or paid.
fn find_due(env: &Env, run: &BytesN<32>, creator: &Address) -> Option<Recorded> {
    store::find_row(env, run, creator).filter(|row| row.standing == Standing::Due)
}

fn note(env: &Env, run: &BytesN<32>, creator: &Address, mut row: Recorded, book: &mut Book) {
    row.standing = Standing::Paid;
    store::set_row(env, run, creator, &row);
    book.reserved -= row.amount;
    book.paid += row.amount;
}

#[contractimpl]
impl Attribution {
    /// A creator takes what a run says that he earned, to wherever he says.
    pub fn claim(env: Env, creator: Address, run: BytesN<32>, to: Address) -> Result<i128, Error> {
        require_open(&env)?;
        creator.require_auth();
        require_payable(&env, &run)?;
        let row = store::find_row(&env, &run, &creator).ok_or(Error::NoRow)?;
        require_standing(&row.standing)?;
        let here = env.current_contract_address();
        if to == here {
            return Err(Error::BadCreator);
        }
        let amount = row.amount;
        let mut book = store::book(&env);
        note(&env, &run, &creator, row, &mut book);
        store::set_book(&env, &book);
        TokenClient::new(&env, &store::terms(&env).token).transfer(&here, &to, &amount);
        Paid {
            run,
            creator,
            to,
            amount,
        }
        .publish(&env);
        Ok(amount)
    }

    /// Pays each of these creators what a run says, whoever asks. Who has nothing due by it is passed over, and one whom
    /// the token refuses stays owed. Returns what was paid in all.
    pub fn distribute(env: Env, run: BytesN<32>, creators: Vec<Address>) -> Result<i128, Error> {
        require_open(&env)?;
        if creators.len() > MOST_PAID {
            return Err(Error::TooMany);
        }
        require_payable(&env, &run)?;
        let token = store::terms(&env).token;
        let token = TokenClient::new(&env, &token);
        let here = env.current_contract_address();
        let mut book = store::book(&env);
        let (before, mut paid) = (book.paid, Map::new(&env));
        for creator in creators.iter() {
            let Some(row) = find_due(&env, &run, &creator) else {
                continue;
            };
            let amount = row.amount;
            if matches!(token.try_transfer(&here, &creator, &amount), Ok(Ok(()))) {
                note(&env, &run, &creator, row, &mut book);
                paid.set(creator, amount); // nobody is due twice in one run
            } else {
                let run = run.clone();
                Skipped {
                    run,
                    creator,
                    amount,
                }
                .publish(&env);
            }
        }
        if book.paid > before {
            store::set_book(&env, &book);
            Distributed { run, paid }.publish(&env);
        }
        Ok(book.paid - before)
    }

    /// What a payment would bring him now.
    pub fn owed(env: Env, run: BytesN<32>, creator: Address) -> Result<i128, Error> {
        match require_payable(&env, &run) {
            Ok(()) => Ok(find_due(&env, &run, &creator).map_or(0, |row| row.amount)),
            Err(Error::NoRun) => Err(Error::NoRun),
            Err(_) => Ok(0),
        }
    }
}
