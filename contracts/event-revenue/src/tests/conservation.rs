//! Whatever is done in whatever order: nothing is made, nothing is lost, and what is owed is there.
use super::*;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const STORIES: u64 = 20;
const STEPS: usize = 60;

fn shares_of(chance: &mut StdRng) -> std::vec::Vec<u32> {
    let mut left = 10_000;
    let mut shares = std::vec::Vec::new();
    for _ in 0..chance.gen_range(0..6) {
        let share = chance.gen_range(0..=left);
        shares.push(share);
        left -= share;
    }
    shares.push(left);
    shares
}

fn step(w: &World, chance: &mut StdRng, creators: &[Address]) {
    let amount = match chance.gen_range(0..3) {
        0 => chance.gen_range(1..20),
        1 => chance.gen_range(1..10_000),
        _ => chance.gen_range(1..1_000_000_000),
    };
    let reference = BytesN::from_array(&w.env, &chance.gen());
    let party = w.parties[chance.gen_range(0..w.parties.len())].clone();
    let creator = creators[chance.gen_range(0..creators.len())].clone();
    let payee = if chance.gen() {
        party.clone()
    } else {
        creator.clone()
    };
    match chance.gen_range(0..9) {
        0 | 1 => drop(
            w.contract
                .try_deposit(&w.payer, &1, &w.token, &amount, &reference),
        ),
        2 => drop(w.contract.try_refund(&1, &w.token, &amount, &reference)),
        3 => {
            drop(
                w.contract
                    .try_credit(&1, &w.token, &reference, &list![&w.env, (creator, amount)]),
            )
        }
        8 => {
            let earned = list![&w.env, (creator, amount / chance.gen_range(5..20))];
            drop(
                w.contract
                    .try_settle(&w.payer, &1, &w.token, &amount, &reference, &earned),
            )
        }
        4 => drop(w.contract.try_claim(&payee, &1, &w.token, &payee)),
        5 => w.set_authorized(&party, chance.gen()),
        6 => drop(w.contract.distribute(
            &1,
            &w.token,
            &Vec::from_iter(&w.env, creators.iter().cloned()),
        )),
        _ => drop(w.distribute()),
    }
}

fn require_laws(w: &World, creators: &[Address]) {
    let book = w.contract.book(&1, &w.token);
    let here = w.balance(&w.contract.address);
    assert_eq!(held(&book), here, "the book is what is there");
    assert_eq!(
        book.deposited - book.refunded,
        here + book.paid.iter().sum::<i128>() + book.commissions_paid
    );
    let credits: std::vec::Vec<Credit> = creators
        .iter()
        .map(|c| w.contract.earned(&1, &w.token, c))
        .collect();
    assert_eq!(
        book.commissions,
        credits.iter().map(|c| c.due).sum::<i128>()
    );
    assert_eq!(
        book.commissions_paid,
        credits.iter().map(|c| c.paid).sum::<i128>()
    );
    assert_eq!(
        w.contract.due(&1, &w.token).iter().sum::<i128>(),
        book.net(),
        "parts add up to the whole"
    );
    let slack = w.parties.len() as i128; // units that a larger split moved to somebody else
    let open: i128 = w
        .contract
        .due(&1, &w.token)
        .iter()
        .zip(book.paid.iter())
        .map(|(due, paid)| (due - paid).max(0))
        .sum();
    assert!(
        open + book.commissions - book.commissions_paid <= here + slack,
        "what is owed is there"
    );
    for (party, paid) in w.parties.iter().zip(book.paid.iter()) {
        assert_eq!(w.balance(party), paid);
    }
}

#[test]
fn nothing_is_made_and_nothing_is_lost() {
    for seed in 0..STORIES {
        let mut chance = StdRng::seed_from_u64(seed);
        let w = World::with(&shares_of(&mut chance));
        w.env.cost_estimate().budget().reset_unlimited();
        let creators: std::vec::Vec<Address> = (0..3).map(|_| Address::generate(&w.env)).collect();
        for _ in 0..STEPS {
            step(&w, &mut chance, &creators);
            require_laws(&w, &creators);
        }
        for party in &w.parties {
            w.set_authorized(party, true);
        }
        w.distribute();
        w.contract.distribute(
            &1,
            &w.token,
            &Vec::from_iter(&w.env, creators.iter().cloned()),
        );
        let left = w.balance(&w.contract.address);
        assert!(left <= w.parties.len() as i128, "seed {seed}: {left} left");
    }
}
