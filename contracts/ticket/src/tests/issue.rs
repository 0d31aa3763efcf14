//! Tickets are made once, under their tier, and never more than it holds; the gate marks, and burns nothing.
use super::*;
use crate::issue::{MOST_ISSUED, MOST_MARKED};
use soroban_sdk::testutils::Events as _;
use soroban_sdk::Event as _;

#[test]
fn a_batch_makes_tickets_and_a_repeated_one_nothing() {
    let w = World::new();
    let (ann, ben) = (w.person(1), w.person(2));
    let batch = list![&w.env, w.issue(1, &ann), w.issue(2, &ben), w.issue(3, &ann)];
    assert_eq!(w.contract.mint(&OPEN, &batch), 3);
    assert_eq!((w.contract.balance(&ann), w.contract.balance(&ben)), (2, 1));
    assert_eq!(w.contract.live(&OPEN), 3);
    w.contract.transfer(&ann, &ben, &1);
    assert_eq!(w.contract.mint(&OPEN, &batch), 0, "whoever holds it by now");
    assert_eq!(w.contract.owner_of(&1), ben);
    assert_eq!(w.contract.live(&OPEN), 3);
    let twice = list![&w.env, w.issue(4, &ann), w.issue(4, &ann)];
    assert_eq!(w.contract.mint(&OPEN, &twice), 1);
}

#[test]
fn a_batch_tells_of_each_ticket_and_of_the_tier() {
    let w = World::new();
    let ann = w.person(1);
    w.contract.mint(&OPEN, &list![&w.env, w.issue(5, &ann)]);
    let told = w.env.events().all().filter_by_contract(&w.contract.address);
    let mint = event::Mint {
        to: ann,
        token_id: 5,
    };
    let issued = event::Issued {
        tier: OPEN,
        count: 1,
        live: 1,
    };
    let here = &w.contract.address;
    assert_eq!(
        told,
        [mint.to_xdr(&w.env, here), issued.to_xdr(&w.env, here)]
    );
}

#[test]
fn a_number_is_one_tickets_for_good() {
    let w = World::new();
    let ann = w.holder(OPEN, 1);
    let other = Issue {
        reference: w.reference(77),
        ..w.issue(1, &ann)
    };
    let batch = list![&w.env, w.issue(2, &ann), other];
    assert_eq!(refused!(w.contract.try_mint(&OPEN, &batch)), Error::IdTaken);
    assert_eq!(
        refused!(w.contract.try_owner_of(&2)),
        Error::NoTicket,
        "all or none"
    );
    let same = list![&w.env, w.issue(1, &ann)];
    assert_eq!(
        refused!(w.contract.try_mint(&STRICT, &same)),
        Error::IdTaken
    );
    w.contract.invalidate(&w.one(1));
    assert_eq!(w.contract.mint(&OPEN, &same), 0);
    assert_eq!(w.contract.verify(&1, &w.reference(1)), Verdict::Invalid);
}

#[test]
fn no_more_than_the_tier_holds_are_out() {
    let w = World::new();
    let ann = w.person(1);
    let many = |from| Vec::from_iter(&w.env, (from..from + 10).map(|id| w.issue(id, &ann)));
    assert_eq!(w.contract.mint(&OPEN, &many(1)), 10);
    let one_more = list![&w.env, w.issue(11, &ann)];
    assert_eq!(
        refused!(w.contract.try_mint(&OPEN, &one_more)),
        Error::TierFull
    );
    assert_eq!(
        w.contract.mint(&OPEN, &many(1)),
        0,
        "a full tier's batch repeated"
    );
    assert_eq!(
        w.contract.invalidate(&w.one(4)),
        list![&w.env, Outcome::Done]
    );
    assert_eq!(
        w.contract.mint(&OPEN, &one_more),
        1,
        "an invalid one makes room"
    );
    assert_eq!(
        w.contract.invalidate(&w.one(4)),
        list![&w.env, Outcome::Again]
    );
    let two_more = list![&w.env, w.issue(12, &ann)];
    assert_eq!(
        refused!(w.contract.try_mint(&OPEN, &two_more)),
        Error::TierFull,
        "once"
    );
    assert_eq!(w.contract.live(&OPEN), 10);
}

