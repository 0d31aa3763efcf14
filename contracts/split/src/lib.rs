//! The settlement law: a total over shares that add up to it, to the unit.
//!
//! Largest remainder (Hamilton): every part gets its floor, and the units left over go to the largest remainders, ties
//! to the earlier share. A negative total mirrors the positive one. The C++ side (lib/money/allocate) follows the same
//! law; both pass tests/fixtures/split_law.csv.
#![no_std]

extern crate alloc;

use alloc::vec::Vec;

/// The whole, in parts of shares: 100 %.
pub const WHOLE: u32 = 10_000;

/// So many basis points of an amount, rounded towards zero.
#[must_use]
pub fn part(of: i128, bps: u32) -> i128 {
    let whole = i128::from(WHOLE);
    of / whole * i128::from(bps) + of % whole * i128::from(bps) / whole
}

/// Of equals the earlier. Picked one by one: a sort would be ten times the code.
fn largest(remainders: &[Option<u32>]) -> usize {
    let mut best = 0;
    for at in 1..remainders.len() {
        if remainders[at] > remainders[best] {
            best = at;
        }
    }
    best
}

/// Shares in basis points that add up to [`WHOLE`]; what each gets, in their order. No product can overflow: the total is
/// taken apart first. So none is checked, which for wide integers costs more than all the rest here.
///
/// # Panics
/// When the shares do not add up to the whole, which is checked before a plan is stored.
#[must_use]
pub fn allocate(total: i128, shares: &[u32]) -> Vec<i128> {
    let whole = i128::from(WHOLE);
    let sign = total.signum();
    // Rounded towards zero on both sides of it, so that each part carries the total's own sign or none.
    let times = total / whole;
    let rest = (total - times * whole).unsigned_abs() as u32;
    let mut parts = Vec::with_capacity(shares.len());
    let mut remainders = Vec::with_capacity(shares.len()); // of those that got no unit more
    let (mut left, mut sum) = (rest, 0_u64);
    for &share in shares {
        let product = rest * share.min(WHOLE);
        let more = i128::from(product / WHOLE);
        let more = if total < 0 { -more } else { more };
        parts.push(times.wrapping_mul(i128::from(share)).wrapping_add(more));
        remainders.push(Some(product % WHOLE));
        left -= product / WHOLE;
        sum += u64::from(share);
    }
    assert!(sum == u64::from(WHOLE));
    for _ in 0..left {
        let at = largest(&remainders);
        parts[at] += sign;
        remainders[at] = None;
    }
    parts
}

#[cfg(test)]
mod tests;
