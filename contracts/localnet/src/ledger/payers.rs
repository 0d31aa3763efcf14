//! Who pays for what waits: a fee source must afford the bids of all it pays for together, or none of them may run.

use std::collections::{BTreeMap, BTreeSet};

use stellar_xdr::AccountId;

use super::account;
use super::frame::Frame;
use super::layers::View;

/// The payers who cannot afford all of these at once.
pub fn overdrawn<'a>(
    view: &impl View,
    frames: impl Iterator<Item = &'a Frame>,
) -> BTreeSet<AccountId> {
    let mut promised: BTreeMap<AccountId, i64> = BTreeMap::new();
    for frame in frames {
        let sum = promised.entry(frame.fee_source()).or_default();
        *sum = sum.saturating_add(frame.fee());
    }
    let money = |payer: &AccountId| {
        view.account(payer)
            .map_or(0, |payer| account::available(view.header(), payer))
    };
    promised
        .into_iter()
        .filter(|(payer, sum)| money(payer) < *sum)
        .map(|(payer, _)| payer)
        .collect()
}
