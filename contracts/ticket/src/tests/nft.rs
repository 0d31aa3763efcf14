//! SEP-50, and that its approvals lead past no rule.
use super::*;
use soroban_sdk::testutils::Events as _;
use soroban_sdk::{Event as _, String};

/// Somebody whom the admin trusts to move tickets of others.
fn agent(w: &World) -> Address {
    let agent = w.person(800);
    w.contract.set_trusted(&agent, &true);
    agent
}

#[test]
fn an_owner_gives_his_ticket_away() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    w.contract.transfer(&ann, &ben, &1);
    let told = w.env.events().all().filter_by_contract(&w.contract.address);
    let transfer = event::Transfer {
        from: ann.clone(),
        to: ben.clone(),
        token_id: 1,
    };
    assert_eq!(told, [transfer.to_xdr(&w.env, &w.contract.address)]);
    assert_eq!(w.contract.owner_of(&1), ben);
    assert_eq!((w.contract.balance(&ann), w.contract.balance(&ben)), (0, 1));
    assert_eq!(
        refused!(w.contract.try_transfer(&ann, &ben, &1)),
        Error::NotOwner
    );
    assert_eq!(
        refused!(w.contract.try_transfer(&ben, &ben, &1)),
        Error::SameOwner
    );
    assert_eq!(
        refused!(w.contract.try_transfer(&ben, &ann, &2)),
        Error::NoTicket
    );
}

#[test]
fn the_tiers_windows_the_freeze_and_a_hold_stop_it() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    let carl = w.holder(STRICT, 3);
    let give = || w.contract.try_transfer(&ann, &ben, &1);
    assert_eq!(
        refused!(w.contract.try_transfer(&carl, &ben, &3)),
        Error::OutsideWindow
    );
    w.contract.set_frozen(&w.roles.guardian, &true);
    assert!(w.contract.is_frozen());
    assert_eq!(refused!(give()), Error::Frozen);
    w.contract.set_frozen(&w.roles.admin, &false);
    w.contract
        .set_held(&w.roles.admin, &list![&w.env, 1, 99], &true);
    assert_eq!(refused!(give()), Error::Held);
    w.contract.set_held(&w.roles.admin, &w.one(1), &false);
    w.contract.pause();
    assert_eq!(refused!(give()), Error::Paused);
    w.contract.unpause();
    w.list(&ann, 1, 100);
    assert_eq!(refused!(give()), Error::Listed);
    w.contract.unlist(&1);
    w.change(Change::Tier(
        OPEN,
        Tier {
            gifts: Window {
                from: NOW + 3 * DAY,
                until: NOW + 4 * DAY,
            },
            ..tier_of(10)
        },
    ));
    assert_eq!(refused!(give()), Error::OutsideWindow);
    w.env.ledger().set_timestamp(NOW + 4 * DAY);
    assert_eq!(refused!(give()), Error::OutsideWindow);
    w.env.ledger().set_timestamp(NOW + 3 * DAY);
    assert!(give().is_ok());
}

#[test]
fn an_event_that_is_put_off_keeps_its_rules_until_then() {
    let w = World::new();
    let (carl, ben) = (w.holder(STRICT, 3), w.person(2));
    let id = w.contract.propose(&Change::Ends(NOW + w.roles.delay));
    w.pass(w.roles.delay);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::BadEnd);
    w.change(Change::Ends(ENDS + 10 * DAY));
    w.env.ledger().set_timestamp(ENDS + 9 * DAY);
    assert_eq!(
        refused!(w.contract.try_transfer(&carl, &ben, &3)),
        Error::OutsideWindow
    );
    w.pass(DAY);
    w.contract.transfer(&carl, &ben, &3);
}

