//! Paying what is owed. A payee whom the token refuses is left out and stays owed: he cannot hold up the others.
use crate::error::Error;
use crate::event::{Distributed, Paid, Skipped};
use crate::shares::Shares;
use crate::store::{self, Book, Credit, Key};
use alloc::vec::Vec;
use soroban_sdk::{token::TokenClient, Address, Env, Map};

/// One version's book of one token, open for payments; `close` keeps it.
pub struct Payments<'a> {
    env: &'a Env,
    version: u32,
    token: &'a Address,
    shares: Shares,
    book: Book,
    held: i128,
    due: Vec<i128>,
    /// Where the next payee's share stands most likely: whoever asks lists them in the plan's order.
    next: usize,
    pushed: Map<Address, i128>,
}

/// What a payee is owed now, and of what.
struct Owed {
    at: Option<usize>, // his share's
    share: i128,
    commission: i128,
    credit: Credit,
}

impl<'a> Payments<'a> {
    pub fn open(env: &'a Env, version: u32, token: &'a Address) -> Result<Self, Error> {
        let plan = store::plan(env, version)?;
        let book = store::book(env, version, token, &plan);
        let shares = Shares::of(&plan);
        let due = book.due(&shares);
        Ok(Self {
            env,
            version,
            token,
            shares,
            held: book.held(),
            book,
            due,
            next: 0,
            pushed: Map::new(env),
        })
    }

    /// One event tells of all who were paid by `push`: one for each would fill what a transaction may tell, and the token
    /// tells of each transfer too.
    pub fn close(self) {
        store::put(
            self.env,
            &Key::Book(self.version, self.token.clone()),
            &self.book,
        );
        if !self.pushed.is_empty() {
            Distributed {
                token: self.token.clone(),
                version: self.version,
                paid: self.pushed,
            }
            .publish(self.env);
        }
    }

    fn credit_key(&self, payee: &Address) -> Key {
        Key::Credit(self.version, self.token.clone(), payee.clone())
    }

    /// Where no commission is open, nobody's is looked up.
    fn credit(&self, payee: &Address) -> Credit {
        if self.book.commissions == self.book.commissions_paid {
            return Credit::default();
        }
        store::find(self.env, &self.credit_key(payee)).unwrap_or_default()
    }

    /// No more than is held: the units that a larger split took from somebody come with the next deposit.
    fn owed(&self, payee: &Address) -> Owed {
        let at = self.shares.find(payee, self.next);
        let share = at.map_or(0, |at| {
            (self.due[at] - self.book.paid.get_unchecked(at as u32)).max(0)
        });
        let credit = self.credit(payee);
        let commission = (credit.due - credit.paid).min(self.held);
        Owed {
            at,
            share: share.min(self.held - commission),
            commission,
            credit,
        }
    }

    pub fn total_owed(&self, payee: &Address) -> i128 {
        let owed = self.owed(payee);
        owed.share + owed.commission
    }

    fn note(&mut self, payee: &Address, mut owed: Owed) {
        if let Some(at) = owed.at {
            let paid = self.book.paid.get_unchecked(at as u32) + owed.share;
            self.book.paid.set(at as u32, paid);
            self.next = at + 1;
        }
        if owed.commission > 0 {
            owed.credit.paid += owed.commission;
            self.book.commissions_paid += owed.commission;
            store::put(self.env, &self.credit_key(payee), &owed.credit);
        }
        self.held -= owed.share + owed.commission;
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
        self.note(payee, owed);
        self.pushed.set(payee.clone(), amount); // nobody is owed twice in one call
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
        self.note(payee, owed);
        Paid {
            token: self.token.clone(),
            payee: payee.clone(),
            to: to.clone(),
            version: self.version,
            amount,
        }
        .publish(self.env);
        Ok(amount)
    }
}
