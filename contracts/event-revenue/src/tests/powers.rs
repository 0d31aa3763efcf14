//! Who may do what, when, and who may stop it.
use super::*;
use soroban_sdk::testutils::{MockAuth, MockAuthInvoke};
use soroban_sdk::IntoVal;

/// Calls in which nobody has signed anything.
fn unsigned(w: &World) -> std::vec::Vec<(&'static str, bool)> {
    w.env.set_auths(&[]);
    let (c, token, reference) = (
        &w.contract,
        &w.token,
        BytesN::from_array(&w.env, &[200; 32]),
    );
    let some = list![&w.env, (w.payer.clone(), 1_i128)];
    std::vec![
        (
            "deposit",
            c.try_deposit(&w.payer, &1, token, &5, &reference).is_err()
        ),
        ("refund", c.try_refund(&1, token, &5, &reference).is_err()),
        (
            "credit",
            c.try_credit(&1, token, &reference, &some).is_err()
        ),
        (
            "settle",
            c.try_settle(&w.payer, &1, token, &5, &reference, &some)
                .is_err()
        ),
        (
            "claim",
            c.try_claim(&w.parties[0], &1, token, &w.payer).is_err()
        ),
        ("pause", c.try_pause().is_err()),
        ("unpause", c.try_unpause().is_err()),
        ("propose", c.try_propose(&Change::Unpause).is_err()),
        ("cancel", c.try_cancel(&w.admin, &1).is_err()),
        ("carry_out", c.try_carry_out(&1).is_err()),
    ]
}

#[test]
fn nothing_but_distributing_goes_without_a_signature() {
    let w = World::with(&[5_000, 5_000]);
    let plan = plan_of(&w.env, &w.parties, &[6_000, 4_000]);
    w.env.set_auths(&[]);
    let is_refused = w.contract.try_set_plan(&plan).is_err();
    assert!(is_refused, "set_plan needs a signature");
    w.env.mock_all_auths();
    w.contract.set_plan(&plan); // or it was refused for something else
    w.deposit(100);
    w.contract.propose(&Change::Unpause);
    w.pass(2 * DAY);
    for (name, is_refused) in unsigned(&w) {
        assert!(is_refused, "{name} needs a signature");
    }
    assert_eq!(w.distribute(), 100);
}

/// One signature, of this address, for this call.
fn sign(w: &World, who: &Address, name: &'static str, args: Vec<soroban_sdk::Val>) {
    let invoke = MockAuthInvoke {
        contract: &w.contract.address,
        fn_name: name,
        args,
        sub_invokes: &[],
    };
    w.env.mock_auths(&[MockAuth {
        address: who,
        invoke: &invoke,
    }]);
}

#[test]
fn the_guardian_is_no_admin_and_the_admin_no_guardian() {
    let w = World::with(&[5_000, 5_000]);
    sign(
        &w,
        &w.guardian,
        "propose",
        (Change::Unpause,).into_val(&w.env),
    );
    assert!(w.contract.try_propose(&Change::Unpause).is_err());
    sign(&w, &w.admin, "pause", ().into_val(&w.env));
    assert!(w.contract.try_pause().is_err());
    sign(&w, &w.guardian, "pause", ().into_val(&w.env));
    w.contract.pause();
    assert!(w.contract.is_paused());
}

