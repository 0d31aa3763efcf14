//! Paying what is owed. A payee whom the token refuses is left out and stays owed: he cannot hold up the others.
use crate::error::Error;
use crate::event::{Paid, Skipped};
use crate::store::{self, Book, Credit, Key, Plan};
use soroban_sdk::{token::TokenClient, Address, Env};

/// One version's book of one token, open for payments; `close` keeps it.
pub struct Payments<'a> {
    env: &'a Env,
    version: u32,
    token: &'a Address,
    plan: Plan,
    book: Book,
    due: split::Parts,
}

/// What a payee is owed now, and of what.
struct Owed {
    at: Option<u32>, // his share's
    share: i128,
    commission: i128,
    credit: Credit,
}

impl<'a> Payments<'a> {
    pub fn open(env: &'a Env, version: u32, token: &'a Address) -> Result<Self, Error> {
        let plan = store::plan(env, version)?;
        let book = store::book(env, version, token, &plan);
        let due = book.due(&plan);
        Ok(Self {
            env,
            version,
            token,
            plan,
            book,
            due,
        })
    }

    pub fn close(self) {
        store::put(
            self.env,
            &Key::Book(self.version, self.token.clone()),
            &self.book,
        );
    }

    fn credit_key(&self, payee: &Address) -> Key {
        Key::Credit(self.version, self.token.clone(), payee.clone())
    }

    /// No more than is held: the units that a larger split took from somebody come with the next deposit.
    fn owed(&self, payee: &Address) -> Owed {
        let at = self
            .plan
            .shares
            .iter()
            .position(|share| share.party == *payee)
            .map(|at| at as u32);
        let share = at.map_or(0, |at| {
            (self.due[at as usize] - self.book.paid.get_unchecked(at)).max(0)
        });
        let credit: Credit = store::find(self.env, &self.credit_key(payee)).unwrap_or_default();
        let held = self.book.held();
        let commission = (credit.due - credit.paid).min(held);
        Owed {
            at,
            share: share.min(held - commission),
            commission,
            credit,
        }
    }

    pub fn total_owed(&self, payee: &Address) -> i128 {
        let owed = self.owed(payee);
        owed.share + owed.commission
    }

    fn note(&mut self, payee: &Address, to: &Address, mut owed: Owed) {
        if let Some(at) = owed.at {
            self.book
                .paid
                .set(at, self.book.paid.get_unchecked(at) + owed.share);
        }
        if owed.commission > 0 {
            owed.credit.paid += owed.commission;
            self.book.commissions_paid += owed.commission;
            store::put(self.env, &self.credit_key(payee), &owed.credit);
        }
        Paid {
            token: self.token.clone(),
            payee: payee.clone(),
            to: to.clone(),
            version: self.version,
            amount: owed.share + owed.commission,
        }
        .publish(self.env);
    }

    /// To himself. What was paid; nothing if the token refused him.
    pub fn push(&mut self, payee: &Address) -> i128 {
        let owed = self.owed(payee);
        let amount = owed.share + owed.commission;
        if amount == 0 {
            return 0;
        }
        let here = self.env.current_contract_address();
        let sent = TokenClient::new(self.env, self.token).try_transfer(&here, payee, &amount);
        if !matches!(sent, Ok(Ok(()))) {
            Skipped {
                token: self.token.clone(),
                payee: payee.clone(),
                version: self.version,
                amount,
            }
            .publish(self.env);
            return 0;
        }
        self.note(payee, payee, owed);
        amount
    }

    /// To wherever he says.
    pub fn pull(&mut self, payee: &Address, to: &Address) -> Result<i128, Error> {
        let owed = self.owed(payee);
        let amount = owed.share + owed.commission;
        if amount == 0 {
            return Err(Error::NothingOwed);
        }
        let here = self.env.current_contract_address();
        TokenClient::new(self.env, self.token).transfer(&here, to, &amount);
        self.note(payee, to, owed);
        Ok(amount)
    }
}
