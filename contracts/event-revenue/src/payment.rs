//! Paying what is owed. A payee whom the token refuses is left out and stays owed: he cannot hold up the others.
use crate::error::Error;
use crate::event::{Distributed, Paid, Skipped};
use crate::lists;
use crate::shares::Shares;
use crate::store::{self, Book, Credit, Key};
use alloc::vec::Vec;
use soroban_sdk::{
    symbol_short, token::TokenClient, Address, Env, IntoVal, InvokeError, Map, Symbol, Val,
};

const TRANSFER: Symbol = symbol_short!("transfer");

/// One version's book of one token, open for payments; `keep` keeps it, and `close` tells of it too. What is rarely wanted stands in functions of its own:
/// the network charges a round of a loop for all that stands in it, done or not.
pub struct Payments<'a> {
    env: &'a Env,
    version: u32,
    token: &'a Address,
    here: Address,
    shares: Shares,
    book_key: Val,
    book: Book,
    /// The book's, until it is kept: each look into a list of the host's is a call.
    paid: Vec<i128>,
    held_before: i128,
    held: i128,
    due: Vec<i128>,
    /// Where the next payee's share stands most likely: whoever asks lists them in the plan's order.
    next: usize,
    /// Amounts, as the token was told them.
    pushed: Map<Address, Val>,
}

/// What a payee is owed now, and of what.
struct Owed {
    at: Option<usize>, // his share's
    share: i128,
    commission: i128,
}

impl<'a> Payments<'a> {
    pub fn open(
        env: &'a Env,
        here: Address,
        version: u32,
        token: &'a Address,
    ) -> Result<Self, Error> {
        let plan = store::plan(env, version)?;
        let book_key = Key::Book(version, token.clone()).into_val(env);
        let book = store::book_at(env, &book_key, &plan);
        let shares = Shares::of(&plan);
        let due = book.due(&shares);
        let paid: Vec<i128> = lists::all(&book.paid).collect();
        let held = book.held(&paid);
        Ok(Self {
            env,
            version,
            token,
            here,
            shares,
            held_before: held,
            held,
            book_key,
            book,
            paid,
            due,
            next: 0,
            pushed: lists::empty_map(env),
        })
    }

    pub fn keep(&mut self) {
        self.book.paid = lists::of_amounts(self.env, &self.paid);
        store::put(self.env, &self.book_key, &self.book);
    }

    /// One event tells of all who were paid by `push`: one for each would fill what a transaction may tell, and the token
    /// tells of each transfer too. Returns what they were paid in all.
    pub fn close(mut self) -> i128 {
        self.keep();
        let sum = self.held_before - self.held;
        if sum > 0 {
            Distributed {
                token: self.token.clone(),
                version: self.version,
                paid: self.pushed.to_object().into_val(self.env),
            }
            .publish(self.env);
        }
        sum
    }

    fn credit_key(&self, payee: &Address) -> Key {
        Key::Credit(self.version, self.token.clone(), payee.clone())
    }

    /// The commission, and as much of the share as is held besides.
    #[inline(never)]
    fn with_commission(&self, payee: &Address, share: i128) -> (i128, i128) {
        let credit: Credit = store::find(self.env, &self.credit_key(payee)).unwrap_or_default();
        let commission = (credit.due - credit.paid).min(self.held);
        (share.min(self.held - commission), commission)
    }

    fn note_commission(&mut self, payee: &Address, amount: i128) {
        let key = self.credit_key(payee);
        let mut credit: Credit = store::find(self.env, &key).unwrap_or_default();
        credit.paid += amount;
        self.book.commissions_paid += amount;
        store::put(self.env, &key, &credit);
    }

    /// What happens to few: the token refused him, or he earned a commission.
    #[inline(never)]
    fn note_rare(&mut self, payee: &Address, owed: &Owed, is_sent: bool) {
        if is_sent {
            return self.note_commission(payee, owed.commission);
        }
        Skipped {
            token: self.token.clone(),
            payee: payee.clone(),
            version: self.version,
            amount: owed.share + owed.commission,
        }
        .publish(self.env);
    }

    /// No more than is held: the units that a larger split took from somebody come with the next deposit. Where no
    /// commission is open, nobody's is looked up.
    #[inline(always)]
    fn owed(&self, payee: &Address) -> Owed {
        let at = self.shares.find(payee, self.next);
        let share = at.map_or(0, |at| (self.due[at] - self.paid[at]).max(0));
        let (share, commission) = if self.book.commissions == self.book.commissions_paid {
            (share.min(self.held), 0)
        } else {
            self.with_commission(payee, share)
        };
        Owed {
            at,
            share,
            commission,
        }
    }

    pub fn total_owed(&self, payee: &Address) -> i128 {
        let owed = self.owed(payee);
        owed.share + owed.commission
    }

    /// What was sent, but for a commission.
    fn note(&mut self, owed: &Owed) {
        if let Some(at) = owed.at {
            self.paid[at] += owed.share;
            self.next = at + 1;
        }
        self.held -= owed.share + owed.commission;
    }

    /// To himself, where anything is owed. Skipped if the token refuses him.
    pub fn push(&mut self, payee: &Address) {
        let owed = self.owed(payee);
        let amount = owed.share + owed.commission;
        if amount == 0 {
            return;
        }
        let value: Val = amount.into_val(self.env);
        let args = (&self.here, payee, value).into_val(self.env);
        let sent = self
            .env
            .try_invoke_contract::<(), InvokeError>(self.token, &TRANSFER, args);
        let is_sent = matches!(sent, Ok(Ok(())));
        if is_sent {
            self.note(&owed);
            self.pushed.set(payee.clone(), value); // nobody is owed twice in one call
        }
        if !is_sent | (owed.commission > 0) {
            self.note_rare(payee, &owed, is_sent);
        }
    }

    /// To wherever he says.
    pub fn pull(&mut self, payee: &Address, to: &Address) -> Result<i128, Error> {
        let owed = self.owed(payee);
        let amount = owed.share + owed.commission;
        if amount == 0 {
            return Err(Error::NothingOwed);
        }
        TokenClient::new(self.env, self.token).transfer(&self.here, to, &amount);
        if owed.commission > 0 {
            self.note_commission(payee, owed.commission);
        }
        self.note(&owed);
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
