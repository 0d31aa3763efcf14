//! Who may do what, when, and who may stop it.
use super::*;
use soroban_sdk::testutils::{MockAuth, MockAuthInvoke};
use soroban_sdk::{symbol_short, IntoVal, Val};

struct Call {
    name: &'static str,
    signer: Address,
    args: Vec<Val>,
}

/// One run whose window is over, one that is whole, one that is approved, and content that waits.
struct Scene {
    w: World,
    ann: Address,
    paid: Planned,
    whole: Planned,
    open: Planned,
}

fn scene() -> Scene {
    let w = World::new();
    let paid = w.whole(1, &[10]);
    w.pass(WINDOW);
    let (whole, open) = (w.whole(2, &[20, 30]), w.plan(3, &[40]));
    w.fund(100, 3);
    w.approve(&open);
    let ann = paid.creator(0);
    w.contract
        .submit(&ann, &w.number(1), &symbol_short!("video"));
    Scene {
        w,
        ann,
        paid,
        whole,
        open,
    }
}

fn of_admin(s: &Scene) -> std::vec::Vec<(&'static str, Vec<Val>)> {
    let (env, admin) = (&s.w.env, &s.w.roles.admin);
    let (run, row) = (&s.whole.id, s.whole.creator(0));
    std::vec![
        ("close", ().into_val(env)),
        ("give_back", (&s.w.funder, s.w.number(3)).into_val(env)),
        ("resolve_run", (run, false).into_val(env)),
        ("resolve_row", (run, row, false).into_val(env)),
        ("set_approver", (&s.ann,).into_val(env)),
        ("set_recorder", (&s.ann,).into_val(env)),
        ("propose", (Change::Unpause,).into_val(env)),
        ("cancel", (admin, 1_u32).into_val(env)),
        ("carry_out", (1_u32,).into_val(env)),
    ]
}

fn of_others(s: &Scene) -> std::vec::Vec<(&'static str, Address, Vec<Val>)> {
    let (w, env) = (&s.w, &s.w.env);
    let r = w.roles.clone();
    let (rows, rest) = w.batch(&s.open, 0, 1);
    let (run, row) = (&s.whole.id, s.whole.creator(0));
    let (kind, content) = (symbol_short!("video"), w.number(1));
    let new = (w.number(7), w.number(8), 5_i128, 1_u32);
    std::vec![
        ("approve_run", r.approver.clone(), new.into_val(env)),
        (
            "approve_content",
            r.approver.clone(),
            (&s.ann, &content).into_val(env)
        ),
        (
            "reject_content",
            r.approver,
            (&s.ann, &content, 1_u32).into_val(env)
        ),
        (
            "record",
            r.recorder.clone(),
            (&s.open.id, rows, rest).into_val(env)
        ),
        (
            "anchor",
            r.recorder,
            (&kind, w.number(7), w.number(8)).into_val(env)
        ),
        ("hold_run", r.guardian.clone(), (run, 1_u32).into_val(env)),
        (
            "hold_row",
            r.guardian.clone(),
            (run, row, 1_u32).into_val(env)
        ),
        (
            "cancel",
            r.guardian.clone(),
            (&r.guardian, 1_u32).into_val(env)
        ),
        ("pause", r.guardian.clone(), ().into_val(env)),
        ("unpause", r.guardian, ().into_val(env)),
        (
            "submit",
            s.ann.clone(),
            (&s.ann, w.number(9), kind).into_val(env)
        ),
        (
            "claim",
            s.ann.clone(),
            (&s.ann, &s.paid.id, &s.ann).into_val(env)
        ),
    ]
}

