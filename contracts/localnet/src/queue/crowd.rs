//! A full lane: who gives way to a better bid (stellar-core, canFitWithEviction).

use stellar_xdr::{AccountId, Hash};

use crate::ledger::fees;
use crate::ledger::frame::Frame;
use crate::ledger::room::Room;

#[derive(Clone, Copy, Debug)]
pub struct Bid<'a> {
    pub frame: &'a Frame,
    pub full_hash: &'a Hash,
    pub taken: Room,
}

/// All that waits in one lane, and what there is room for.
#[derive(Debug)]
pub struct Crowd<'a> {
    pub bids: Vec<Bid<'a>>,
    pub limit: Room,
}

impl Crowd<'_> {
    /// The worst bids, as few as have to go; or the least fee that would do, if any would. What waits of the same source
    /// is to be replaced, so its room counts as the newcomer's.
    pub fn who_gives_way(mut self, newcomer: Bid) -> Result<Vec<AccountId>, Option<i64>> {
        let source = newcomer.frame.source();
        let held = self
            .bids
            .iter()
            .fold(Room::default(), |sum, bid| sum.plus(bid.taken));
        let own = self.bids.iter().find(|bid| bid.frame.source() == source);
        let replaced = own.map_or_else(Room::default, |bid| bid.taken);
        let wanted = newcomer.taken.without(replaced);
        if !self.limit.holds(wanted) {
            return Err(None);
        }
        let mut missing = held.plus(wanted).without(self.limit);
        self.worst_first();
        let mut give_way = Vec::new();
        for bid in self.bids {
            if missing.is_nothing() {
                break;
            }
            if fees::bids_at_least(bid.frame, newcomer.frame, 1) {
                return Err(Some(fees::better_than(newcomer.frame, bid.frame)));
            }
            if bid.frame.source() == source {
                return Err(None);
            }
            missing = missing.without(bid.taken);
            give_way.push(bid.frame.source());
        }
        Ok(give_way)
    }

    fn worst_first(&mut self) {
        self.bids.sort_by(|one, other| {
            let order = fees::compare_bids(one.frame, other.frame);
            order.then_with(|| one.full_hash.cmp(other.full_hash))
        });
    }
}
