//! What comes in under one version of the plan, and what creators earned of it.
use crate::error::Error;
use crate::store::{self, Book, Credit, Key, Plan};
use crate::{event, lists, MOST_AT_ONCE};
use soroban_sdk::{token::TokenClient, Address, BytesN, Env, Vec};

pub struct Receipt<'a> {
    env: &'a Env,
    version: u32,
    token: &'a Address,
    reference: &'a BytesN<32>,
    plan: Plan,
    book: Book,
}

impl<'a> Receipt<'a> {
    pub fn open(
        env: &'a Env,
        version: u32,
        token: &'a Address,
        reference: &'a BytesN<32>,
    ) -> Result<Self, Error> {
        let plan = store::plan(env, version)?;
        let book = store::book(env, version, token, &plan);
        Ok(Self {
            env,
            version,
            token,
            reference,
            plan,
            book,
        })
    }

    pub fn deposit(&mut self, from: &Address, amount: i128) -> Result<(), Error> {
        let env = self.env;
        Book::add(&mut self.book.deposited, amount)?;
        if !store::is_set(env, &Key::Frozen) {
            store::set_flag(env, &Key::Frozen, true); // once: it writes the whole instance
        }
        self.write(); // before the token is called, which may be anybody's code
        TokenClient::new(env, self.token).transfer(from, env.current_contract_address(), &amount);
        event::Deposited {
            token: self.token.clone(),
            reference: self.reference.clone(),
            from: from.clone(),
            version: self.version,
            amount,
        }
        .publish(env);
        Ok(())
    }

    pub fn credit(&mut self, earned: &Vec<(Address, i128)>) -> Result<(), Error> {
        let env = self.env;
        if earned.len() > MOST_AT_ONCE {
            return Err(Error::TooMany);
        }
        for (creator, amount) in lists::all(earned) {
            if creator == env.current_contract_address() {
                return Err(Error::BadParties);
            }
            let key = Key::Credit(self.version, self.token.clone(), creator.clone());
            let mut credit: Credit = store::find(env, &key).unwrap_or_default();
            Book::add(&mut self.book.commissions, amount)?;
            Book::add(&mut credit.due, amount)?;
            store::put(env, &key, &credit);
            event::Commissioned {
                token: self.token.clone(),
                creator,
                batch: self.reference.clone(),
                version: self.version,
                amount,
            }
            .publish(env);
        }
        self.book.require_under_cap(&self.plan)?;
        self.book.require_covered(&self.plan)?;
        self.write();
        Ok(())
    }

    fn write(&self) {
        let key = Key::Book(self.version, self.token.clone());
        store::put(self.env, &key, &self.book);
    }
}
