//! How long things live, what happens once they have run out, and what new code finds.
use super::*;
use keeping::{KEEP, LOW};
use soroban_sdk::testutils::storage::{Instance as _, Persistent as _, Temporary as _};
use soroban_sdk::testutils::Deployer as _;
use soroban_sdk::Bytes;

const COMMITTED: &[u8] = include_bytes!("../../../wasm/loyalty.wasm");

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

fn lives(w: &World, holder: &Address) -> [u32; 4] {
    let instance = || w.env.storage().instance().get_ttl();
    [
        w.env.as_contract(&w.contract.address, instance),
        life(w, &Key::Earning(w.event.clone())),
        life(w, &Key::Today),
        life(w, &Key::Balance(holder.clone())),
    ]
}

#[test]
fn what_a_call_touches_is_kept_for_120_days_once_less_than_30_are_left() {
    let w = World::new();
    let ann = w.rich(10);
    let given = Key::Rewarded(ann.clone(), w.event.clone(), CAME);
    assert_eq!((lives(&w, &ann), life(&w, &given)), ([KEEP; 4], KEEP));
    skip(&w, KEEP - LOW - 1);
    let more = w.one(&ann, 1);
    w.contract.reward(&w.event, &BROUGHT_A_FRIEND, &more);
    assert_eq!(
        lives(&w, &ann),
        [LOW + 1; 4],
        "as long as thirty days are left"
    );
    skip(&w, 2);
    w.contract.reward(&w.event, &3, &more);
    assert_eq!((lives(&w, &ann), life(&w, &given)), ([KEEP; 4], LOW - 1));
}

#[test]
fn an_allowance_is_forgotten_when_its_time_is_over_and_not_before() {
    let w = World::new();
    let (ann, ben) = (w.rich(10), w.person());
    let until = KEEP + LOW;
    w.contract.approve(&ann, &ben, &5, &until);
    let key = Key::Allowance(ann.clone(), ben.clone());
    let life = || w.env.storage().temporary().get_ttl(&key);
    assert_eq!(w.env.as_contract(&w.contract.address, life), until);
    skip(&w, until);
    assert_eq!(w.contract.allowance(&ann, &ben), 5);
    skip(&w, 1);
    assert_eq!(w.contract.allowance(&ann, &ben), 0);
}

#[test]
fn what_has_run_out_is_brought_back_and_nobody_is_rewarded_twice() {
    let w = World::new();
    let ann = w.rich(10);
    w.contract.spend(&ann, &4, &w.number(1));
    skip(&w, 3 * KEEP);
    let again = w.one(&ann, 10);
    assert_eq!(w.contract.reward(&w.event, &CAME, &again), 0);
    let spend = w.contract.try_spend(&ann, &4, &w.number(1));
    assert_eq!(refused!(spend), Error::KnownVoucher);
    assert_eq!(w.contract.balance(&ann), 6);
    assert_eq!(w.contract.earning(&w.event).earned, 10);
}

#[test]
fn a_proposal_outlives_the_time_in_which_it_may_be_carried_out() {
    let w = World::new();
    let id = w.contract.propose(&Change::Unpause);
    let key = timelock::LockKey::Proposal(id);
    let days = (timelock::MOST_DELAY + timelock::GRACE) / DAY;
    assert!(u64::from(life_of(&w, &key)) > days * 17_280); // ledgers of a day
}

fn life_of(w: &World, key: &timelock::LockKey) -> u32 {
    let storage = || w.env.storage().persistent().get_ttl(key);
    w.env.as_contract(&w.contract.address, storage)
}

/// The committed code with one more section that nothing reads: other code of the same behaviour.
fn next_code(env: &Env) -> Bytes {
    let mut code = Bytes::from_slice(env, COMMITTED);
    code.extend_from_slice(&[0, 5, 4, b'n', b'e', b'x', b't']);
    code
}

#[test]
fn new_code_is_proposed_waits_and_keeps_what_everybody_has() {
    let w = World::of(COMMITTED);
    let (ann, ben) = (w.rich(10), w.rich(20));
    w.contract.spend(&ann, &4, &w.number(1));
    let hash = w.env.deployer().upload_contract_wasm(next_code(&w.env));
    let id = w.contract.propose(&Change::Upgrade(hash.clone()));
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::TooEarly);
    w.pass(2 * DAY);
    w.contract.carry_out(&id);
    assert_eq!(
        w.contract.address.executable(),
        Some(soroban_sdk::Executable::Wasm(hash))
    );
    assert_eq!(
        (w.contract.balance(&ann), w.contract.balance(&ben)),
        (6, 20)
    );
    assert_eq!(w.contract.roles(), w.roles);
    assert_eq!(w.contract.reward(&w.event, &CAME, &w.one(&ann, 10)), 0);
    let spend = w.contract.try_spend(&ann, &4, &w.number(1));
    assert_eq!(refused!(spend), Error::KnownVoucher);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::NoProposal);
}

#[test]
fn an_upgrade_to_code_that_nobody_uploaded_changes_nothing() {
    let w = World::of(COMMITTED);
    let id = w.contract.propose(&Change::Upgrade(w.number(9)));
    w.pass(2 * DAY);
    assert!(w.contract.try_carry_out(&id).is_err());
    assert_eq!(w.contract.proposal(&id).not_before, NOW + 2 * DAY);
}

#[test]
fn a_call_keeps_the_instance_and_never_the_code() {
    let w = World::of(COMMITTED);
    let uploaded_for = w.env.ledger().get().min_persistent_entry_ttl - 1;
    assert!(uploaded_for < LOW, "it could be extended");
    w.rich(1);
    let (here, deployer) = (&w.contract.address, w.env.deployer());
    assert_eq!(deployer.get_contract_code_ttl(here), uploaded_for);
    assert_eq!(deployer.get_contract_instance_ttl(here), KEEP);
}
