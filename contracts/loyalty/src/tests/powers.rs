//! Who may do what, when, and who may stop it.
use super::*;
use soroban_sdk::testutils::{MockAuth, MockAuthInvoke};
use soroban_sdk::{IntoVal, Symbol, Val};

struct Call {
    name: &'static str,
    signer: Address,
    args: Vec<Val>,
}

/// All that somebody must sign, and who.
fn calls(w: &World, ann: &Address, ben: &Address) -> std::vec::Vec<Call> {
    let env = &w.env;
    let Roles {
        admin,
        guardian,
        rewarder,
        ..
    } = w.roles.clone();
    let call = |name, signer: &Address, args| Call {
        name,
        signer: signer.clone(),
        args,
    };
    let rewards = (&w.event, BROUGHT_A_FRIEND, w.one(ann, 1));
    std::vec![
        call("set_event_cap", &admin, (w.number(5), 1_i128).into_val(env)),
        call("set_daily_cap", &admin, (1_i128,).into_val(env)),
        call("set_rewarder", &admin, (ann,).into_val(env)),
        call("propose", &admin, (Change::Unpause,).into_val(env)),
        call("cancel", &admin, (&admin, 1_u32).into_val(env)),
        call("cancel", &guardian, (&guardian, 1_u32).into_val(env)),
        call("carry_out", &admin, (1_u32,).into_val(env)),
        call("pause", &guardian, ().into_val(env)),
        call("unpause", &guardian, ().into_val(env)),
        call("reward", &rewarder, rewards.into_val(env)),
        call("approve", ann, (ann, ben, 5_i128, 90_u32).into_val(env)),
        call("transfer", ann, (ann, ben, 5_i128).into_val(env)),
        call("transfer_from", ben, (ben, ann, ben, 5_i128).into_val(env)),
        call("burn", ann, (ann, 5_i128).into_val(env)),
        call("burn_from", ben, (ben, ann, 5_i128).into_val(env)),
        call("spend", ann, (ann, 5_i128, w.number(6)).into_val(env)),
    ]
}

fn world() -> (World, Address, Address) {
    let w = World::new();
    let (ann, ben) = (w.rich(100), w.person());
    (w, ann, ben)
}

/// Whether it goes through with the signatures that there are.
fn goes(w: &World, call: &Call) -> bool {
    let name = Symbol::new(&w.env, call.name);
    let here = &w.contract.address;
    let done = w
        .env
        .try_invoke_contract::<Val, soroban_sdk::Error>(here, &name, call.args.clone());
    done.is_ok()
}

/// Only this one signs, and only this call.
fn sign(w: &World, call: &Call, signer: &Address) {
    let invoke = MockAuthInvoke {
        contract: &w.contract.address,
        fn_name: call.name,
        args: call.args.clone(),
        sub_invokes: &[],
    };
    w.env.mock_auths(&[MockAuth {
        address: signer,
        invoke: &invoke,
    }]);
}

/// So that the call would be carried out, were it signed.
fn prepare(w: &World, call: &Call, ann: &Address, ben: &Address) {
    match call.name {
        "cancel" => drop(w.contract.propose(&Change::Unpause)),
        "carry_out" => {
            w.contract.propose(&Change::Unpause);
            w.pass(w.roles.delay);
        }
        "transfer_from" | "burn_from" => w.contract.approve(ann, ben, &5, &90),
        _ => {}
    }
}

#[test]
fn every_call_wants_the_signature_of_one_and_takes_nobody_elses() {
    let (w, ann, ben) = world();
    for at in 0..calls(&w, &ann, &ben).len() {
        let (w, ann, ben) = world();
        let call = calls(&w, &ann, &ben).remove(at);
        prepare(&w, &call, &ann, &ben);
        let Roles {
            admin,
            guardian,
            rewarder,
            ..
        } = w.roles.clone();
        for other in [w.person(), admin, guardian, rewarder, ann, ben] {
            if other != call.signer {
                sign(&w, &call, &other);
                assert!(!goes(&w, &call), "{} by another", call.name);
            }
        }
        w.env.set_auths(&[]);
        assert!(!goes(&w, &call), "{} unsigned", call.name);
        sign(&w, &call, &call.signer);
        assert!(goes(&w, &call), "{} signed", call.name);
    }
}

