//! Earned once for each thing, under both caps; spent once on each voucher.
use super::*;
use crate::reward::MOST_REWARDED;
use soroban_sdk::testutils::Events as _;
use soroban_sdk::Event as _;

#[test]
fn each_person_is_rewarded_once_for_each_kind_at_each_event() {
    let w = World::new();
    let (ann, ben) = (w.person(), w.person());
    let reward = |to: Address, amount| Reward { to, amount };
    let both = list![&w.env, reward(ann.clone(), 50), reward(ben.clone(), 60)];
    assert_eq!(w.contract.reward(&w.event, &CAME, &both), 2);
    assert_eq!(w.contract.reward(&w.event, &CAME, &both), 0, "repeated");
    let twice = list![&w.env, reward(ann.clone(), 5), reward(ann.clone(), 5)];
    assert_eq!(w.contract.reward(&w.event, &BROUGHT_A_FRIEND, &twice), 1);
    let other = w.number(2);
    w.contract.set_event_cap(&other, &100);
    assert_eq!(w.contract.reward(&other, &CAME, &both.slice(..1)), 1);
    assert_eq!(
        (w.contract.balance(&ann), w.contract.balance(&ben)),
        (105, 60)
    );
    assert_eq!(w.contract.rewarded(&ann, &w.event, &CAME), Some(50));
    assert_eq!(w.contract.rewarded(&ben, &other, &CAME), None);
    assert_eq!(
        w.contract.earning(&w.event),
        Earning {
            cap: EVENT_CAP,
            earned: 115
        }
    );
    assert_eq!(
        w.contract.today(),
        Today {
            day: NOW / DAY,
            earned: 165
        }
    );
}

#[test]
fn another_amount_for_the_same_is_a_mistake_and_gives_nobody_anything() {
    let w = World::new();
    let (ann, ben) = (w.rich(50), w.person());
    let mut rewards = w.one(&ben, 10);
    rewards.append(&w.one(&ann, 51));
    let again = w.contract.try_reward(&w.event, &CAME, &rewards);
    assert_eq!(refused!(again), Error::OtherAmount);
    assert_eq!(
        (w.contract.balance(&ann), w.contract.balance(&ben)),
        (50, 0)
    );
    assert_eq!(w.contract.rewarded(&ben, &w.event, &CAME), None);
}

#[test]
fn points_that_were_spent_or_given_away_are_not_earned_again() {
    let w = World::new();
    let (ann, ben) = (w.rich(50), w.person());
    w.contract.transfer(&ann, &ben, &50);
    let again = w.one(&ann, 50);
    assert_eq!(w.contract.reward(&w.event, &CAME, &again), 0);
    assert_eq!(w.contract.balance(&ann), 0);
}

#[test]
fn no_more_is_earned_than_the_event_and_the_day_let() {
    let w = World::new();
    let give = |event: &BytesN<32>, amount| {
        w.contract
            .try_reward(event, &CAME, &w.one(&w.person(), amount))
    };
    assert_eq!(refused!(give(&w.number(9), 1)), Error::NoEvent);
    assert_eq!(
        refused!(w.contract.try_earning(&w.number(9))),
        Error::NoEvent
    );
    assert_eq!(refused!(give(&w.event, EVENT_CAP + 1)), Error::OverEventCap);
    assert!(give(&w.event, EVENT_CAP).is_ok());
    assert_eq!(refused!(give(&w.event, 1)), Error::OverEventCap);
    let other = w.number(2);
    w.contract.set_event_cap(&other, &i128::MAX);
    let left = DAILY_CAP - EVENT_CAP;
    assert_eq!(refused!(give(&other, left + 1)), Error::OverDailyCap);
    assert!(give(&other, left).is_ok());
    assert_eq!(refused!(give(&other, 1)), Error::OverDailyCap);
    w.pass(DAY - 1);
    assert_eq!(
        refused!(give(&other, 1)),
        Error::OverDailyCap,
        "before midnight"
    );
    w.pass(1);
    assert!(give(&other, DAILY_CAP).is_ok());
    assert_eq!(refused!(give(&other, 1)), Error::OverDailyCap);
    w.pass(DAY);
    assert_eq!(
        refused!(give(&w.event, 1)),
        Error::OverEventCap,
        "whatever the day"
    );
}

#[test]
fn less_is_allowed_at_once_and_more_after_it_was_proposed() {
    let w = World::new();
    let set = |cap: i128| w.contract.try_set_daily_cap(&cap);
    assert_eq!(refused!(set(DAILY_CAP + 1)), Error::NotLower);
    assert_eq!(refused!(set(-1)), Error::BadAmount);
    assert!(set(10).is_ok());
    let over = w
        .contract
        .try_reward(&w.event, &CAME, &w.one(&w.person(), 11));
    assert_eq!(refused!(over), Error::OverDailyCap);
    assert_eq!(refused!(set(11)), Error::NotLower);
    w.change(Change::DailyCap(11));
    assert_eq!(w.contract.daily_cap(), 11);
    let id = w.contract.propose(&Change::DailyCap(-1));
    w.pass(w.roles.delay);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::BadAmount);
    w.rich(11);
    w.contract.set_event_cap(&w.event, &5);
    w.pass(DAY);
    let over = w
        .contract
        .try_reward(&w.event, &CAME, &w.one(&w.person(), 1));
    assert_eq!(refused!(over), Error::OverEventCap, "less than was earned");
    let bad = w.contract.try_set_event_cap(&w.event, &-1);
    assert_eq!(refused!(bad), Error::BadAmount);
    assert_eq!(w.contract.earning(&w.event), Earning { cap: 5, earned: 11 });
}

