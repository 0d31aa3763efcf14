//! How long things live, what happens once they have run out, and what new code finds.
use super::*;
use crate::store::Key;
use keeping::{KEEP, LOW};
use soroban_sdk::symbol_short;
use soroban_sdk::testutils::storage::{Instance as _, Persistent as _};
use soroban_sdk::testutils::Deployer as _;
use soroban_sdk::Bytes;

const COMMITTED: &[u8] = include_bytes!("../../../wasm/attribution.wasm");
const SUCCESSOR: &[u8] = include_bytes!("../../../wasm/successor.wasm");

fn skip(w: &World, ledgers: u32) {
    w.env.ledger().with_mut(|ledger| {
        ledger.sequence_number += ledgers;
        ledger.timestamp += u64::from(ledgers) * 5;
    });
}

fn lives(w: &World, run: &Planned) -> [u32; 5] {
    let keys = [
        Key::Book,
        Key::Run(run.id.clone()),
        Key::Row(run.id.clone(), run.creator(0)),
        Key::Funding(w.funder.clone(), run.id.clone()),
    ];
    w.env.as_contract(&w.contract.address, || {
        let life = |key: &Key| w.env.storage().persistent().get_ttl(key);
        let [book, run, row, funding] = [0, 1, 2, 3].map(|at| life(&keys[at]));
        let instance = w.env.storage().instance().get_ttl();
        [instance, book, run, row, funding]
    })
}

#[test]
fn what_a_call_touches_is_kept_for_120_days_once_less_than_30_are_left() {
    let w = World::new();
    let run = w.whole(1, &[10, 20]);
    assert_eq!(lives(&w, &run), [KEEP; 5]);
    skip(&w, KEEP - LOW - 1);
    let first = list![&w.env, run.creator(0)];
    assert_eq!(w.contract.distribute(&run.id, &first), 10);
    assert_eq!(
        lives(&w, &run),
        [LOW + 1; 5],
        "as long as thirty days are left"
    );
    skip(&w, 2);
    assert_eq!(w.distribute(&run), 20);
    assert_eq!(
        lives(&w, &run),
        [KEEP, KEEP, LOW - 1, LOW - 1, LOW - 1],
        "what was only read is not written"
    );
}

#[test]
fn what_has_run_out_is_brought_back_and_nobody_is_paid_twice() {
    let w = World::new();
    let run = w.whole(1, &[10, 20]);
    let kind = symbol_short!("settled");
    w.contract.anchor(&kind, &w.number(1), &w.number(2));
    let one = run.creator(0);
    w.pass(WINDOW);
    w.contract.claim(&one, &run.id, &one);
    skip(&w, 3 * KEEP);
    let claim = w.contract.try_claim(&one, &run.id, &one);
    assert_eq!(refused!(claim), Error::AlreadyPaid);
    let fund = w.contract.try_fund(&w.funder, &30, &w.number(1));
    assert_eq!(refused!(fund), Error::KnownReference);
    let other = w.contract.try_anchor(&kind, &w.number(1), &w.number(3));
    assert_eq!(refused!(other), Error::OtherRoot);
    assert_eq!(w.record(&run, 0, 2), 0);
    assert_eq!(w.distribute(&run), 20);
    assert_eq!(w.here(), 0);
}

#[test]
fn a_proposal_outlives_the_time_in_which_it_may_be_carried_out() {
    let w = World::new();
    let key = timelock::LockKey::Proposal(w.contract.propose(&Change::Unpause));
    let days = (timelock::MOST_DELAY + timelock::GRACE) / DAY;
    let storage = || w.env.storage().persistent().get_ttl(&key);
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
fn new_code_is_proposed_waits_and_keeps_what_everybody_is_owed() {
    let w = World::of(COMMITTED);
    let run = w.whole(1, &[10, 20]);
    w.pass(WINDOW);
    let one = run.creator(0);
    w.contract.claim(&one, &run.id, &one);
    let book = w.contract.book();
    let hash = w.env.deployer().upload_contract_wasm(next_code(&w.env));
    let id = w.contract.propose(&Change::Upgrade(hash.clone()));
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::TooEarly);
    w.pass(2 * DAY);
    w.contract.carry_out(&id);
    let runs = Some(soroban_sdk::Executable::Wasm(hash));
    assert_eq!(w.contract.address.executable(), runs);
    assert_eq!(
        (w.contract.book(), w.contract.roles()),
        (book, w.roles.clone())
    );
    let claim = w.contract.try_claim(&one, &run.id, &one);
    assert_eq!(refused!(claim), Error::AlreadyPaid);
    assert_eq!(w.distribute(&run), 20);
    assert_eq!(refused!(w.contract.try_carry_out(&id)), Error::NoProposal);
}

/// What the admin proposes is what runs afterwards, whatever it is: so everybody looks at it while it waits.
#[test]
fn an_upgrade_can_be_to_anything_and_so_it_waits() {
    let w = World::of(COMMITTED);
    let hash = w.env.deployer().upload_contract_wasm(SUCCESSOR);
    w.change(Change::Upgrade(hash));
    assert!(w.contract.try_book().is_err());
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
    w.fund(1, 1);
    let (here, deployer) = (&w.contract.address, w.env.deployer());
    assert_eq!(deployer.get_contract_code_ttl(here), uploaded_for);
    assert_eq!(deployer.get_contract_instance_ttl(here), KEEP);
}