#[test]
fn what_is_too_much_at_once_is_refused_and_as_much_as_there_may_be_is_not() {
    let w = World::new();
    w.env.cost_estimate().budget().reset_unlimited();
    // An entry that is written counts twice here, as read and as written; `../bench` counts as the network does.
    w.env.cost_estimate().disable_resource_limits();
    w.contract.set_tier(&3, &tier_of(500));
    let ids = |count| Vec::from_iter(&w.env, 1..=count);
    let batch = |count| Vec::from_iter(&w.env, (1..=count).map(|id| w.issue(id, &w.person(id))));
    let many = w.contract.try_mint(&3, &batch(MOST_ISSUED + 1));
    assert_eq!(refused!(many), Error::TooMany);
    assert_eq!(w.contract.mint(&3, &batch(MOST_ISSUED)), MOST_ISSUED);
    assert_eq!(w.contract.check_in(&ids(MOST_MARKED)).len(), MOST_MARKED);
    let many = ids(MOST_MARKED + 1);
    assert_eq!(refused!(w.contract.try_check_in(&many)), Error::TooMany);
    assert_eq!(
        refused!(w.contract.try_undo_check_in(&many)),
        Error::TooMany
    );
    assert_eq!(refused!(w.contract.try_invalidate(&many)), Error::TooMany);
    let held = w.contract.try_set_held(&w.roles.admin, &many, &true);
    assert_eq!(refused!(held), Error::TooMany);
}

#[test]
fn the_gate_marks_each_once_and_a_bad_one_holds_up_no_other() {
    let w = World::new();
    let ann = w.holder(OPEN, 1);
    w.mint(OPEN, 2, &ann);
    w.mint(OPEN, 3, &ann);
    w.contract.invalidate(&w.one(3));
    w.list(&ann, 2, 500);
    let ids = list![&w.env, 1, 2, 3, 4, 1];
    let outcomes = w.contract.check_in(&ids);
    let told = w.env.events().all().filter_by_contract(&w.contract.address);
    let here = &w.contract.address;
    let unlisted = event::Unlisted { token_id: 2 };
    let checked_in = event::CheckedIn {
        ids: list![&w.env, 1, 2],
    };
    assert_eq!(
        told,
        [
            unlisted.to_xdr(&w.env, here),
            checked_in.to_xdr(&w.env, here)
        ]
    );
    use Outcome::{Again, Done, Invalid, Unknown};
    assert_eq!(outcomes, list![&w.env, Done, Done, Invalid, Unknown, Again]);
    assert_eq!(w.contract.verify(&2, &w.reference(2)), Verdict::CheckedIn);
    assert_eq!(w.contract.balance(&ann), 3, "burned is none");
    let ben = w.person(9);
    assert_eq!(
        refused!(w.contract.try_transfer(&ann, &ben, &1)),
        Error::CheckedIn
    );
    assert_eq!(
        refused!(w.contract.try_buy(&ben, &2, &500)),
        Error::NotListed
    );
    let outcomes = w.contract.undo_check_in(&ids);
    assert_eq!(outcomes, list![&w.env, Done, Done, Invalid, Unknown, Again]);
    w.contract.transfer(&ann, &ben, &1);
}

#[test]
fn who_went_in_may_give_his_ticket_away_once_the_event_is_over() {
    let w = World::new();
    let (ann, ben) = (w.holder(STRICT, 1), w.person(2));
    w.contract.check_in(&w.one(1));
    w.env.ledger().set_timestamp(ENDS - 1);
    assert_eq!(
        refused!(w.contract.try_transfer(&ann, &ben, &1)),
        Error::CheckedIn
    );
    w.pass(1);
    w.contract.transfer(&ann, &ben, &1);
    assert_eq!(w.contract.verify(&1, &w.reference(1)), Verdict::CheckedIn);
}

