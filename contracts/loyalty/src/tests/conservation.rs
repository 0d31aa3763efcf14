//! Whatever is done in whatever order: what people have is what was earned less what was burned, and the contract does
//! what a plain model of it does.
use super::*;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};

const STORIES: u64 = 20;
const STEPS: usize = 100;
const PEOPLE: usize = 4;
const CAP_OF_OTHER: i128 = 700;

struct Story {
    w: World,
    chance: StdRng,
    people: std::vec::Vec<Address>,
    events: [BytesN<32>; 2],
    balances: [i128; PEOPLE],
    earned: [i128; 2],
    today: i128,
    rewarded: BTreeMap<(usize, usize, u32), i128>,
    allowed: BTreeMap<(usize, usize), i128>,
    vouchers: BTreeSet<u8>,
}

impl Story {
    fn begin(seed: u64) -> Self {
        let w = World::new();
        w.env.cost_estimate().budget().reset_unlimited();
        let events = [w.event.clone(), w.number(2)];
        w.contract.set_event_cap(&events[1], &CAP_OF_OTHER);
        w.contract.set_daily_cap(&1_000);
        Self {
            chance: StdRng::seed_from_u64(seed),
            people: (0..PEOPLE).map(|_| w.person()).collect(),
            w,
            events,
            balances: [0; PEOPLE],
            earned: [0; 2],
            today: 0,
            rewarded: BTreeMap::new(),
            allowed: BTreeMap::new(),
            vouchers: BTreeSet::new(),
        }
    }

    fn reward(&mut self, who: usize, amount: i128) {
        let (at, kind) = (self.chance.gen_range(0..2), self.chance.gen_range(0..6));
        let rewards = self.w.one(&self.people[who], amount);
        let done = self
            .w
            .contract
            .try_reward(&self.events[at], &kind, &rewards);
        let cap = [EVENT_CAP, CAP_OF_OTHER][at];
        let may = amount > 0
            && !self.rewarded.contains_key(&(who, at, kind))
            && self.earned[at] + amount <= cap
            && self.today + amount <= 1_000;
        assert_eq!(matches!(done, Ok(Ok(1))), may);
        if may {
            self.rewarded.insert((who, at, kind), amount);
            self.balances[who] += amount;
            self.earned[at] += amount;
            self.today += amount;
        }
    }

    fn give(&mut self, from: usize, to: usize, amount: i128) {
        let (giver, taker) = (&self.people[from], &self.people[to]);
        let done = self.w.contract.try_transfer(giver, taker, &amount).is_ok();
        assert_eq!(done, (0..=self.balances[from]).contains(&amount));
        if done {
            self.balances[from] -= amount;
            self.balances[to] += amount;
        }
    }

    fn allow(&mut self, from: usize, to: usize, amount: i128) {
        let (owner, spender) = (&self.people[from], &self.people[to]);
        let done = self.w.contract.try_approve(owner, spender, &amount, &1_000);
        assert_eq!(done.is_ok(), amount >= 0);
        if amount >= 0 {
            self.allowed.insert((from, to), amount);
        }
    }

    /// Moves or burns by what was allowed.
    fn use_allowance(&mut self, from: usize, by: usize, amount: i128) {
        let (owner, spender) = (&self.people[from], &self.people[by]);
        let burns = self.chance.gen();
        let done = if burns {
            self.w.contract.try_burn_from(spender, owner, &amount)
        } else {
            self.w
                .contract
                .try_transfer_from(spender, owner, spender, &amount)
        };
        let allowed = self.allowed.get(&(from, by)).copied().unwrap_or(0);
        let may = (0..=self.balances[from].min(allowed)).contains(&amount);
        assert_eq!(done.is_ok(), may);
        if may {
            self.balances[from] -= amount;
            self.balances[by] += if burns { 0 } else { amount };
            self.allowed.insert((from, by), allowed - amount);
        }
    }

    fn spend(&mut self, who: usize, amount: i128) {
        let voucher = self.chance.gen_range(0..8);
        let reference = self.w.number(voucher);
        let done = self
            .w
            .contract
            .try_spend(&self.people[who], &amount, &reference);
        let may = (1..=self.balances[who]).contains(&amount) && !self.vouchers.contains(&voucher);
        assert_eq!(done.is_ok(), may);
        if may {
            self.balances[who] -= amount;
            self.vouchers.insert(voucher);
        }
    }

    fn step(&mut self) {
        let (who, other) = (
            self.chance.gen_range(0..PEOPLE),
            self.chance.gen_range(0..PEOPLE),
        );
        let amount = self.chance.gen_range(-5..150);
        match self.chance.gen_range(0..10) {
            0..=3 => self.reward(who, amount),
            4 => self.give(who, other, amount),
            5 | 6 => self.allow(who, other, amount),
            7 => self.use_allowance(who, other, amount),
            8 => self.spend(who, amount),
            _ if self.chance.gen_range(0..5) == 0 => {
                self.w.pass(DAY);
                self.today = 0;
            }
            _ => self.give(who, other, amount / 10),
        }
    }

    fn require_laws(&self) {
        let c = &self.w.contract;
        for (person, balance) in self.people.iter().zip(self.balances) {
            assert_eq!(c.balance(person), balance);
            assert!(balance >= 0);
        }
        for ((event, earned), cap) in self
            .events
            .iter()
            .zip(self.earned)
            .zip([EVENT_CAP, CAP_OF_OTHER])
        {
            assert_eq!(c.earning(event), Earning { cap, earned });
            assert!(earned <= cap);
        }
        assert_eq!(c.today().earned, self.today);
        assert_eq!(
            self.rewarded.values().sum::<i128>(),
            self.earned.iter().sum::<i128>()
        );
        for ((from, by), allowed) in &self.allowed {
            assert_eq!(
                c.allowance(&self.people[*from], &self.people[*by]),
                *allowed
            );
        }
    }
}

#[test]
fn the_contract_does_what_its_model_does() {
    let mut spent = 0;
    for seed in 0..STORIES {
        let mut story = Story::begin(seed);
        for _ in 0..STEPS {
            story.step();
            story.require_laws();
        }
        spent += story.vouchers.len();
    }
    assert!(spent > STORIES as usize, "vouchers in all stories: {spent}");
}
