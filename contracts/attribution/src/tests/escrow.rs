//! What is put in, what is reserved, and what goes back to whom.
use super::*;

#[test]
fn a_funding_counts_once_and_under_its_own_funder() {
    let w = World::new();
    w.fund(100, 1);
    let again = w.contract.try_fund(&w.funder, &100, &w.number(1));
    assert_eq!(refused!(again), Error::KnownReference);
    for amount in [0, -1, i128::MIN] {
        let bad = w.contract.try_fund(&w.funder, &amount, &w.number(2));
        assert_eq!(refused!(bad), Error::BadAmount);
    }
    let sponsor = w.person();
    StellarAssetClient::new(&w.env, &w.token).mint(&sponsor, &50);
    w.contract.fund(&sponsor, &50, &w.number(1)); // who saw the other's reference takes nothing from him
    assert_eq!((w.contract.book().funded, w.here()), (150, 150));
    let funding = w.contract.funding(&sponsor, &w.number(1)).unwrap();
    assert_eq!((funding.begins, funding.amount), (100, 50));
    let more = w.contract.try_fund(&w.funder, &i128::MAX, &w.number(3));
    assert_eq!(refused!(more), Error::Overflow);
}

#[test]
fn no_run_is_approved_that_the_escrow_does_not_cover() {
    let w = World::new();
    w.fund(100, 1);
    let (first, second) = (w.plan(1, &[60]), w.plan(2, &[41]));
    w.approve(&first);
    let digest = &second.digests[0];
    let over = w.contract.try_approve_run(&second.id, digest, &41, &1);
    assert_eq!(refused!(over), Error::NotCovered);
    w.fund(1, 2);
    w.approve(&second);
    assert_eq!(w.contract.book().reserved, 101);
    let none = w.contract.try_approve_run(&w.number(3), digest, &1, &1);
    assert_eq!(refused!(none), Error::NotCovered);
}

#[test]
fn what_was_not_spent_goes_back_last_in_first_out_and_only_after_the_end() {
    let w = World::new();
    let sponsor = w.person();
    StellarAssetClient::new(&w.env, &w.token).mint(&sponsor, &50);
    w.fund(100, 1);
    w.contract.fund(&sponsor, &50, &w.number(1));
    w.fund(30, 2);
    let run = w.plan(1, &[70, 50]);
    w.approve(&run);
    w.record(&run, 0, 2);
    assert_eq!(refused!(w.contract.try_close()), Error::NotEnded);
    let early = w.contract.try_give_back(&w.funder, &w.number(2));
    assert_eq!(refused!(early), Error::NotClosed);
    w.contract.hold_row(&run.id, &run.creator(1), &1);
    w.env.ledger().set_timestamp(ENDS - 1);
    assert_eq!(refused!(w.contract.try_close()), Error::NotEnded);
    w.pass(1);
    w.contract.close();
    assert!(w.contract.is_closed());
    // 120 of 180 are spent: all of the first funding, and 20 of the sponsor's.
    let first = w.contract.try_give_back(&w.funder, &w.number(1));
    assert_eq!(refused!(first), Error::NothingUnspent);
    assert_eq!(w.contract.give_back(&sponsor, &w.number(1)), 30);
    assert_eq!(w.contract.give_back(&w.funder, &w.number(2)), 30);
    let again = w.contract.try_give_back(&sponsor, &w.number(1));
    assert_eq!(refused!(again), Error::NothingUnspent);
    let nobody = w.contract.try_give_back(&w.person(), &w.number(1));
    assert_eq!(refused!(nobody), Error::NoFunding);
    w.contract.resolve_row(&run.id, &run.creator(1), &false); // 50 less
    assert_eq!(w.contract.give_back(&sponsor, &w.number(1)), 20);
    assert_eq!(w.contract.give_back(&w.funder, &w.number(1)), 30);
    assert_eq!((w.here(), w.balance(&sponsor)), (70, 50));
    assert_eq!(w.distribute(&run), 70);
    assert_eq!(w.here(), 0);
}

#[test]
fn a_closed_campaign_pays_what_it_promised_and_promises_nothing() {
    let w = World::new();
    let run = w.plan(1, &[5, 6]);
    w.fund(20, 1);
    w.approve(&run);
    w.env.ledger().set_timestamp(ENDS);
    w.contract.close();
    let fund = w.contract.try_fund(&w.funder, &1, &w.number(2));
    assert_eq!(refused!(fund), Error::Closed);
    let approve = w
        .contract
        .try_approve_run(&w.number(2), &w.number(2), &1, &1);
    assert_eq!(refused!(approve), Error::Closed);
    assert_eq!(refused!(w.contract.try_close()), Error::Closed);
    assert_eq!(w.contract.give_back(&w.funder, &w.number(1)), 9);
    w.record(&run, 0, 2);
    w.pass(WINDOW);
    assert_eq!(w.distribute(&run), 11);
}
