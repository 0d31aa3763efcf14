//! Whatever is done in whatever order: no ticket without its tier, no unit of money lost, nobody's ticket moved by
//! another, and the contract does what a plain model of it does.
use super::*;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::BTreeMap;

const STORIES: u64 = 20;
const STEPS: usize = 150;
const PEOPLE: u32 = 5;
const IDS: u32 = 30; // more than the tiers hold

/// What must be true of a ticket: who holds it, what of, and how it stands.
#[derive(Clone)]
struct Known {
    owner: u32,
    tier: u32,
    state: State,
    price: Option<i128>,
}

struct Story {
    w: World,
    chance: StdRng,
    people: std::vec::Vec<Address>,
    known: BTreeMap<u32, Known>,
    refused: BTreeMap<Address, bool>,
    sales: u64,
}

impl Story {
    fn begin(seed: u64) -> Self {
        let w = World::new();
        w.env.cost_estimate().budget().reset_unlimited();
        let people = (0..PEOPLE).map(|number| w.person(number)).collect();
        Self {
            w,
            chance: StdRng::seed_from_u64(seed),
            people,
            known: BTreeMap::new(),
            refused: BTreeMap::new(),
            sales: 0,
        }
    }

    fn live(&self, tier: u32) -> usize {
        let of_it = |known: &&Known| known.tier == tier && known.state != State::Invalid;
        self.known.values().filter(of_it).count()
    }

    fn mint(&mut self, id: u32, who: u32) {
        let tier = self.chance.gen_range(OPEN..=STRICT);
        let issue = self.w.issue(id, &self.people[who as usize]);
        let made = self.w.contract.try_mint(&tier, &list![&self.w.env, issue]);
        let is_new = !self.known.contains_key(&id);
        assert_eq!(made == Ok(Ok(1)), is_new && self.live(tier) < 10);
        if made == Ok(Ok(1)) {
            let ticket = Known {
                owner: who,
                tier,
                state: State::Valid,
                price: None,
            };
            self.known.insert(id, ticket);
        }
    }

    fn give(&mut self, id: u32, from: u32, to: u32) {
        let (giver, taker) = (&self.people[from as usize], &self.people[to as usize]);
        let given = self.w.contract.try_transfer(giver, taker, &id).is_ok();
        let may = self.known.get(&id).is_some_and(|known| {
            known.owner == from
                && from != to
                && known.tier == OPEN
                && known.state == State::Valid
                && known.price.is_none()
        });
        assert_eq!(given, may);
        if given {
            self.known.get_mut(&id).unwrap().owner = to;
        }
    }

    fn list(&mut self, id: u32, who: u32) {
        let price = self.chance.gen_range(-1..CAP + 100);
        let seller = &self.people[who as usize];
        let is_offered = self.w.contract.try_list(seller, &id, &price, &ENDS).is_ok();
        let may = self.known.get(&id).is_some_and(|known| {
            known.owner == who && known.state == State::Valid && (1..=CAP).contains(&price)
        });
        assert_eq!(is_offered, may);
        if may {
            self.known.get_mut(&id).unwrap().price = Some(price);
        }
    }

    fn buy(&mut self, id: u32, who: u32) {
        let price = self
            .known
            .get(&id)
            .and_then(|known| known.price)
            .unwrap_or(1);
        let buyer = self.people[who as usize].clone();
        let is_sold = self.w.contract.try_buy(&buyer, &id, &price).is_ok();
        let may = self
            .known
            .get(&id)
            .is_some_and(|known| known.price.is_some() && known.owner != who);
        assert_eq!(is_sold, may);
        if is_sold {
            let known = self.known.get_mut(&id).unwrap();
            known.price = None;
            known.owner = who;
            self.sales += 1;
        }
    }

