//! Fees: what must be bid, what is taken, and what a fee bump has to offer over the bid it wraps. All in stroops. Bids are
//! for inclusion; what a contract's resources cost comes on top and is the same for everybody.

use std::cmp::Ordering;

use super::frame::Frame;

/// The fee at a given base fee for one operation, whatever was bid.
pub fn at_base(frame: &Frame, base_fee: i64) -> i64 {
    inclusion_at_base(frame, base_fee).saturating_add(frame.resource_fee())
}

fn inclusion_at_base(frame: &Frame, base_fee: i64) -> i64 {
    base_fee.saturating_mul(frame.fee_ops())
}

/// What is taken: the ledger's fee, never more than the bid.
pub fn to_charge(frame: &Frame, base_fee: i64) -> i64 {
    frame.fee().min(at_base(frame, base_fee))
}

/// Why a fee bump bids too little: Some(None), less than the ledger's least; Some(Some(fee)), less for an operation
/// than the bid it wraps, and the fee that would do.
pub fn bump_problem(frame: &Frame, base_fee: i64) -> Option<Option<i64>> {
    let least = at_base(frame, base_fee);
    if frame.fee() < least {
        return Some(None);
    }
    let inner_least = i128::from(base_fee.saturating_mul(frame.own_fee_ops()));
    let inner_bid = i128::from(frame.tx.fee) - i128::from(frame.resource_fee());
    let offered = i128::from(frame.inclusion_fee()) * inner_least;
    let asked = inner_bid * i128::from(inclusion_at_base(frame, base_fee));
    (offered < asked)
        .then(|| Some(divide_up(asked, inner_least).saturating_add(frame.resource_fee())))
}

/// Bids compared by what they offer for an operation; true if the first offers at least `times` as much.
pub fn bids_at_least(frame: &Frame, other: &Frame, times: i64) -> bool {
    let offered = i128::from(frame.inclusion_fee()) * i128::from(other.fee_ops());
    offered >= i128::from(times) * i128::from(other.inclusion_fee()) * i128::from(frame.fee_ops())
}

/// The order of bids by what they offer for an operation.
pub fn compare_bids(left: &Frame, right: &Frame) -> Ordering {
    let rate = |frame: &Frame, other: &Frame| {
        i128::from(frame.inclusion_fee()) * i128::from(other.fee_ops())
    };
    rate(left, right).cmp(&rate(right, left))
}

/// The least fee with which `frame` would offer `times` as much for an operation as `other`.
pub fn least_for(frame: &Frame, other: &Frame, times: i64) -> i64 {
    let asked = i128::from(times) * i128::from(other.inclusion_fee()) * i128::from(frame.fee_ops());
    divide_up(asked, i128::from(other.fee_ops())).saturating_add(frame.resource_fee())
}

/// The least fee that offers more for an operation than the other does (stellar-core, computeBetterFee).
pub fn better_than(frame: &Frame, other: &Frame) -> i64 {
    let same = i128::from(other.inclusion_fee()) * i128::from(frame.fee_ops())
        / i128::from(other.fee_ops());
    i64::try_from(same + 1)
        .unwrap_or(i64::MAX)
        .saturating_add(frame.resource_fee())
}

fn divide_up(dividend: i128, divisor: i128) -> i64 {
    let divisor = divisor.max(1);
    i64::try_from((dividend + divisor - 1) / divisor).unwrap_or(i64::MAX)
}
