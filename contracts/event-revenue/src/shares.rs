//! A plan's shares taken apart once: each look into a plan is a call to the host, and paying looks often.
use crate::store::Plan;
use alloc::vec::Vec;
use soroban_sdk::Address;

pub struct Shares {
    pub parties: Vec<Address>,
    pub bps: Vec<u32>,
}

impl Shares {
    pub fn of(plan: &Plan) -> Self {
        let count = plan.shares.len() as usize;
        let mut shares = Self {
            parties: Vec::with_capacity(count),
            bps: Vec::with_capacity(count),
        };
        for share in plan.shares.iter() {
            shares.parties.push(share.party);
            shares.bps.push(share.bps);
        }
        shares
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
