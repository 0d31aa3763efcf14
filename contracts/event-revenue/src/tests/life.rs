//! How long things live, what happens once they have run out, and what new code finds.
use super::*;
use crate::store::Key;
use keeping::{KEEP, LOW};
use soroban_sdk::testutils::storage::{Instance as _, Persistent as _};
use soroban_sdk::testutils::Deployer as _;
use soroban_sdk::Bytes;

const LEDGERS_OF_A_DAY: u32 = 17_280;
const COMMITTED: &[u8] = include_bytes!("../../../wasm/event_revenue.wasm");

fn skip(w: &World, ledgers: u32) {
    w.env.ledger().with_mut(|ledger| {
        ledger.sequence_number += ledgers;
        ledger.timestamp += u64::from(ledgers) * 5;
    });
}

fn life(w: &World, key: &Key) -> u32 {
    w.env.as_contract(&w.contract.address, || {
        w.env.storage().persistent().get_ttl(key)
    })
}

fn instance_life(w: &World) -> u32 {
    w.env
        .as_contract(&w.contract.address, || w.env.storage().instance().get_ttl())
}

fn book_key(w: &World) -> Key {
    Key::Book(1, w.token.clone())
}

/// Entries live for a year at most here, as on mainnet.
fn kept_world(shares: &[u32]) -> World {
    let w = World::with(shares);
    w.env.ledger().set_max_entry_ttl(3_110_400);
    w
}

#[test]
fn what_a_call_touches_is_kept_for_120_days_once_less_than_30_are_left() {
    let w = kept_world(&[5_000, 5_000]);
    let reference = w.reference();
    w.contract
        .deposit(&w.payer, &1, &w.token, &1_000, &reference);
    let lives = || {
        [
            instance_life(&w),
            life(&w, &Key::Plan(1)),
            life(&w, &book_key(&w)),
            life(&w, &Key::Reference(reference.clone())),
        ]
    };
    assert_eq!(lives(), [KEEP; 4]);
    skip(&w, KEEP - LOW - 1);
    w.distribute();
    assert_eq!(lives(), [LOW + 1; 4], "as long as thirty days are left");
    skip(&w, 1);
    w.deposit(1);
    assert_eq!(
        lives(),
        [KEEP, KEEP, KEEP, LOW],
        "of the reference nothing was wanted"
    );
}

#[test]
fn nobody_pays_for_the_code_by_calling() {
    let w = kept_world(&[5_000, 5_000]);
    let wasm = w.env.deployer().upload_contract_wasm(COMMITTED);
    let args = (
        &w.admin,
        &w.guardian,
        &w.organizer,
        2 * DAY,
        w.contract.plan(&1),
    );
    let at = w
        .env
        .deployer()
        .with_address(w.admin.clone(), w.reference());
    let address = at.deploy_contract(ContractExecutable::Wasm(wasm), args);
    let contract = EventRevenueClient::new(&w.env, &address);
    contract.deposit(&w.payer, &1, &w.token, &1_000, &w.reference());
    let uploaded_for = w.env.ledger().get().min_persistent_entry_ttl - 1;
    assert!(uploaded_for < LOW, "it could be extended");
    assert_eq!(
        w.env.deployer().get_contract_code_ttl(&address),
        uploaded_for
    );
    assert_eq!(w.env.deployer().get_contract_instance_ttl(&address), KEEP);
}

#[test]
fn what_has_run_out_is_brought_back_and_nothing_is_forgotten() {
    let w = kept_world(&[5_000, 5_000]);
    let reference = w.reference();
    w.contract
        .deposit(&w.payer, &1, &w.token, &1_000, &reference);
    w.contract.claim(&w.parties[0], &1, &w.token, &w.parties[0]);
    skip(&w, 10 * KEEP);
    let again = w
        .contract
        .try_deposit(&w.payer, &1, &w.token, &1_000, &reference);
    assert_eq!(refused!(again), Error::KnownReference);
    let claim = w
        .contract
        .try_claim(&w.parties[0], &1, &w.token, &w.parties[0]);
    assert_eq!(refused!(claim), Error::NothingOwed);
    assert_eq!(w.distribute(), 500);
    assert_eq!(w.balances(), [500, 500]);
    assert_eq!(life(&w, &book_key(&w)), KEEP);
}

