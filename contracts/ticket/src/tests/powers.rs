//! Who may do what, when, and who may stop it.
use super::*;
use soroban_sdk::testutils::{MockAuth, MockAuthInvoke};
use soroban_sdk::{IntoVal, Val};

/// A world in which a trusted wallet holds a ticket: mocked signatures are those of contracts.
fn world_of_wallets() -> (World, Address, Address) {
    let w = World::new();
    let (ann, ben) = (Address::generate(&w.env), Address::generate(&w.env));
    for wallet in [&ann, &ben] {
        w.contract.set_trusted(wallet, &true);
        w.token.give(wallet, &1_000);
    }
    w.mint(OPEN, 1, &ann);
    (w, ann, ben)
}

/// What somebody must sign, and who.
struct Call {
    name: &'static str,
    signer: Address,
    args: Vec<Val>,
}

fn calls(w: &World, ann: &Address, ben: &Address) -> std::vec::Vec<Call> {
    let env = &w.env;
    let Roles {
        admin,
        guardian,
        minter,
        gate,
        ..
    } = w.roles.clone();
    let call = |name, signer: &Address, args| Call {
        name,
        signer: signer.clone(),
        args,
    };
    let batch = list![env, w.issue(50, ann)];
    std::vec![
        call("set_tier", &admin, (9_u32, tier_of(1)).into_val(env)),
        call("invalidate", &admin, (w.one(1),).into_val(env)),
        call("undo_check_in", &admin, (w.one(1),).into_val(env)),
        call("set_held", &admin, (&admin, w.one(1), true).into_val(env)),
        call(
            "set_held",
            &guardian,
            (&guardian, w.one(1), true).into_val(env)
        ),
        call("set_desk", &admin, (ann, ben).into_val(env)),
        call("set_trusted", &admin, (ann, true).into_val(env)),
        call("set_frozen", &admin, (&admin, true).into_val(env)),
        call("set_frozen", &guardian, (&guardian, true).into_val(env)),
        call("propose", &admin, (Change::Unpause,).into_val(env)),
        call("cancel", &admin, (&admin, 1_u32).into_val(env)),
        call("cancel", &guardian, (&guardian, 1_u32).into_val(env)),
        call("carry_out", &admin, (1_u32,).into_val(env)),
        call("pause", &guardian, ().into_val(env)),
        call("unpause", &guardian, ().into_val(env)),
        call("mint", &minter, (OPEN, batch).into_val(env)),
        call("check_in", &gate, (w.one(1),).into_val(env)),
        call("transfer", ann, (ann, ben, 1_u32).into_val(env)),
        call("transfer_from", ann, (ann, ann, ben, 1_u32).into_val(env)),
        call("approve", ann, (ann, ben, 1_u32, 100_u32).into_val(env)),
        call("approve_for_all", ann, (ann, ben, 100_u32).into_val(env)),
        call("list", ann, (ann, 1_u32, 100_i128, ENDS).into_val(env)),
        call("unlist", ann, (1_u32,).into_val(env)),
        call("buy", ben, (ben, 1_u32, 100_i128).into_val(env)),
        call("claim", ann, (ann, ann).into_val(env)),
    ]
}

/// Whether it goes through when only this one signs, and only this call.
fn goes(w: &World, call: &Call, signer: &Address) -> bool {
    let pays = MockAuthInvoke {
        contract: &w.token.address,
        fn_name: "transfer",
        args: (signer, &w.contract.address, 100_i128).into_val(&w.env),
        sub_invokes: &[],
    };
    let sub_invokes = [pays];
    let invoke = MockAuthInvoke {
        contract: &w.contract.address,
        fn_name: call.name,
        args: call.args.clone(),
        sub_invokes: if call.name == "buy" {
            &sub_invokes
        } else {
            &[]
        },
    };
    w.env.mock_auths(&[MockAuth {
        address: signer,
        invoke: &invoke,
    }]);
    let name = soroban_sdk::Symbol::new(&w.env, call.name);
    let done = w.env.try_invoke_contract::<Val, soroban_sdk::Error>(
        &w.contract.address,
        &name,
        call.args.clone(),
    );
    done.is_ok()
}

/// So that the call would be carried out, were it signed.
fn prepare(w: &World, call: &Call, ann: &Address) {
    w.env.mock_all_auths();
    match call.name {
        "undo_check_in" => drop(w.contract.check_in(&w.one(1))),
        "unlist" | "buy" => w.contract.list(ann, &1, &100, &ENDS),
        "cancel" => drop(w.contract.propose(&Change::Unpause)),
        "carry_out" => {
            w.contract.propose(&Change::Unpause);
            w.pass(w.roles.delay);
        }
        "claim" => {
            w.env.as_contract(&w.contract.address, || {
                keeping::put(&w.env, &Key::Owed(ann.clone()), &7_i128);
            });
            w.token.give(&w.contract.address, &7);
        }
        _ => {}
    }
}

