//! Due to date, less paid. What came in under a version, less refunds and commissions, is split over its shares; each
//! party is owed what is due less what was paid. So a second distribution pays nothing, and rounding never adds up.
use crate::error::Error;
use crate::lists;
use crate::shares::Shares;
use crate::store::{Book, Plan};
use alloc::vec::Vec;

/// Splitting a larger total by largest remainders may give a party one unit less than before.
const SLACK: i128 = 1;

impl Book {
    /// What the shares split.
    pub fn net(&self) -> i128 {
        self.deposited - self.refunded - self.commissions
    }

    /// What the contract holds for this version: came in, and was not given out. `paid` is the book's own.
    pub fn held(&self, paid: &[i128]) -> i128 {
        self.deposited - self.refunded - self.commissions_paid - paid.iter().sum::<i128>()
    }

    pub fn due(&self, shares: &Shares) -> Vec<i128> {
        split::allocate(self.net(), &shares.bps)
    }

    /// Adds to one of the sums; none ever shrinks.
    pub fn add(sum: &mut i128, amount: i128) -> Result<(), Error> {
        if amount <= 0 {
            return Err(Error::BadAmount);
        }
        *sum = sum.checked_add(amount).ok_or(Error::Overflow)?;
        Ok(())
    }

    pub fn require_under_cap(&self, plan: &Plan) -> Result<(), Error> {
        if self.commissions > split::part(self.deposited - self.refunded, plan.commission_cap) {
            return Err(Error::OverCap);
        }
        Ok(())
    }

    /// After anything was taken off the top: it was there, and nobody's due fell below what he was paid. So what is held
    /// covers what is owed, but for units that a larger split moved from one to another; the next deposit brings those.
    pub fn require_covered(&self, plan: &Plan) -> Result<(), Error> {
        let paid: Vec<i128> = lists::all(&self.paid).collect();
        if self.net() < 0 || self.held(&paid) < 0 {
            return Err(Error::MoreThanHeld);
        }
        let due = self.due(&Shares::of(plan));
        let is_overpaid = due
            .iter()
            .zip(&paid)
            .any(|(due, paid)| *due + SLACK < *paid);
        if is_overpaid {
            return Err(Error::WouldOverpay);
        }
        Ok(())
    }
}
