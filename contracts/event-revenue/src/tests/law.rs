//! What is due, what is paid, and what is left.
use super::*;
use crate::event::{Distributed, Paid, Skipped};
use soroban_sdk::testutils::Events as _;
use soroban_sdk::{Event as _, Map};

#[test]
fn what_came_in_is_paid_by_shares_once() {
    let w = World::with(&[5_000, 3_000, 2_000]);
    w.deposit(1_001);
    assert_eq!(w.contract.due(&1, &w.token), list![&w.env, 501, 300, 200]);
    assert_eq!(w.distribute(), 1_001);
    assert_eq!(w.balances(), [501, 300, 200]);
    assert_eq!(w.distribute(), 0);
    w.deposit(999);
    assert_eq!(w.distribute(), 999);
    assert_eq!(w.balances(), [1_000, 600, 400]);
    assert_eq!(w.held(), 0);
}

#[test]
fn whom_the_token_refuses_is_skipped_and_stays_owed() {
    let w = World::with(&[5_000, 5_000]);
    w.deposit(1_000);
    w.set_authorized(&w.parties[0], false);
    assert_eq!(w.distribute(), 500);
    assert_eq!(w.balances(), [0, 500]);
    assert_eq!(w.contract.owed(&1, &w.token, &w.parties[0]), 500);
    assert_eq!(w.held(), 500);
    w.set_authorized(&w.parties[0], true);
    assert_eq!(w.distribute(), 500);
    assert_eq!(w.balances(), [500, 500]);
}

#[test]
fn a_payee_claims_to_wherever_he_says() {
    let w = World::with(&[2_500, 7_500]);
    w.deposit(400);
    let elsewhere = Address::generate(&w.env);
    assert_eq!(
        w.contract.claim(&w.parties[0], &1, &w.token, &elsewhere),
        100
    );
    assert_eq!(w.balance(&elsewhere), 100);
    assert_eq!(
        refused!(w
            .contract
            .try_claim(&w.parties[0], &1, &w.token, &elsewhere)),
        Error::NothingOwed
    );
    let nobody = Address::generate(&w.env);
    assert_eq!(
        refused!(w.contract.try_claim(&nobody, &1, &w.token, &nobody)),
        Error::NothingOwed
    );
    assert_eq!(w.distribute(), 300);
}

#[test]
fn creators_earn_off_the_top_and_in_batches_that_count_once() {
    let w = World::with(&[10_000]);
    w.deposit(10_000);
    let creator = Address::generate(&w.env);
    let batch = w.reference();
    w.contract.credit(
        &1,
        &w.token,
        &batch,
        &list![&w.env, (creator.clone(), 600), (creator.clone(), 100)],
    );
    assert_eq!(
        w.contract.earned(&1, &w.token, &creator),
        Credit { due: 700, paid: 0 }
    );
    let again = w
        .contract
        .try_credit(&1, &w.token, &batch, &list![&w.env, (creator.clone(), 600)]);
    assert_eq!(refused!(again), Error::KnownReference);
    let much = w.contract.try_credit(
        &1,
        &w.token,
        &w.reference(),
        &list![&w.env, (creator.clone(), 301)],
    );
    assert_eq!(refused!(much), Error::OverCap);
    assert_eq!(w.distribute(), 9_300);
    assert_eq!(
        w.contract.distribute(
            &1,
            &w.token,
            &list![&w.env, creator.clone(), creator.clone()]
        ),
        700
    );
    assert_eq!(w.balance(&creator), 700);
    assert_eq!(w.held(), 0);
}

#[test]
fn a_deposit_and_its_commissions_come_in_at_once_or_not_at_all() {
    let w = World::with(&[10_000]);
    let creator = Address::generate(&w.env);
    let reference = w.reference();
    let settle = |amount: i128, earned: i128, reference: &BytesN<32>| {
        w.contract.try_settle(
            &w.payer,
            &1,
            &w.token,
            &amount,
            reference,
            &list![&w.env, (creator.clone(), earned)],
        )
    };
    let before = w.balance(&w.payer);
    assert_eq!(refused!(settle(1_000, 101, &reference)), Error::OverCap);
    assert_eq!((w.balance(&w.payer), w.held()), (before, 0));
    assert_eq!(settle(1_000, 100, &reference), Ok(Ok(())));
    assert_eq!(
        refused!(settle(1_000, 100, &reference)),
        Error::KnownReference
    );
    assert_eq!(w.contract.book(&1, &w.token).commissions, 100);
    assert_eq!(w.distribute(), 900);
    assert_eq!(w.contract.claim(&creator, &1, &w.token, &creator), 100);
    assert_eq!(w.held(), 0);
}

