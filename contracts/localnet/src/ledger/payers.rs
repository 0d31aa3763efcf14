//! Who pays for what waits: a fee source must afford the bids of all it pays for together, or none of them may run.

use std::collections::{BTreeMap, BTreeSet};

use stellar_xdr::AccountId;

use super::account;
use super::frame::Frame;
use super::layers::View;

/// The payers who cannot afford all at once. Classic transactions are counted first: what a payer promised for calls of
/// contracts never puts them out.
#[derive(Debug)]
pub struct Overdrawn {
    classic: BTreeSet<AccountId>,
    contracts: BTreeSet<AccountId>,
}

impl Overdrawn {
    pub fn among<'a>(view: &impl View, frames: impl Iterator<Item = &'a Frame>) -> Overdrawn {
        let (mut classic, mut all) = (BTreeMap::new(), BTreeMap::new());
        for frame in frames {
            promise(&mut all, frame);
            if !frame.is_soroban() {
                promise(&mut classic, frame);
            }
        }
        Overdrawn {
            classic: broke(view, classic),
            contracts: broke(view, all),
        }
    }

    pub fn includes(&self, frame: &Frame) -> bool {
        let broke = match frame.is_soroban() {
            true => &self.contracts,
            false => &self.classic,
        };
        broke.contains(&frame.fee_source())
    }
}

fn promise(promised: &mut BTreeMap<AccountId, i64>, frame: &Frame) {
    let sum = promised.entry(frame.fee_source()).or_default();
    *sum = sum.saturating_add(frame.fee());
}

fn broke(view: &impl View, promised: BTreeMap<AccountId, i64>) -> BTreeSet<AccountId> {
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