#[test]
fn every_call_wants_the_signature_of_one_and_takes_nobody_elses() {
    let (w, ann, ben) = world_of_wallets();
    let count = calls(&w, &ann, &ben).len();
    for at in 0..count {
        let (w, ann, ben) = world_of_wallets();
        let call = calls(&w, &ann, &ben).remove(at);
        prepare(&w, &call, &ann);
        let thief = Address::generate(&w.env);
        let Roles {
            admin,
            guardian,
            minter,
            gate,
            ..
        } = w.roles.clone();
        for other in [thief, admin, guardian, minter, gate, ann.clone(), ben] {
            if other != call.signer {
                assert!(!goes(&w, &call, &other), "{} by another", call.name);
            }
        }
        w.env.set_auths(&[]);
        let name = soroban_sdk::Symbol::new(&w.env, call.name);
        let unsigned = w.env.try_invoke_contract::<Val, soroban_sdk::Error>(
            &w.contract.address,
            &name,
            call.args.clone(),
        );
        assert!(unsigned.is_err(), "{} unsigned", call.name);
        assert!(goes(&w, &call, &call.signer), "{} signed", call.name);
    }
}

#[test]
fn who_is_neither_admin_nor_guardian_holds_freezes_and_stops_nothing() {
    let w = World::new();
    let other = w.person(5);
    let held = w.contract.try_set_held(&other, &w.one(1), &true);
    assert_eq!(refused!(held), Error::NotAllowed);
    let frozen = w.contract.try_set_frozen(&other, &true);
    assert_eq!(refused!(frozen), Error::NotAllowed);
    let id = w.contract.propose(&Change::Unpause);
    assert_eq!(
        refused!(w.contract.try_cancel(&other, &id)),
        Error::NotAllowed
    );
}

#[test]
fn a_pause_stops_all_but_the_gate() {
    let w = World::new();
    let ann = w.holder(OPEN, 1);
    w.contract.pause();
    assert!(w.contract.is_paused());
    let batch = list![&w.env, w.issue(2, &ann)];
    assert_eq!(refused!(w.contract.try_mint(&OPEN, &batch)), Error::Paused);
    assert_eq!(
        refused!(w.contract.try_invalidate(&w.one(1))),
        Error::Paused
    );
    assert_eq!(
        refused!(w.contract.try_undo_check_in(&w.one(1))),
        Error::Paused
    );
    assert_eq!(
        refused!(w.contract.try_set_tier(&9, &tier_of(1))),
        Error::Paused
    );
    assert_eq!(w.contract.check_in(&w.one(1)), list![&w.env, Outcome::Done]);
    w.change(Change::Unpause);
    assert!(!w.contract.is_paused());
    assert_eq!(w.contract.mint(&OPEN, &batch), 1);
}

#[test]
fn a_stolen_minter_or_gate_is_replaced_at_once() {
    let w = World::new();
    let (minter, gate) = (Address::generate(&w.env), Address::generate(&w.env));
    w.contract.set_desk(&minter, &gate);
    assert_eq!(
        w.contract.roles(),
        Roles {
            minter,
            gate,
            ..w.roles.clone()
        }
    );
    let ann = w.person(1);
    let batch = list![&w.env, w.issue(1, &ann)];
    let call = Call {
        name: "mint",
        signer: w.roles.minter.clone(),
        args: (OPEN, batch).into_val(&w.env),
    };
    assert!(!goes(&w, &call, &w.roles.minter));
    assert!(goes(&w, &call, &w.contract.roles().minter));
}

#[test]
fn a_proposal_is_carried_out_in_its_time_and_once() {
    let w = World::new();
    let other = Address::generate(&w.env);
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
        admin, guardian, ..
    } = w.roles.clone();
    for change in [
        Change::Tier(OPEN, tier_of(5)),
        Change::Capacity(5_000),
        Change::Royalties(shares_of(&w.env, &w.parties, &[1, 9_999])),
        Change::Ends(NOW),
        Change::Admin(admin.clone()),
        Change::Unpause,
        Change::Upgrade(w.reference(1)),
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
    w.contract.cancel(&admin, &id);
}

fn begin(change: impl Fn(&Env, &mut Roles, &mut Event)) {
    let env = empty_env();
    let mut roles = roles_of(&env);
    let mut event = event_of(&env, &Address::generate(&env));
    change(&env, &mut roles, &mut event);
    let shares = shares_of(&env, &[account(&env, 1)], &[10_000]);
    env.register(EventTickets, (roles, event, shares));
}

#[test]
#[should_panic(expected = "#28")]
fn a_delay_is_a_day_at_least() {
    begin(|_, roles, _| roles.delay = DAY - 1);
}

#[test]
#[should_panic(expected = "#28")]
fn a_delay_is_thirty_days_at_most() {
    begin(|_, roles, _| roles.delay = 30 * DAY + 1);
}

#[test]
#[should_panic(expected = "#37")]
fn an_event_ends_later_than_now() {
    begin(|_, _, event| event.ends = NOW);
}

#[test]
#[should_panic(expected = "#27")]
fn an_event_has_a_name() {
    begin(|env, _, event| event.name = String::from_str(env, ""));
}

#[test]
#[should_panic(expected = "#27")]
fn a_symbol_is_short() {
    begin(|env, _, event| event.symbol = String::from_str(env, "SEVENTEEN LETTERS"));
}