#[test]
fn a_party_that_is_a_creator_too_is_paid_both_at_once() {
    let w = World::with(&[5_000, 5_000]);
    w.deposit(1_000);
    w.contract.credit(
        &1,
        &w.token,
        &w.reference(),
        &list![&w.env, (w.parties[0].clone(), 100)],
    );
    assert_eq!(w.contract.owed(&1, &w.token, &w.parties[0]), 550);
    assert_eq!(w.distribute(), 1_000);
    assert_eq!(w.balances(), [550, 450]);
}

#[test]
fn what_is_there_goes_back_to_the_organizer_and_what_was_paid_does_not() {
    let w = World::with(&[5_000, 5_000]);
    w.deposit(1_000);
    w.contract.refund(&1, &w.token, &200, &w.reference());
    assert_eq!(w.balance(&w.organizer), 200);
    assert_eq!(
        w.contract.claim(&w.parties[0], &1, &w.token, &w.parties[0]),
        400
    );
    // Half of what is left is owed to the other one, and the first would be overpaid.
    assert_eq!(
        refused!(w.contract.try_refund(&1, &w.token, &100, &w.reference())),
        Error::WouldOverpay
    );
    assert_eq!(
        refused!(w.contract.try_refund(&1, &w.token, &900, &w.reference())),
        Error::MoreThanHeld
    );
    w.deposit(500);
    w.contract.refund(&1, &w.token, &500, &w.reference());
    assert_eq!(w.distribute(), 400);
    assert_eq!(w.held(), 0);
    assert_eq!(
        refused!(w.contract.try_refund(&1, &w.token, &1, &w.reference())),
        Error::MoreThanHeld
    );
}

#[test]
fn amounts_references_and_lists_are_looked_at() {
    let w = World::with(&[10_000]);
    for amount in [0, -1, i128::MIN] {
        let deposit = w
            .contract
            .try_deposit(&w.payer, &1, &w.token, &amount, &w.reference());
        assert_eq!(refused!(deposit), Error::BadAmount);
        assert_eq!(
            refused!(w.contract.try_refund(&1, &w.token, &amount, &w.reference())),
            Error::BadAmount
        );
        let credit = w.contract.try_credit(
            &1,
            &w.token,
            &w.reference(),
            &list![&w.env, (w.payer.clone(), amount)],
        );
        assert_eq!(refused!(credit), Error::BadAmount);
    }
    let reference = w.reference();
    w.contract.deposit(&w.payer, &1, &w.token, &5, &reference);
    assert!(w.contract.is_known(&reference));
    let again = w
        .contract
        .try_deposit(&w.payer, &1, &w.token, &5, &reference);
    assert_eq!(refused!(again), Error::KnownReference);
    let other = w
        .contract
        .try_deposit(&w.payer, &2, &w.token, &5, &w.reference());
    assert_eq!(refused!(other), Error::NoPlan);
    let many = Vec::from_iter(&w.env, (0..51).map(|_| w.payer.clone()));
    assert_eq!(
        refused!(w.contract.try_distribute(&1, &w.token, &many)),
        Error::TooMany
    );
    assert_eq!(
        refused!(w.contract.try_distribute(&7, &w.token, &list![&w.env])),
        Error::NoPlan
    );
    let here = w.contract.address.clone();
    let credit = w
        .contract
        .try_credit(&1, &w.token, &w.reference(), &list![&w.env, (here, 1)]);
    assert_eq!(refused!(credit), Error::BadParties);
}

