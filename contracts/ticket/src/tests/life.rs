//! How long things live, what happens once they have run out, and what new code finds.
use super::*;
use keeping::{KEEP, LOW};
use soroban_sdk::testutils::storage::{Instance as _, Persistent as _, Temporary as _};
use soroban_sdk::testutils::Deployer as _;
use soroban_sdk::Bytes;

const COMMITTED: &[u8] = include_bytes!("../../../wasm/ticket.wasm");

fn skip(w: &World, ledgers: u32) {
    w.env.ledger().with_mut(|ledger| {
        ledger.sequence_number += ledgers;
        ledger.timestamp += u64::from(ledgers) * 5;
    });
}

fn life(w: &World, key: &Key) -> u32 {
    let storage = || w.env.storage().persistent().get_ttl(key);
    w.env.as_contract(&w.contract.address, storage)
}

fn lives(w: &World, holder: &Address) -> [u32; 5] {
    let instance = || w.env.storage().instance().get_ttl();
    [
        w.env.as_contract(&w.contract.address, instance),
        life(w, &Key::Tier(OPEN)),
        life(w, &Key::Live(OPEN)),
        life(w, &Key::Ticket(1)),
        life(w, &Key::Balance(holder.clone())),
    ]
}

#[test]
fn what_a_call_touches_is_kept_for_120_days_once_less_than_30_are_left() {
    let w = World::new();
    let ann = w.holder(OPEN, 1);
    assert_eq!(lives(&w, &ann), [KEEP; 5]);
    skip(&w, KEEP - LOW - 1);
    w.mint(OPEN, 2, &ann);
    assert_eq!(
        lives(&w, &ann),
        [LOW + 1; 5],
        "as long as thirty days are left"
    );
    skip(&w, 2);
    w.mint(OPEN, 3, &ann);
    let left = LOW - 1;
    assert_eq!(
        lives(&w, &ann),
        [KEEP, KEEP, KEEP, left, KEEP],
        "what it touched"
    );
    w.contract.check_in(&w.one(1));
    assert_eq!(lives(&w, &ann), [KEEP; 5]);
}

#[test]
fn an_operator_is_forgotten_when_his_time_is_over_and_not_before() {
    let w = World::new();
    let (ann, agent) = (w.holder(OPEN, 1), w.person(2));
    w.contract.set_trusted(&agent, &true);
    let until = KEEP + LOW;
    w.contract.approve_for_all(&ann, &agent, &until);
    let key = Key::Operator(ann.clone(), agent.clone());
    let life = || w.env.storage().temporary().get_ttl(&key);
    assert_eq!(w.env.as_contract(&w.contract.address, life), until);
    skip(&w, until);
    assert!(w.contract.is_approved_for_all(&ann, &agent));
    skip(&w, 1);
    assert!(!w.contract.is_approved_for_all(&ann, &agent));
}

#[test]
fn what_has_run_out_is_brought_back_and_nothing_is_forgotten() {
    let w = World::new();
    let (ann, ben) = (w.holder(OPEN, 1), w.person(2));
    w.contract.check_in(&w.one(1));
    skip(&w, 3 * KEEP);
    let batch = list![&w.env, w.issue(1, &ben)];
    assert_eq!(w.contract.mint(&OPEN, &batch), 0, "it is there");
    assert_eq!(w.contract.verify(&1, &w.reference(1)), Verdict::CheckedIn);
    assert_eq!(
        w.contract.check_in(&w.one(1)),
        list![&w.env, Outcome::Again]
    );
    w.contract.transfer(&ann, &ben, &1); // the event is over
    assert_eq!(life(&w, &Key::Ticket(1)), KEEP);
}

#[test]
fn a_proposal_outlives_the_time_in_which_it_may_be_carried_out() {
    let w = World::new();
    let id = w.contract.propose(&Change::Unpause);
    let key = timelock::LockKey::Proposal(id);
    let storage = || w.env.storage().persistent().get_ttl(&key);
    let days = (timelock::MOST_DELAY + timelock::GRACE) / DAY;
    let life = w.env.as_contract(&w.contract.address, storage);
    assert!(u64::from(life) > days * 17_280); // ledgers of a day
}

/// The committed code with one more section that nothing reads: other code of the same behaviour.
fn next_code(env: &Env) -> Bytes {
    let mut code = Bytes::from_slice(env, COMMITTED);
    code.extend_from_slice(&[0, 5, 4, b'n', b'e', b'x', b't']);
    code
}

#[test]
fn new_code_is_proposed_waits_and_keeps_every_ticket() {
    let w = World::of(COMMITTED);
    w.contract.set_tier(&OPEN, &tier_of(10));
    let (ann, ben) = (w.holder(OPEN, 1), w.holder(OPEN, 2));
    w.list(&ann, 1, 1_000);
    w.contract.check_in(&w.one(2));
    let before = [w.contract.ticket(&1), w.contract.ticket(&2)];

    let hash = w.env.deployer().upload_contract_wasm(next_code(&w.env));
    let id = w.contract.propose(&Change::Upgrade(hash.clone()));
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::TooEarly);
    w.pass(2 * DAY);
    w.contract.carry_out(&id);
    assert_eq!(
        w.contract.address.executable(),
        Some(soroban_sdk::Executable::Wasm(hash))
    );

    assert_eq!([w.contract.ticket(&1), w.contract.ticket(&2)], before);
    assert_eq!(w.contract.roles(), w.roles);
    assert_eq!(w.contract.live(&OPEN), 2);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::NoProposal);
    w.contract.buy(&ben, &1, &1_000);
    assert_eq!(w.contract.owner_of(&1), ben);
    assert_eq!(w.token.balance(&w.parties[0]), 70);
}

#[test]
fn an_upgrade_to_code_that_nobody_uploaded_changes_nothing() {
    let w = World::of(COMMITTED);
    let id = w.contract.propose(&Change::Upgrade(w.reference(9)));
    w.pass(2 * DAY);
    assert!(w.contract.try_carry_out(&id).is_err());
    assert_eq!(w.contract.proposal(&id).not_before, NOW + 2 * DAY);
}

#[test]
fn a_call_keeps_the_instance_and_never_the_code() {
    let w = World::of(COMMITTED);
    let uploaded_for = w.env.ledger().get().min_persistent_entry_ttl - 1;
    assert!(uploaded_for < LOW, "it could be extended");
    w.contract.set_tier(&OPEN, &tier_of(10));
    w.holder(OPEN, 1);
    let (here, deployer) = (&w.contract.address, w.env.deployer());
    assert_eq!(deployer.get_contract_code_ttl(here), uploaded_for);
    assert_eq!(deployer.get_contract_instance_ttl(here), KEEP);
}
