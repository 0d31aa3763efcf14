//! Who is paid what, once.
use super::*;
use crate::event::{Distributed, Skipped};
use soroban_sdk::testutils::Events as _;
use soroban_sdk::{Event as _, Map};

#[test]
fn what_a_run_says_is_paid_once() {
    let w = World::new();
    let run = w.whole(1, &[10, 20]);
    w.pass(WINDOW);
    assert_eq!(w.distribute(&run), 30);
    assert_eq!(w.distribute(&run), 0);
    assert_eq!(w.record(&run, 0, 2), 0);
    assert_eq!(w.distribute(&run), 0);
    let creator = run.creator(0);
    let claim = w.contract.try_claim(&creator, &run.id, &creator);
    assert_eq!(refused!(claim), Error::AlreadyPaid);
    assert_eq!((w.balance(&creator), w.here()), (10, 0));
}

#[test]
fn a_creator_named_twice_in_a_call_is_paid_once() {
    let w = World::new();
    let run = w.whole(1, &[10, 20]);
    w.pass(WINDOW);
    let one = run.creator(0);
    let twice = list![&w.env, one.clone(), w.person(), one.clone()];
    assert_eq!(w.contract.distribute(&run.id, &twice), 10);
    assert_eq!(w.balance(&one), 10);
}

#[test]
fn a_creator_claims_to_wherever_he_says() {
    let w = World::new();
    let run = w.whole(1, &[10, 20]);
    w.pass(WINDOW);
    let (creator, elsewhere) = (run.creator(0), w.person());
    let here = w.contract.address.clone();
    let lost = w.contract.try_claim(&creator, &run.id, &here);
    assert_eq!(refused!(lost), Error::BadCreator);
    assert_eq!(w.contract.claim(&creator, &run.id, &elsewhere), 10);
    assert_eq!(w.balance(&elsewhere), 10);
    assert_eq!(w.distribute(&run), 20);
    let stranger = w.contract.try_claim(&w.person(), &run.id, &elsewhere);
    assert_eq!(refused!(stranger), Error::NoRow);
    let absent = w.contract.try_owed(&w.number(9), &creator);
    assert_eq!(refused!(absent), Error::NoRun);
}

#[test]
fn whom_the_token_refuses_is_skipped_and_stays_owed() {
    let w = World::new();
    let run = w.whole(1, &[10, 20, 30]);
    w.pass(WINDOW);
    w.set_authorized(&run.creator(1), false);
    assert_eq!(w.distribute(&run), 40);
    let told = w.env.events().all().filter_by_contract(&w.contract.address);
    let skipped = Skipped {
        run: run.id.clone(),
        creator: run.creator(1),
        amount: 20,
    };
    let paid = [(run.creator(0), 10), (run.creator(2), 30)];
    let distributed = Distributed {
        run: run.id.clone(),
        paid: Map::from_array(&w.env, paid),
    };
    let here = &w.contract.address;
    let all = [
        skipped.to_xdr(&w.env, here),
        distributed.to_xdr(&w.env, here),
    ];
    assert_eq!(told, all);
    assert_eq!(w.contract.owed(&run.id, &run.creator(1)), 20);
    assert_eq!(w.contract.book().reserved, 20);
    w.set_authorized(&run.creator(1), true);
    assert_eq!(w.distribute(&run), 20);
}

#[test]
fn one_run_is_paid_out_of_no_other_runs_money() {
    let w = World::new();
    let (first, second) = (w.whole(1, &[10]), w.whole(2, &[25]));
    w.pass(WINDOW);
    assert_eq!(w.distribute(&first), 10);
    let other = w.contract.distribute(&first.id, &second.creators(&w.env));
    assert_eq!(other, 0);
    assert_eq!((w.here(), w.contract.book().reserved), (25, 25));
    assert_eq!(w.distribute(&second), 25);
}

#[test]
fn at_most_fifty_are_paid_at_once() {
    let w = World::new();
    let run = w.whole(1, &[1]);
    w.pass(WINDOW);
    let many = Vec::from_iter(&w.env, (0..51).map(|_| run.creator(0)));
    let done = w.contract.try_distribute(&run.id, &many);
    assert_eq!(refused!(done), Error::TooMany);
}
