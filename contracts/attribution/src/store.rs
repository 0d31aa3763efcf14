//! What is kept, and where.
//!
//! Roles, terms and the two flags are few and read by every call: instance storage. The book is written by whatever moves
//! money, and would write the whole instance with it: persistent, as are fundings, runs, rows, content and anchors, each on
//! its own. Nothing is temporary or ever removed: what was paid, recorded or voided must never look as if it had not been.
use crate::error::Error;
use keeping::{find, keys, put};
use soroban_sdk::{contracttype, Address, BytesN, Env, Symbol};

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Roles {
    /// Resolves what is held, gives back what was not spent, names approver and recorder, proposes: an account of several
    /// signers, or a contract.
    pub admin: Address,
    /// The organizer: approves content and runs.
    pub approver: Address,
    /// Holds rows and runs, pauses, and stops proposals.
    pub guardian: Address,
    /// Records the rows of approved runs, and anchors roots. May be a machine.
    pub recorder: Address,
    /// Between a proposal and its being carried out, in seconds.
    pub delay: u64,
}

/// Of the campaign. They never change.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Terms {
    /// The one SEP-41 token in which creators are paid.
    pub token: Address,
    /// From then on the admin may close it; seconds since 1970. Later than the last run is approved.
    pub ends: u64,
    /// How long a whole run can be challenged before it is paid, in seconds.
    pub window: u64,
}

/// All amounts to date. What is there is `funded - returned - paid`; `reserved` of it is promised.
#[contracttype]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Book {
    pub funded: i128,
    pub paid: i128,
    pub reserved: i128,
    pub returned: i128,
}

/// What somebody put in. Money is spent in the order in which it came: this lies in it from `begins` on.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Funding {
    pub begins: i128,
    pub amount: i128,
    pub returned: i128,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Standing {
    Due,
    /// For this reason.
    Held(u32),
    Void,
    Paid,
}

/// What one run says that a creator brought and earned. Its XDR is what the run's digest is made of.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    pub amount: i128,
    pub conversions: u32,
    pub creator: Address,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Recorded {
    pub amount: i128,
    pub conversions: u32,
    pub standing: Standing,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Run {
    /// As it was approved, with what it comes to.
    pub digest: BytesN<32>,
    pub total: i128,
    pub rows: u32,
    /// The digest of what is not recorded yet; of nothing it is the run's number.
    pub next: BytesN<32>,
    pub recorded: i128,
    pub recorded_rows: u32,
    /// Of single rows.
    pub voided: i128,
    /// When it became whole, in seconds since 1970; 0 before.
    pub whole_at: u64,
    /// `Due`, `Held` or `Void`; which rows are paid they say themselves.
    pub standing: Standing,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    Waits,
    Approved,
    /// For this reason.
    Rejected(u32),
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Content {
    pub platform: Symbol,
    pub submitted_at: u64, // seconds since 1970
    pub verdict: Verdict,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Anchored {
    pub root: BytesN<32>,
    pub at: u64, // seconds since 1970
}

keys! {
    pub enum Key {
        Roles,
        Terms,
        Paused,
        Closed,
        Book,
        /// By whom, under which of his references.
        Funding(from: Address, reference: BytesN<32>),
        Run(run: BytesN<32>),
        Row(run: BytesN<32>, creator: Address),
        Content(creator: Address, hash: BytesN<32>),
        Anchor(kind: Symbol, id: BytesN<32>),
    }
}

impl Book {
    /// Neither given out nor promised.
    pub fn free(&self) -> i128 {
        self.funded - self.returned - self.spent()
    }

    pub fn spent(&self) -> i128 {
        self.paid + self.reserved
    }
}

pub fn roles(env: &Env) -> Roles {
    env.storage().instance().get(&Key::Roles).unwrap() // since the constructor
}

pub fn set_roles(env: &Env, roles: &Roles) {
    env.storage().instance().set(&Key::Roles, roles);
}

pub fn terms(env: &Env) -> Terms {
    env.storage().instance().get(&Key::Terms).unwrap()
}

pub fn book(env: &Env) -> Book {
    find(env, &Key::Book).unwrap_or_default()
}

pub fn set_book(env: &Env, book: &Book) {
    put(env, &Key::Book, book);
}

pub fn run(env: &Env, id: &BytesN<32>) -> Result<Run, Error> {
    find(env, &Key::Run(id.clone())).ok_or(Error::NoRun)
}

pub fn set_run(env: &Env, id: &BytesN<32>, run: &Run) {
    put(env, &Key::Run(id.clone()), run);
}

pub fn find_row(env: &Env, run: &BytesN<32>, creator: &Address) -> Option<Recorded> {
    find(env, &Key::Row(run.clone(), creator.clone()))
}

pub fn set_row(env: &Env, run: &BytesN<32>, creator: &Address, row: &Recorded) {
    put(env, &Key::Row(run.clone(), creator.clone()), row);
}