#[test]
fn a_later_plan_is_for_later_deposits_alone() {
    let w = World::with(&[5_000, 5_000]);
    w.contract
        .set_plan(&plan_of(&w.env, &w.parties, &[6_000, 4_000]));
    w.deposit(100);
    assert_eq!(
        refused!(w
            .contract
            .try_set_plan(&plan_of(&w.env, &w.parties, &[1, 9_999]))),
        Error::Frozen
    );
    let id = w
        .contract
        .propose(&Change::Plan(plan_of(&w.env, &w.parties, &[0, 10_000])));
    w.pass(2 * DAY);
    w.contract.carry_out(&id);
    assert_eq!(w.contract.version(), 2);
    w.deposit(50);
    assert_eq!(w.distribute(), 100);
    assert_eq!(w.balances(), [60, 40]);
    assert_eq!(
        w.contract
            .distribute(&2, &w.token, &list![&w.env, w.parties[1].clone()]),
        50
    );
    assert_eq!(w.balances(), [60, 90]);
    // What was sold under the first plan may come in late: its owner says which shares it is for.
    w.contract
        .deposit(&w.payer, &1, &w.token, &10, &w.reference());
    assert_eq!(w.distribute(), 10);
    assert_eq!(w.balances(), [66, 94]);
}

#[test]
fn plans_are_whole_and_name_each_party_once() {
    let w = World::with(&[5_000, 5_000]);
    let set = |parties: &[Address], shares: &[u32]| {
        w.contract.try_set_plan(&plan_of(&w.env, parties, shares))
    };
    assert_eq!(
        refused!(set(&w.parties, &[5_000, 4_999])),
        Error::SharesNotWhole
    );
    assert_eq!(
        refused!(set(&w.parties, &[u32::MAX, 10_001])),
        Error::SharesNotWhole
    );
    assert_eq!(refused!(set(&[], &[])), Error::BadParties);
    let twice = [w.parties[0].clone(), w.parties[0].clone()];
    assert_eq!(refused!(set(&twice, &[5_000, 5_000])), Error::BadParties);
    assert_eq!(
        refused!(set(core::slice::from_ref(&w.contract.address), &[10_000])),
        Error::BadParties
    );
    let many: std::vec::Vec<Address> = (0..51).map(|_| Address::generate(&w.env)).collect();
    assert_eq!(refused!(set(&many, &[196; 51])), Error::BadParties);
    let mut plan = plan_of(&w.env, &w.parties, &[5_000, 5_000]);
    plan.commission_cap = 10_001;
    assert_eq!(
        refused!(w.contract.try_set_plan(&plan)),
        Error::SharesNotWhole
    );
}

#[test]
fn a_claim_tells_of_itself_alone() {
    let w = World::with(&[2_500, 7_500]);
    w.deposit(400);
    let (payee, to) = (w.parties[0].clone(), Address::generate(&w.env));
    w.contract.claim(&payee, &1, &w.token, &to);
    let told = w.env.events().all().filter_by_contract(&w.contract.address);
    let paid = Paid {
        token: w.token.clone(),
        payee,
        to,
        version: 1,
        amount: 100,
    };
    assert_eq!(told, [paid.to_xdr(&w.env, &w.contract.address)]);
}

#[test]
fn one_event_tells_who_was_paid_what_and_another_who_was_skipped() {
    let w = World::with(&[5_000, 3_000, 2_000]);
    w.deposit(1_000);
    w.set_authorized(&w.parties[1], false);
    w.distribute();
    let told = w.env.events().all().filter_by_contract(&w.contract.address);
    let paid = [(w.parties[0].clone(), 500), (w.parties[2].clone(), 200)];
    let distributed = Distributed {
        token: w.token.clone(),
        version: 1,
        paid: Map::from_array(&w.env, paid),
    };
    let skipped = Skipped {
        token: w.token.clone(),
        payee: w.parties[1].clone(),
        version: 1,
        amount: 300,
    };
    let here = &w.contract.address;
    assert_eq!(
        told,
        [
            skipped.to_xdr(&w.env, here),
            distributed.to_xdr(&w.env, here)
        ]
    );
    w.set_authorized(&w.parties[1], true);
    w.distribute();
    assert_eq!(w.distribute(), 0);
    assert_eq!(w.env.events().all().events().len(), 0, "nothing was paid");
}