#[test]
fn a_proposal_outlives_the_time_in_which_it_may_be_carried_out() {
    let w = kept_world(&[10_000]);
    let id = w.contract.propose(&Change::Unpause);
    let most = (timelock::MOST_DELAY / DAY) as u32 + 14;
    assert!(life(&w, &Key::Proposal(id)) > most * LEDGERS_OF_A_DAY);
}

/// The committed code with one more section that nothing reads: other code of the same behaviour.
fn next_code(env: &Env) -> Bytes {
    let mut code = Bytes::from_slice(env, COMMITTED);
    code.extend_from_slice(&[0, 5, 4, b'n', b'e', b'x', b't']);
    code
}

#[test]
fn new_code_is_proposed_waits_and_keeps_the_books() {
    let w = kept_world(&[5_000, 3_000, 2_000]);
    let plan = w.contract.plan(&1);
    let args = (&w.admin, &w.guardian, &w.organizer, 2 * DAY, plan.clone());
    let contract = EventRevenueClient::new(&w.env, &w.env.register(COMMITTED, args));
    let reference = w.reference();
    contract.deposit(&w.payer, &1, &w.token, &1_001, &reference);
    contract.claim(&w.parties[0], &1, &w.token, &w.parties[0]);
    let creator = Address::generate(&w.env);
    let earned = list![&w.env, (creator.clone(), 10)];
    contract.deposit(&w.payer, &1, &w.token, &1_000, &w.reference());
    contract.credit(&1, &w.token, &w.reference(), &earned);
    let (book, roles) = (contract.book(&1, &w.token), contract.roles());

    let hash = w.env.deployer().upload_contract_wasm(next_code(&w.env));
    let id = contract.propose(&Change::Upgrade(hash.clone()));
    assert_eq!(refused!(contract.try_carry_out(&id)), Error::TooEarly);
    w.pass(2 * DAY);
    contract.carry_out(&id);
    assert_eq!(
        contract.address.executable(),
        Some(soroban_sdk::Executable::Wasm(hash))
    );

    assert_eq!(contract.book(&1, &w.token), book);
    assert_eq!(contract.plan(&1), plan);
    assert_eq!(contract.roles().admin, roles.admin);
    assert_eq!(contract.earned(&1, &w.token, &creator).due, 10);
    assert_eq!(refused!(contract.try_carry_out(&id)), Error::NoProposal);
    let again = contract.try_deposit(&w.payer, &1, &w.token, &1_001, &reference);
    assert_eq!(refused!(again), Error::KnownReference);
    let all = Vec::from_iter(&w.env, w.parties.iter().cloned().chain([creator]));
    assert_eq!(contract.distribute(&1, &w.token, &all), 2_001 - 501);
    assert_eq!(w.balance(&contract.address), 0);
}

#[test]
fn an_upgrade_to_code_that_nobody_uploaded_changes_nothing() {
    let w = kept_world(&[10_000]);
    let args = (
        &w.admin,
        &w.guardian,
        &w.organizer,
        2 * DAY,
        w.contract.plan(&1),
    );
    let contract = EventRevenueClient::new(&w.env, &w.env.register(COMMITTED, args));
    let nowhere = BytesN::from_array(&w.env, &[9; 32]);
    let id = contract.propose(&Change::Upgrade(nowhere));
    w.pass(2 * DAY);
    assert!(contract.try_carry_out(&id).is_err());
    assert_eq!(contract.version(), 1);
    assert_eq!(
        contract.proposal(&id).not_before,
        w.env.ledger().timestamp()
    );
}