#[test]
fn while_it_is_paused_no_money_moves() {
    let w = World::with(&[5_000, 5_000]);
    w.deposit(100);
    w.contract.pause();
    let some = list![&w.env, (w.payer.clone(), 1)];
    assert_eq!(
        refused!(w
            .contract
            .try_deposit(&w.payer, &1, &w.token, &5, &w.reference())),
        Error::Paused
    );
    assert_eq!(
        refused!(w.contract.try_refund(&1, &w.token, &5, &w.reference())),
        Error::Paused
    );
    assert_eq!(
        refused!(w.contract.try_credit(&1, &w.token, &w.reference(), &some)),
        Error::Paused
    );
    assert_eq!(
        refused!(w.contract.try_distribute(&1, &w.token, &list![&w.env])),
        Error::Paused
    );
    assert_eq!(
        refused!(w.contract.try_claim(&w.parties[0], &1, &w.token, &w.payer)),
        Error::Paused
    );
    let plan = plan_of(&w.env, &w.parties, &[5_000, 5_000]);
    assert_eq!(refused!(w.contract.try_set_plan(&plan)), Error::Paused);
    w.contract.unpause();
    assert_eq!(w.distribute(), 100);
    w.contract.pause();
    let id = w.contract.propose(&Change::Unpause);
    w.pass(2 * DAY);
    w.contract.carry_out(&id);
    assert!(!w.contract.is_paused());
}

#[test]
fn a_proposal_is_carried_out_in_its_time_and_once() {
    let w = World::with(&[10_000]);
    let other = Address::generate(&w.env);
    let id = w.contract.propose(&Change::Admin(other.clone()));
    assert_eq!(
        w.contract.proposal(&id).not_before,
        w.env.ledger().timestamp() + 2 * DAY
    );
    w.pass(2 * DAY - 1);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::TooEarly);
    w.pass(1);
    w.contract.carry_out(&id);
    assert_eq!(w.contract.roles().admin, other);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::NoProposal);
    let id = w.contract.propose(&Change::Guardian(other.clone()));
    w.pass(16 * DAY + 1);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::TooLate);
}

#[test]
fn the_guardian_stops_all_but_his_own_replacement() {
    let w = World::with(&[10_000]);
    let other = Address::generate(&w.env);
    let wasm = BytesN::from_array(&w.env, &[1; 32]);
    let plan = plan_of(&w.env, &w.parties, &[10_000]);
    for change in [
        Change::Plan(plan),
        Change::Admin(other.clone()),
        Change::Unpause,
        Change::Upgrade(wasm),
        Change::Exit(w.token.clone()),
    ] {
        let id = w.contract.propose(&change);
        w.contract.cancel(&w.guardian, &id);
        assert_eq!(refused!(w.contract.try_proposal(&id)), Error::NoProposal);
    }
    let id = w.contract.propose(&Change::Guardian(other.clone()));
    assert_eq!(
        refused!(w.contract.try_cancel(&w.guardian, &id)),
        Error::NotStoppable
    );
    assert_eq!(
        refused!(w.contract.try_cancel(&other, &id)),
        Error::NotAllowed
    );
    w.contract.cancel(&w.admin, &id);
    assert_eq!(
        refused!(w.contract.try_cancel(&w.admin, &id)),
        Error::NoProposal
    );
}

#[test]
fn the_emergency_exit_leads_to_the_organizer_alone_and_closes() {
    let w = World::with(&[5_000, 5_000]);
    w.deposit(1_000);
    let id = w.contract.propose(&Change::Exit(w.token.clone()));
    w.pass(2 * DAY);
    w.contract.carry_out(&id);
    assert_eq!(w.balance(&w.organizer), 1_000);
    assert!(w.contract.is_closed());
    assert_eq!(
        refused!(w
            .contract
            .try_deposit(&w.payer, &1, &w.token, &5, &w.reference())),
        Error::Closed
    );
    assert_eq!(
        refused!(w.contract.try_distribute(&1, &w.token, &list![&w.env])),
        Error::Closed
    );
    let other = w
        .env
        .register_stellar_asset_contract_v2(w.admin.clone())
        .address();
    let id = w.contract.propose(&Change::Exit(other));
    w.pass(2 * DAY);
    w.contract.carry_out(&id); // of another token, of which there is none
}

#[test]
#[should_panic(expected = "#16")]
fn a_delay_is_a_day_at_least() {
    let env = empty_env();
    let one = Address::generate(&env);
    let plan = plan_of(&env, core::slice::from_ref(&one), &[10_000]);
    env.register(EventRevenue, (&one, &one, &one, DAY - 1, plan));
}