#[test]
fn an_invalid_ticket_goes_nowhere_even_then() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    w.list(&ann, 1, 100);
    w.contract.invalidate(&w.one(1));
    assert_eq!(
        refused!(w.contract.try_transfer(&ann, &ben, &1)),
        Error::Invalid
    );
    assert_eq!(
        refused!(w.contract.try_buy(&ben, &1, &100)),
        Error::NotListed
    );
    w.env.ledger().set_timestamp(ENDS);
    assert_eq!(
        refused!(w.contract.try_transfer(&ann, &ben, &1)),
        Error::Invalid
    );
    assert_eq!(w.contract.owner_of(&1), ann);
}

#[test]
fn the_verdict_names_the_first_thing_that_is_wrong() {
    let w = World::new();
    let ann = w.holder(OPEN, 1);
    let verdict = |id, reference| w.contract.verify(&id, &w.reference(reference));
    assert_eq!(verdict(1, 1), Verdict::Valid);
    assert_eq!(verdict(2, 1), Verdict::Unknown);
    assert_eq!(verdict(1, 2), Verdict::OtherReference);
    w.list(&ann, 1, 100);
    assert_eq!(verdict(1, 1), Verdict::Listed);
    w.contract.set_held(&w.roles.guardian, &w.one(1), &true);
    assert_eq!(verdict(1, 1), Verdict::Held);
    w.contract.check_in(&w.one(1));
    assert_eq!(verdict(1, 1), Verdict::CheckedIn);
    w.contract.invalidate(&w.one(1));
    assert_eq!(verdict(1, 1), Verdict::Invalid);
}

#[test]
fn a_tier_is_the_admins_until_its_first_ticket_and_then_everybodys() {
    let w = World::new();
    w.contract.set_tier(&OPEN, &tier_of(20));
    w.holder(OPEN, 1);
    let bigger = tier_of(30);
    assert_eq!(
        refused!(w.contract.try_set_tier(&OPEN, &bigger)),
        Error::InUse
    );
    w.change(Change::Tier(OPEN, bigger.clone()));
    assert_eq!(w.contract.tier(&OPEN), bigger);
    let id = w.contract.propose(&Change::Tier(OPEN, tier_of(0)));
    w.pass(w.roles.delay);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::BelowLive);
    w.contract.invalidate(&w.one(1));
    assert_eq!(
        refused!(w.contract.try_set_tier(&OPEN, &bigger)),
        Error::InUse,
        "ever"
    );
    assert_eq!(
        refused!(w.contract.try_mint(&7, &list![&w.env])),
        Error::NoTier
    );
    assert_eq!(refused!(w.contract.try_tier(&7)), Error::NoTier);
}

#[test]
fn all_tiers_together_hold_no_more_than_the_event() {
    let w = World::new();
    assert_eq!(w.contract.allotted(), 20);
    let set = |tier: u32, capacity| w.contract.try_set_tier(&tier, &tier_of(capacity));
    assert_eq!(refused!(set(3, 981)), Error::OverCapacity);
    assert_eq!(refused!(set(3, u32::MAX)), Error::OverCapacity);
    assert!(set(3, 980).is_ok());
    assert!(set(3, 980).is_ok(), "counted once");
    assert_eq!(refused!(set(4, 1)), Error::OverCapacity);
    let less = w.contract.propose(&Change::Capacity(999));
    w.pass(w.roles.delay);
    assert_eq!(
        refused!(w.contract.try_carry_out(&less)),
        Error::OverCapacity
    );
    w.change(Change::Capacity(1_001));
    assert!(set(4, 1).is_ok());
    assert_eq!(w.contract.allotted(), 1_001);
}

#[test]
fn a_tiers_rules_make_sense() {
    let w = World::new();
    let good = tier_of(1);
    let backwards = Window { from: 2, until: 1 };
    for bad in [
        Tier {
            price: -1,
            ..good.clone()
        },
        Tier {
            cap: -1,
            ..good.clone()
        },
        Tier {
            royalty: 10_001,
            ..good.clone()
        },
        Tier {
            gifts: backwards.clone(),
            ..good.clone()
        },
        Tier {
            sales: backwards,
            ..good
        },
    ] {
        assert_eq!(refused!(w.contract.try_set_tier(&3, &bad)), Error::BadTier);
    }
}