#[test]
fn rewards_are_more_than_nothing_and_no_sum_runs_over() {
    let w = World::new();
    let give = |to: &Address, amount| w.contract.try_reward(&w.event, &CAME, &w.one(to, amount));
    let ann = w.person();
    for amount in [0, -1, i128::MIN] {
        assert_eq!(refused!(give(&ann, amount)), Error::BadAmount);
    }
    assert_eq!(refused!(give(&w.contract.address, 1)), Error::BadHolder);
    w.change(Change::DailyCap(i128::MAX));
    w.contract.set_event_cap(&w.event, &i128::MAX);
    let mut rewards = w.one(&ann, i128::MAX);
    rewards.append(&w.one(&w.person(), 1));
    let batch = w.contract.try_reward(&w.event, &CAME, &rewards);
    assert_eq!(refused!(batch), Error::Overflow, "of a batch");
    assert!(give(&ann, i128::MAX).is_ok());
    assert_eq!(
        refused!(give(&w.person(), 1)),
        Error::Overflow,
        "of an event"
    );
    let other = w.number(2);
    w.contract.set_event_cap(&other, &i128::MAX);
    let day = w.contract.try_reward(&other, &CAME, &w.one(&w.person(), 1));
    assert_eq!(refused!(day), Error::Overflow, "of a day");
    w.pass(DAY);
    let balance = w.contract.try_reward(&other, &CAME, &w.one(&ann, 1));
    assert_eq!(refused!(balance), Error::Overflow, "of a balance");
}

#[test]
fn as_many_as_one_transaction_takes_and_no_more() {
    let w = World::new();
    w.env.cost_estimate().budget().reset_unlimited();
    // An entry that is written counts twice here, as read and as written; `../bench` counts as the network does.
    w.env.cost_estimate().disable_resource_limits();
    let rewards = |count| {
        let each = (0..count).map(|_| Reward {
            to: w.person(),
            amount: 1,
        });
        Vec::from_iter(&w.env, each)
    };
    let many = w
        .contract
        .try_reward(&w.event, &CAME, &rewards(MOST_REWARDED + 1));
    assert_eq!(refused!(many), Error::TooMany);
    let most = rewards(MOST_REWARDED);
    assert_eq!(w.contract.reward(&w.event, &CAME, &most), MOST_REWARDED);
}

#[test]
fn a_voucher_is_paid_once_by_whoever_has_the_points() {
    let w = World::new();
    let (ann, ben) = (w.rich(100), w.rich(100));
    let voucher = w.number(7);
    let spend = |from: &Address, amount: i128| w.contract.try_spend(from, &amount, &voucher);
    assert_eq!(refused!(spend(&ann, 0)), Error::BadAmount);
    assert_eq!(refused!(spend(&ann, -1)), Error::BadAmount);
    assert_eq!(refused!(spend(&ann, 101)), Error::TooLittle);
    assert_eq!(w.contract.voucher(&voucher), None);
    w.contract.spend(&ann, &40, &voucher);
    let told = w.env.events().all().filter_by_contract(&w.contract.address);
    let here = &w.contract.address;
    let burn = event::Burn {
        from: ann.clone(),
        amount: 40,
    };
    let spent = event::Spent {
        voucher: voucher.clone(),
        from: ann.clone(),
        amount: 40,
    };
    assert_eq!(
        told,
        [burn.to_xdr(&w.env, here), spent.to_xdr(&w.env, here)]
    );
    assert_eq!(refused!(spend(&ann, 40)), Error::KnownVoucher);
    assert_eq!(refused!(spend(&ben, 40)), Error::KnownVoucher);
    let spending = Spending {
        from: ann.clone(),
        amount: 40,
    };
    assert_eq!(w.contract.voucher(&voucher), Some(spending));
    assert_eq!(
        (w.contract.balance(&ann), w.contract.balance(&ben)),
        (60, 100)
    );
}

#[test]
fn a_batch_tells_of_each_reward_and_of_all() {
    let w = World::new();
    let ann = w.rich(20);
    let told = w.env.events().all().filter_by_contract(&w.contract.address);
    let mint = event::Mint {
        to: ann,
        amount: 20,
    };
    let rewarded = event::Rewarded {
        event: w.event.clone(),
        kind: CAME,
        count: 1,
        amount: 20,
    };
    let here = &w.contract.address;
    assert_eq!(
        told,
        [mint.to_xdr(&w.env, here), rewarded.to_xdr(&w.env, here)]
    );
}
