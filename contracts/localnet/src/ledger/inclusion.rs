//! Which of the waiting transactions the next ledger takes, and at what base fee: the best bids first, and when not
//! all find room, everyone included pays what the lowest of them bid for an operation.

use std::cmp::Ordering;

use stellar_xdr::{Hash, TransactionEnvelope};

use super::fees;
use super::frame::Frame;
use super::soroban::{LedgerLimits, Room};

/// One envelope of the set, read.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub envelope: TransactionEnvelope,
    pub frame: Frame,
    /// Of the whole envelope, signatures included.
    pub full_hash: Hash,
}

/// The chosen, and the base fee they pay for each operation. Those that call contracts have room of their own.
#[derive(Debug)]
pub struct Chosen {
    pub candidates: Vec<Candidate>,
    pub base_fee: i64,
    pub contracts: Vec<Candidate>,
    pub contract_base_fee: i64,
}

/// `limits`: of a ledger's contract calls; none on a network that has no contracts.
pub fn choose(
    candidates: Vec<Candidate>,
    (most_ops, limits): (u32, Option<&LedgerLimits>),
    base_fee: u32,
) -> Chosen {
    let (contracts, mut candidates): (Vec<_>, Vec<_>) = candidates
        .into_iter()
        .partition(|candidate| candidate.frame.is_soroban());
    best_first(&mut candidates);
    let mut room = i64::from(most_ops);
    let (mut chosen, mut is_full) = (Vec::new(), false);
    for candidate in candidates {
        let ops = candidate.frame.fee_ops();
        if ops > room {
            is_full = true;
            continue;
        }
        room -= ops;
        chosen.push(candidate);
    }
    let header_fee = base_fee;
    let base_fee = i64::from(base_fee);
    let lowest = chosen
        .iter()
        .map(|candidate| candidate.frame.fee() / candidate.frame.fee_ops())
        .min();
    let base_fee = if is_full {
        lowest.unwrap_or(base_fee).max(base_fee)
    } else {
        base_fee
    };
    chosen.sort_by(by_hash);
    Chosen {
        candidates: chosen,
        base_fee,
        contracts: limits.map_or_else(Vec::new, |limits| choose_contracts(contracts, limits)),
        contract_base_fee: i64::from(header_fee),
    }
}

fn best_first(candidates: &mut [Candidate]) {
    candidates.sort_by(|left, right| {
        fees::compare_bids(&right.frame, &left.frame).then_with(|| by_hash(left, right))
    });
}

/// The best bids that fit together into every limit. When not all do, the others wait; the base fee stays.
fn choose_contracts(mut candidates: Vec<Candidate>, limits: &LedgerLimits) -> Vec<Candidate> {
    best_first(&mut candidates);
    let mut room = Room::of(limits);
    candidates.retain(|candidate| room.take(&candidate.frame));
    candidates.sort_by(by_hash);
    candidates
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