#[test]
fn while_it_is_paused_nothing_moves() {
    let (w, ann, ben) = world();
    w.contract.pause();
    assert!(w.contract.is_paused());
    let c = &w.contract;
    assert_eq!(refused!(c.try_transfer(&ann, &ben, &1)), Error::Paused);
    assert_eq!(
        refused!(c.try_transfer_from(&ben, &ann, &ben, &1)),
        Error::Paused
    );
    assert_eq!(refused!(c.try_approve(&ann, &ben, &1, &9)), Error::Paused);
    assert_eq!(refused!(c.try_burn(&ann, &1)), Error::Paused);
    assert_eq!(refused!(c.try_burn_from(&ben, &ann, &1)), Error::Paused);
    assert_eq!(refused!(c.try_spend(&ann, &1, &w.number(1))), Error::Paused);
    let reward = c.try_reward(&w.event, &CAME, &w.one(&ben, 1));
    assert_eq!(refused!(reward), Error::Paused);
    assert_eq!(refused!(c.try_set_event_cap(&w.event, &1)), Error::Paused);
    c.set_daily_cap(&1); // less harm is always possible
    c.unpause();
    c.transfer(&ann, &ben, &1);
    c.pause();
    w.change(Change::Unpause);
    assert!(!c.is_paused());
}

#[test]
fn a_stolen_rewarder_is_replaced_at_once() {
    let (w, _, ben) = world();
    let new = w.person();
    w.contract.set_rewarder(&new);
    let call = Call {
        name: "reward",
        signer: w.roles.rewarder.clone(),
        args: (&w.event, CAME, w.one(&ben, 1)).into_val(&w.env),
    };
    sign(&w, &call, &w.roles.rewarder);
    assert!(!goes(&w, &call));
    sign(&w, &call, &new);
    assert!(goes(&w, &call));
}

#[test]
fn a_proposal_is_carried_out_in_its_time_and_once() {
    let w = World::new();
    let other = w.person();
    let change = Change::Admin(other.clone());
    let id = w.contract.propose(&change);
    let not_before = NOW + 2 * DAY;
    assert_eq!(w.contract.proposal(&id), Proposal { change, not_before });
    w.pass(2 * DAY - 1);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::TooEarly);
    w.pass(1);
    w.contract.carry_out(&id);
    assert_eq!(w.contract.roles().admin, other);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::NoProposal);
    assert_eq!(refused!(w.contract.try_proposal(&id)), Error::NoProposal);
    let id = w.contract.propose(&Change::Guardian(other.clone()));
    w.pass(16 * DAY);
    w.contract.carry_out(&id);
    assert_eq!(w.contract.roles().guardian, other);
    let id = w.contract.propose(&Change::Unpause);
    w.pass(16 * DAY + 1);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::TooLate);
}

#[test]
fn the_guardian_stops_all_but_his_own_replacement() {
    let w = World::new();
    let Roles {
        admin,
        guardian,
        rewarder,
        ..
    } = w.roles.clone();
    for change in [
        Change::DailyCap(1),
        Change::Admin(rewarder.clone()),
        Change::Unpause,
        Change::Upgrade(w.number(1)),
    ] {
        let id = w.contract.propose(&change);
        w.contract.cancel(&guardian, &id);
        assert_eq!(
            refused!(w.contract.try_cancel(&guardian, &id)),
            Error::NoProposal
        );
    }
    let id = w.contract.propose(&Change::Guardian(admin.clone()));
    let cancel = w.contract.try_cancel(&guardian, &id);
    assert_eq!(refused!(cancel), Error::NotStoppable);
    let cancel = w.contract.try_cancel(&rewarder, &id);
    assert_eq!(refused!(cancel), Error::NotAllowed);
    w.contract.cancel(&admin, &id);
}

fn begin(change: impl Fn(&Env, &mut Roles, &mut Name, &mut i128)) {
    let env = empty_env();
    let (mut roles, mut name, mut cap) = (roles_of(&env), name_of(&env), 1);
    change(&env, &mut roles, &mut name, &mut cap);
    env.register(LoyaltyPoints, (roles, name, cap));
}

#[test]
#[should_panic(expected = "#15")]
fn a_delay_is_a_day_at_least() {
    begin(|_, roles, _, _| roles.delay = DAY - 1);
}

#[test]
#[should_panic(expected = "#14")]
fn a_token_has_a_name() {
    begin(|env, _, name, _| name.name = String::from_str(env, ""));
}

#[test]
#[should_panic(expected = "#14")]
fn a_token_has_eighteen_decimals_at_most() {
    begin(|_, _, name, _| name.decimals = 19);
}

#[test]
#[should_panic(expected = "#2")]
fn a_cap_is_not_negative() {
    begin(|_, _, _, cap| *cap = -1);
}