#[test]
fn contracts_hold_tickets_only_if_they_are_trusted_and_this_one_never() {
    let w = World::new();
    let ann = w.holder(OPEN, 1);
    let market = Address::generate(&w.env);
    let give = |to: &Address| w.contract.try_transfer(&ann, to, &1);
    assert_eq!(refused!(give(&market)), Error::NotTrusted);
    assert_eq!(refused!(give(&w.contract.address)), Error::NotTrusted);
    let batch = list![&w.env, w.issue(2, &market)];
    assert_eq!(
        refused!(w.contract.try_mint(&OPEN, &batch)),
        Error::NotTrusted
    );
    w.list(&ann, 1, 100);
    w.token.give(&market, &100);
    assert_eq!(
        refused!(w.contract.try_buy(&market, &1, &100)),
        Error::NotTrusted
    );
    w.contract.unlist(&1);
    let here = w.contract.try_set_trusted(&w.contract.address, &true);
    assert_eq!(refused!(here), Error::NotTrusted);
    w.contract.set_trusted(&market, &true);
    assert!(w.contract.is_trusted(&market));
    assert!(give(&market).is_ok(), "somebody's wallet");
    w.contract.set_trusted(&market, &false);
    w.contract.transfer(&market, &ann, &1);
    assert_eq!(refused!(give(&market)), Error::NotTrusted);
}

#[test]
fn only_whom_the_admin_trusts_can_be_approved() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    let approve = w.contract.try_approve(&ann, &ben, &1, &1_000);
    assert_eq!(refused!(approve), Error::NotTrusted);
    let approve = w.contract.try_approve_for_all(&ann, &ben, &1_000);
    assert_eq!(refused!(approve), Error::NotTrusted);
    let steal = w.contract.try_transfer_from(&ben, &ann, &ben, &1);
    assert_eq!(refused!(steal), Error::NotApproved);
    let agent = agent(&w);
    w.contract.approve(&ann, &agent, &1, &1_000);
    w.contract.set_trusted(&agent, &false);
    let late = w.contract.try_transfer_from(&agent, &ann, &ben, &1);
    assert_eq!(
        refused!(late),
        Error::NotTrusted,
        "once trust is taken back"
    );
    w.contract.transfer_from(&ann, &ann, &ben, &1);
    assert_eq!(
        w.contract.owner_of(&1),
        ben,
        "an owner needs nobody's approval"
    );
}

#[test]
fn one_who_is_approved_moves_one_ticket_once() {
    let w = World::new();
    let (ann, ben, agent) = (w.holder(OPEN, 1), w.person(2), agent(&w));
    w.mint(OPEN, 2, &ann);
    w.contract.approve(&ann, &agent, &1, &1_000);
    assert_eq!(w.contract.get_approved(&1), Some(agent.clone()));
    let other = w.contract.try_transfer_from(&agent, &ann, &ben, &2);
    assert_eq!(refused!(other), Error::NotApproved);
    w.contract.transfer_from(&agent, &ann, &ben, &1);
    assert_eq!(w.contract.get_approved(&1), None);
    w.contract.transfer(&ben, &ann, &1);
    let again = w.contract.try_transfer_from(&agent, &ann, &ben, &1);
    assert_eq!(refused!(again), Error::NotApproved);
    let other = w.contract.try_transfer_from(&agent, &ben, &agent, &1);
    assert_eq!(refused!(other), Error::NotOwner);
}

#[test]
fn an_approval_ends_by_itself_by_nought_and_by_naming_oneself() {
    let w = World::new();
    let (ann, agent) = (w.holder(OPEN, 1), agent(&w));
    let approve = |whom: &Address, until: u32| w.contract.approve(&ann, whom, &1, &until);
    approve(&agent, 500);
    w.env.ledger().set_sequence_number(500);
    assert_eq!(w.contract.get_approved(&1), Some(agent.clone()));
    w.env.ledger().set_sequence_number(501);
    assert_eq!(w.contract.get_approved(&1), None);
    approve(&agent, 900);
    approve(&agent, 0);
    assert_eq!(w.contract.get_approved(&1), None);
    approve(&agent, 900);
    approve(&ann, 900);
    assert_eq!(w.contract.get_approved(&1), None);
    approve(&agent, 501); // this very ledger
    assert_eq!(w.contract.get_approved(&1), Some(agent.clone()));
    w.contract.approve_for_all(&ann, &agent, &501);
    assert!(w.contract.is_approved_for_all(&ann, &agent));
    w.env.ledger().set_sequence_number(502); // both are stored still
    assert_eq!(w.contract.get_approved(&1), None);
    assert!(!w.contract.is_approved_for_all(&ann, &agent));
    for until in [500, u32::MAX] {
        let one = w.contract.try_approve(&ann, &agent, &1, &until);
        assert_eq!(refused!(one), Error::BadExpiry);
        let all = w.contract.try_approve_for_all(&ann, &agent, &until);
        assert_eq!(refused!(all), Error::BadExpiry);
    }
}

