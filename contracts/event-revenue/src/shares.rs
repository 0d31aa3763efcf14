//! A plan's shares taken apart once: each look into a plan is a call to the host, and paying looks often.
use crate::lists;
use crate::store::Plan;
use alloc::vec::Vec;
use soroban_sdk::Address;

pub struct Shares {
    pub parties: Vec<Address>,
    pub bps: Vec<u32>,
}

impl Shares {
    pub fn of(plan: &Plan) -> Self {
        let (parties, bps) = lists::all(&plan.shares)
            .map(|share| (share.party, share.bps))
            .unzip();
        Self { parties, bps }
    }

    /// Where a party's share stands, looked for from here on and then from the beginning.
    pub fn find(&self, party: &Address, from: usize) -> Option<usize> {
        let (before, after) = self.parties.split_at(from);
        let later = after
            .iter()
            .position(|one| one == party)
            .map(|at| from + at);
        later.or_else(|| before.iter().position(|one| one == party))
    }
}
