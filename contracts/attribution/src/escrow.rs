//! The campaign's money. Anybody puts it in, runs reserve it, and what no run reserved or got paid goes back to whoever put it
//! in, by a law that leaves no unit over: money is spent in the order in which it came. All that was funded lies on a line;
//! the first `spent` units of it are spent, and of each funding what lies behind them is not.
use crate::error::Error;
use crate::event::{CampaignClosed, Funded, GivenBack};
use crate::store::{self, Book, Funding, Key};
use crate::{require_admin, require_open, Attribution, AttributionArgs, AttributionClient};
use keeping::{find, is_set, put, set_flag};
use soroban_sdk::{contractimpl, token::TokenClient, Address, BytesN, Env};

pub fn require_running(env: &Env) -> Result<(), Error> {
    require_open(env)?;
    if is_set(env, &Key::Closed) {
        return Err(Error::Closed);
    }
    Ok(())
}

/// What of a funding is neither spent nor given back. Once the campaign is closed it never shrinks: what is spent then
/// only falls.
fn unspent(book: &Book, funding: &Funding) -> i128 {
    let ends = funding.begins + funding.amount;
    (ends - book.spent().max(funding.begins)).max(0) - funding.returned
}

#[contractimpl]
impl Attribution {
    /// Anybody puts money in, each under references of his own, of which each is taken once: a call that is repeated
    /// changes nothing. What a run reserves is not his any more.
    pub fn fund(env: Env, from: Address, amount: i128, reference: BytesN<32>) -> Result<(), Error> {
        require_running(&env)?;
        from.require_auth();
        if amount <= 0 {
            return Err(Error::BadAmount);
        }
        let key = Key::Funding(from.clone(), reference.clone());
        if env.storage().persistent().has(&key) {
            return Err(Error::KnownReference);
        }
        let mut book = store::book(&env);
        let funding = Funding {
            begins: book.funded,
            amount,
            returned: 0,
        };
        book.funded = book.funded.checked_add(amount).ok_or(Error::Overflow)?;
        put(&env, &key, &funding);
        store::set_book(&env, &book);
        let here = env.current_contract_address();
        TokenClient::new(&env, &store::terms(&env).token).transfer(&from, &here, &amount);
        Funded {
            from,
            reference,
            amount,
        }
        .publish(&env);
        Ok(())
    }

    /// After the campaign's end the admin closes it, for good: nothing more is funded or approved. What was approved is
    /// recorded, challenged and paid as before.
    pub fn close(env: Env) -> Result<(), Error> {
        require_running(&env)?;
        require_admin(&env);
        if env.ledger().timestamp() < store::terms(&env).ends {
            return Err(Error::NotEnded);
        }
        set_flag(&env, &Key::Closed, true);
        CampaignClosed {
            unspent: store::book(&env).free(),
        }
        .publish(&env);
        Ok(())
    }

    /// Once it is closed the admin gives a funder back what of his was not spent, and to nobody else. Where a run is voided
    /// later there may be more: it is called again. Returns what went back.
    pub fn give_back(env: Env, to: Address, reference: BytesN<32>) -> Result<i128, Error> {
        require_open(&env)?;
        require_admin(&env);
        if !is_set(&env, &Key::Closed) {
            return Err(Error::NotClosed);
        }
        let key = Key::Funding(to.clone(), reference.clone());
        let mut funding: Funding = find(&env, &key).ok_or(Error::NoFunding)?;
        let mut book = store::book(&env);
        let amount = unspent(&book, &funding);
        if amount == 0 {
            return Err(Error::NothingUnspent);
        }
        funding.returned += amount;
        book.returned += amount;
        put(&env, &key, &funding);
        store::set_book(&env, &book);
        let here = env.current_contract_address();
        TokenClient::new(&env, &store::terms(&env).token).transfer(&here, &to, &amount);
        GivenBack {
            to,
            reference,
            amount,
        }
        .publish(&env);
        Ok(amount)
    }

    pub fn book(env: Env) -> Book {
        store::book(&env)
    }

    pub fn funding(env: Env, from: Address, reference: BytesN<32>) -> Option<Funding> {
        find(&env, &Key::Funding(from, reference))
    }

    pub fn is_closed(env: Env) -> bool {
        is_set(&env, &Key::Closed)
    }
}