#[test]
fn an_operator_moves_all_of_an_owners_through_the_same_door() {
    let w = World::new();
    let (ann, ben, agent) = (w.holder(OPEN, 1), w.person(2), agent(&w));
    w.mint(STRICT, 2, &ann);
    w.contract.approve_for_all(&ann, &agent, &1_000);
    assert!(w.contract.is_approved_for_all(&ann, &agent));
    let strict = w.contract.try_transfer_from(&agent, &ann, &ben, &2);
    assert_eq!(refused!(strict), Error::OutsideWindow);
    let market = Address::generate(&w.env);
    let foreign = w.contract.try_transfer_from(&agent, &ann, &market, &1);
    assert_eq!(refused!(foreign), Error::NotTrusted);
    w.contract.approve(&agent, &agent, &1, &0);
    w.contract.set_trusted(&agent, &false);
    let no_longer = w.contract.try_approve(&agent, &agent, &1, &0);
    assert_eq!(refused!(no_longer), Error::NotOwner);
    w.contract.set_trusted(&agent, &true);
    let no_operator = w.contract.try_approve(&ben, &agent, &1, &1_000);
    assert_eq!(refused!(no_operator), Error::NotOwner);
    w.contract.transfer_from(&agent, &ann, &ben, &1);
    w.contract.approve_for_all(&ann, &agent, &0);
    assert!(!w.contract.is_approved_for_all(&ann, &agent));
    w.contract.approve_for_all(&ben, &agent, &1_000);
    w.env.ledger().set_sequence_number(1_001);
    assert!(!w.contract.is_approved_for_all(&ben, &agent));
    let late = w.contract.try_transfer_from(&agent, &ben, &ann, &1);
    assert_eq!(refused!(late), Error::NotApproved);
}

#[test]
fn approvals_are_told_as_the_standard_says() {
    let w = World::new();
    let (ann, agent) = (w.holder(OPEN, 1), agent(&w));
    let here = &w.contract.address;
    w.contract.approve(&ann, &agent, &1, &1_000);
    let told = w.env.events().all().filter_by_contract(here);
    let one = event::Approve {
        owner: ann.clone(),
        token_id: 1,
        approved: agent.clone(),
        live_until_ledger: 1_000,
    };
    assert_eq!(told, [one.to_xdr(&w.env, here)]);
    w.contract.approve_for_all(&ann, &agent, &1_000);
    let told = w.env.events().all().filter_by_contract(here);
    let all = event::ApproveForAll {
        owner: ann,
        operator: agent,
        live_until_ledger: 1_000,
    };
    assert_eq!(told, [all.to_xdr(&w.env, here)]);
}

#[test]
fn a_tickets_address_tells_its_number_and_nothing_else() {
    let w = World::new();
    w.holder(OPEN, 1);
    w.holder(OPEN, 4_294_967_295);
    let uri = |text| String::from_str(&w.env, text);
    assert_eq!(
        w.contract.token_uri(&1),
        uri("https://tickets.example/demo/1")
    );
    let last = uri("https://tickets.example/demo/4294967295");
    assert_eq!(w.contract.token_uri(&4_294_967_295), last);
    assert_eq!(refused!(w.contract.try_token_uri(&2)), Error::NoTicket);
    assert_eq!(w.contract.name(), uri("Demo Night"));
    assert_eq!(w.contract.symbol(), uri("DEMO"));
}