/// All that somebody must sign, and who; a deposit is two signatures, and apart.
fn calls(s: &Scene) -> std::vec::Vec<Call> {
    let admin = of_admin(s).into_iter().map(|(name, args)| Call {
        name,
        signer: s.w.roles.admin.clone(),
        args,
    });
    let others = of_others(s)
        .into_iter()
        .map(|(name, signer, args)| Call { name, signer, args });
    admin.chain(others).collect()
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
fn prepare(s: &Scene, call: &Call) {
    let (w, run) = (&s.w, &s.whole);
    match call.name {
        "close" => w.env.ledger().set_timestamp(ENDS),
        "give_back" => {
            w.env.ledger().set_timestamp(ENDS);
            w.contract.close();
        }
        "resolve_run" => w.contract.hold_run(&run.id, &1),
        "resolve_row" => w.contract.hold_row(&run.id, &run.creator(0), &1),
        "cancel" => drop(w.contract.propose(&Change::Unpause)),
        "carry_out" => {
            w.contract.propose(&Change::Unpause);
            w.pass(w.roles.delay);
        }
        _ => {}
    }
}

#[test]
fn every_call_wants_the_signature_of_one_and_takes_nobody_elses() {
    let count = calls(&scene()).len();
    for at in 0..count {
        let s = scene();
        let call = calls(&s).remove(at);
        prepare(&s, &call);
        let Roles {
            admin,
            approver,
            guardian,
            recorder,
            ..
        } = s.w.roles.clone();
        let all = [
            admin,
            approver,
            guardian,
            recorder,
            s.ann.clone(),
            s.w.funder.clone(),
            s.w.person(),
        ];
        for other in all {
            if other != call.signer {
                sign(&s.w, &call, &other);
                assert!(!goes(&s.w, &call), "{} by another", call.name);
            }
        }
        s.w.env.set_auths(&[]);
        assert!(!goes(&s.w, &call), "{} unsigned", call.name);
        sign(&s.w, &call, &call.signer);
        assert!(goes(&s.w, &call), "{} signed", call.name);
    }
}

#[test]
fn nobody_funds_with_anothers_money_and_anybody_has_payments_made() {
    let s = scene();
    s.w.env.set_auths(&[]);
    let fund = s.w.contract.try_fund(&s.w.funder, &1, &s.w.number(9));
    assert!(fund.is_err());
    assert_eq!(s.w.distribute(&s.paid), 10);
}

#[test]
fn while_it_is_paused_nothing_moves() {
    let s = scene();
    let (w, c) = (&s.w, &s.w.contract);
    c.pause();
    assert!(c.is_paused());
    let one = w.number(9);
    assert_eq!(refused!(c.try_fund(&w.funder, &1, &one)), Error::Paused);
    assert_eq!(refused!(c.try_close()), Error::Paused);
    assert_eq!(
        refused!(c.try_give_back(&w.funder, &w.number(3))),
        Error::Paused
    );
    assert_eq!(
        refused!(c.try_approve_run(&one, &one, &1, &1)),
        Error::Paused
    );
    let (rows, rest) = w.batch(&s.open, 0, 1);
    assert_eq!(
        refused!(c.try_record(&s.open.id, &rows, &rest)),
        Error::Paused
    );
    assert_eq!(
        refused!(c.try_claim(&s.ann, &s.paid.id, &s.ann)),
        Error::Paused
    );
    let all = s.paid.creators(&w.env);
    assert_eq!(refused!(c.try_distribute(&s.paid.id, &all)), Error::Paused);
    let kind = symbol_short!("video");
    assert_eq!(refused!(c.try_submit(&s.ann, &one, &kind)), Error::Paused);
    assert_eq!(
        refused!(c.try_approve_content(&s.ann, &w.number(1))),
        Error::Paused
    );
    assert_eq!(refused!(c.try_anchor(&kind, &one, &one)), Error::Paused);
    c.unpause();
    assert_eq!(w.distribute(&s.paid), 10);
    c.pause();
    w.change(Change::Unpause);
    assert!(!c.is_paused());
}

#[test]
fn stolen_keys_of_machines_are_replaced_at_once() {
    let s = scene();
    let (w, new) = (&s.w, s.w.person());
    w.contract.set_recorder(&new);
    w.contract.set_approver(&new);
    for old in calls(&s) {
        if !["record", "approve_run"].contains(&old.name) {
            continue;
        }
        let former = if old.name == "record" {
            &w.roles.recorder
        } else {
            &w.roles.approver
        };
        // `calls` was asked before the change: the signer is the former one.
        assert_eq!(old.signer, *former);
        sign(w, &old, former);
        assert!(!goes(w, &old));
        sign(w, &old, &new);
        assert!(goes(w, &old));
    }
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
        recorder,
        ..
    } = w.roles.clone();
    for change in [
        Change::Admin(recorder.clone()),
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
    let cancel = w.contract.try_cancel(&recorder, &id);
    assert_eq!(refused!(cancel), Error::NotAllowed);
    w.contract.cancel(&admin, &id);
}

fn begin(change: impl Fn(&mut Roles, &mut Terms)) {
    let env = empty_env();
    let mut roles = roles_of(&env);
    let mut terms = Terms {
        token: Address::generate(&env),
        ends: ENDS,
        window: WINDOW,
    };
    change(&mut roles, &mut terms);
    env.register(Attribution, (roles, terms));
}

#[test]
fn the_least_and_the_most_are_taken() {
    begin(|_, terms| (terms.ends, terms.window) = (NOW + 1, 3_600));
    begin(|_, terms| (terms.ends, terms.window) = (NOW + LONGEST, 60 * DAY));
}

#[test]
#[should_panic(expected = "#32)")]
fn a_delay_is_a_day_at_least() {
    begin(|roles, _| roles.delay = DAY - 1);
}

#[test]
#[should_panic(expected = "#4)")]
fn a_window_is_an_hour_at_least() {
    begin(|_, terms| terms.window = 3_599);
}

#[test]
#[should_panic(expected = "#4)")]
fn a_window_is_sixty_days_at_most() {
    begin(|_, terms| terms.window = 60 * DAY + 1);
}

#[test]
#[should_panic(expected = "#5)")]
fn a_campaign_ends_later_than_now() {
    begin(|_, terms| terms.ends = NOW);
}

#[test]
#[should_panic(expected = "#5)")]
fn a_campaign_ends_within_three_years() {
    begin(|_, terms| terms.ends = NOW + LONGEST + 1);
}
