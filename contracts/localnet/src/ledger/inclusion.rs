//! Which of the waiting transactions the next ledger takes, and at what base fee: the best bids first, and when not
//! all find room, everyone included pays what the lowest of them bid for an operation.

use std::cmp::Ordering;

use stellar_xdr::{Hash, TransactionEnvelope};

use super::fees;
use super::frame::Frame;
use super::room::Room;

/// One envelope of the set, read.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub envelope: TransactionEnvelope,
    pub frame: Frame,
    /// Of the whole envelope, signatures included.
    pub full_hash: Hash,
}

/// The chosen, and the base fee they pay for each operation. Those that call contracts have room and a price of their own.
#[derive(Debug)]
pub struct Chosen {
    pub candidates: Vec<Candidate>,
    pub contracts: Vec<Candidate>,
    pub base_fees: BaseFees,
}

/// For one operation of each lane, in stroops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaseFees {
    pub classic: i64,
    pub contracts: i64,
}

pub fn choose(
    candidates: Vec<Candidate>,
    (classic, contracts): (Room, Room),
    base_fee: u32,
) -> Chosen {
    let (calls, plain): (Vec<_>, Vec<_>) = candidates
        .into_iter()
        .partition(|candidate| candidate.frame.is_soroban());
    let (candidates, classic) = best(plain, classic, base_fee.into());
    let (contracts, contract) = best(calls, contracts, base_fee.into());
    Chosen {
        candidates,
        contracts,
        base_fees: BaseFees {
            classic,
            contracts: contract,
        },
    }
}

/// The best bids that fit together into every limit, and what an operation costs them.
fn best(mut candidates: Vec<Candidate>, mut left: Room, base_fee: i64) -> (Vec<Candidate>, i64) {
    candidates.sort_by(|one, other| {
        fees::compare_bids(&other.frame, &one.frame).then_with(|| by_hash(one, other))
    });
    let wanted = candidates.len();
    candidates.retain(|candidate| {
        let taken = Room::taken_by(&candidate.frame);
        let fits = left.holds(taken);
        if fits {
            left = left.without(taken);
        }
        fits
    });
    let bids = candidates
        .iter()
        .map(|held| held.frame.inclusion_fee() / held.frame.fee_ops());
    let lowest = bids.min().filter(|_| candidates.len() < wanted);
    candidates.sort_by(by_hash);
    (candidates, lowest.unwrap_or(base_fee).max(base_fee))
}

/// The order in which a set is applied: nobody can know it before the set is closed.
pub fn in_apply_order(mut candidates: Vec<Candidate>, set_hash: &Hash) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| {
        let hash = &candidate.full_hash;
        std::array::from_fn::<u8, 32, _>(|place| hash.0[place] ^ set_hash.0[place])
    });
    candidates
}

fn by_hash(left: &Candidate, right: &Candidate) -> Ordering {
    left.full_hash.cmp(&right.full_hash)
}
