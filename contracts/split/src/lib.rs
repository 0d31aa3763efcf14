//! The settlement law: a total over shares that add up to it, to the unit.
//!
//! Largest remainder (Hamilton): every part gets its floor, and the units left over go to the largest remainders, ties
//! to the earlier share. A negative total mirrors the positive one. The C++ side (lib/money/allocate) follows the same
//! law; both pass tests/fixtures/split_law.csv.
#![no_std]

extern crate alloc;

use alloc::{vec, vec::Vec};

/// The whole, in parts of shares: 100 %.
pub const WHOLE: u32 = 10_000;

/// So many basis points of an amount, rounded towards zero.
#[must_use]
pub fn part(of: i128, bps: u32) -> i128 {
    let whole = i128::from(WHOLE);
    of / whole * i128::from(bps) + of % whole * i128::from(bps) / whole
}

/// Of equals the earlier. Picked one by one: a sort would be ten times the code.
fn largest(remainders: &[u32]) -> usize {
    let (mut best, mut most) = (0, 0);
    for (at, &remainder) in remainders.iter().enumerate() {
        if remainder > most {
            (best, most) = (at, remainder);
        }
    }
    best
}

/// Dividing wide integers costs more than all the rest here, and nearly no total is wide: what it is over the whole, and what
/// is left of it, each rounded towards zero and with its sign.
#[inline(never)]
fn take_wide_apart(total: i128) -> (i128, i64) {
    let whole = i128::from(WHOLE);
    let times = total / whole;
    (times, (total - times * whole) as i64)
}

/// The other parts of a wide total, which `allocate` has left out.
#[inline(never)]
fn add_wide(parts: &mut [i128], times: i128, shares: &[u32]) {
    for (part, &share) in parts.iter_mut().zip(shares) {
        *part = part.wrapping_add(times.wrapping_mul(i128::from(share)));
    }
}

/// Shares in basis points that add up to [`WHOLE`]; what each gets, in their order. No product can overflow: the total is
/// taken apart first. So none is checked, which for wide integers costs more than all the rest here.
///
/// # Panics
/// When the shares do not add up to the whole, which is checked before a plan is stored.
#[must_use]
pub fn allocate(total: i128, shares: &[u32]) -> Vec<i128> {
    let narrow = i64::try_from(total).ok();
    let whole = i64::from(WHOLE);
    // Rounded towards zero on both sides of it, so that each part carries the total's own sign or none.
    let (wide, times, rest) = match narrow {
        Some(total) => (0, total / whole, total % whole),
        None => {
            let (times, rest) = take_wide_apart(total);
            (times, 0, rest)
        }
    };
    let (sign, rest) = (rest.signum(), rest.unsigned_abs() as u32);
    let mut parts = vec![0_i128; shares.len()];
    let mut remainders = vec![0; shares.len()]; // and one more, of those that got no unit more
    let (mut left, mut sum) = (rest, 0_u64);
    for ((&share, part), remainder) in shares.iter().zip(&mut parts).zip(&mut remainders) {
        let product = rest * share.min(WHOLE);
        let floor = times.wrapping_mul(i64::from(share)) + sign * i64::from(product / WHOLE);
        *part = i128::from(floor);
        *remainder = product % WHOLE + 1;
        left -= product / WHOLE;
        sum += u64::from(share);
    }
    assert!(sum == u64::from(WHOLE));
    if narrow.is_none() {
        add_wide(&mut parts, wide, shares);
    }
    for _ in 0..left {
        let at = largest(&remainders);
        parts[at] += i128::from(sign);
        remainders[at] = 0;
    }
    parts
}

#[cfg(test)]
mod tests;