    fn end(&mut self, id: u32, state: State) {
        let ids = self.w.one(id);
        let outcomes = match state {
            State::CheckedIn => self.w.contract.check_in(&ids),
            _ => self.w.contract.invalidate(&ids),
        };
        let wanted = match self.known.get_mut(&id) {
            None => Outcome::Unknown,
            Some(known) if known.state == state => Outcome::Again,
            Some(known) if known.state == State::Invalid => Outcome::Invalid,
            Some(known) => {
                (known.state, known.price) = (state, None);
                Outcome::Done
            }
        };
        assert_eq!(outcomes.get(0), Some(wanted));
    }

    /// Somebody whom the token begins or ceases to refuse, or who claims.
    fn trouble(&mut self, who: u32) {
        let parties = [&self.people[who as usize], &self.w.parties[0]];
        let party = parties[self.chance.gen_range(0..2)].clone();
        if self.chance.gen() {
            let on = self.chance.gen();
            self.w.token.refuse(&party, &on);
            self.refused.insert(party, on);
            return;
        }
        let owed = self.w.contract.owed(&party);
        let claimed = self.w.contract.try_claim(&party, &party).is_ok();
        let is_refused = self.refused.get(&party) == Some(&true);
        assert_eq!(claimed, owed > 0 && !is_refused);
    }

    fn step(&mut self) {
        let id = self.chance.gen_range(1..=IDS);
        let who = self.chance.gen_range(0..PEOPLE);
        let other = self.chance.gen_range(0..PEOPLE);
        let owner = self.known.get(&id).map_or(who, |known| known.owner);
        match self.chance.gen_range(0..12) {
            0..=2 => self.mint(id, who),
            3 => self.give(id, who, other),
            4 => self.give(id, owner, other),
            5 | 6 => self.list(id, owner),
            7 => self.list(id, who),
            8 => self.buy(id, who),
            9 => {
                let mut known = self.known.iter();
                let offered = known.find(|(_, known)| known.price.is_some());
                let id = offered.map_or(id, |(id, _)| *id);
                self.buy(id, who);
            }
            10 if self.chance.gen_range(0..3) == 0 => {
                let ends = [State::CheckedIn, State::Invalid];
                let state = ends[self.chance.gen_range(0..2)];
                self.end(id, state);
            }
            _ => self.trouble(who),
        }
    }

    fn require_laws(&self, money: i128) {
        let w = &self.w;
        for (id, known) in &self.known {
            let ticket = w.contract.ticket(id);
            assert_eq!(ticket.owner, self.people[known.owner as usize]);
            assert_eq!((ticket.tier, ticket.state), (known.tier, known.state));
            let price = match ticket.offer {
                Offer::At(listing) => Some(listing.price),
                Offer::No => None,
            };
            assert_eq!(price, known.price);
        }
        for (number, person) in (0..PEOPLE).zip(&self.people) {
            let held = self.known.values().filter(|known| known.owner == number);
            assert_eq!(w.contract.balance(person), held.count() as u32);
        }
        for tier in [OPEN, STRICT] {
            assert_eq!(w.contract.live(&tier) as usize, self.live(tier));
            assert!(self.live(tier) <= 10);
        }
        let everybody = || self.people.iter().chain(&w.parties);
        let owed: i128 = everybody().map(|one| w.contract.owed(one)).sum();
        let here = w.token.balance(&w.contract.address);
        assert_eq!(owed, here, "what is owed is there, and nothing else");
        let theirs: i128 = everybody().map(|one| w.token.balance(one)).sum();
        assert_eq!(theirs + here, money, "nothing is made and nothing is lost");
    }
}

#[test]
fn the_contract_does_what_its_model_does() {
    let mut sales = 0;
    for seed in 0..STORIES {
        let mut story = Story::begin(seed);
        let money = story
            .people
            .iter()
            .map(|one| story.w.token.balance(one))
            .sum();
        for _ in 0..STEPS {
            story.step();
            story.require_laws(money);
        }
        sales += story.sales;
    }
    assert!(sales > 2 * STORIES, "resold in all stories: {sales}");
}
