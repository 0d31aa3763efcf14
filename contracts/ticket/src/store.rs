//! What is kept, and where.
//!
//! Who may do what, the event and the flags are few and read by every call: instance storage. Tickets, balances, tiers
//! and what is owed are persistent, each on its own, so that gifts and check-ins of different tickets touch nothing in
//! common and run beside one another. Only an operator's approval is temporary: it ends by itself, and forgetting it
//! takes a right away and gives none.
use crate::error::Error;
use keeping::{find, keep, keys, put};
use soroban_sdk::{contracttype, Address, BytesN, Env, String, Vec};

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Roles {
    /// Makes tiers, ends tickets, names minter and gate, proposes: an account of several signers, or a contract.
    pub admin: Address,
    /// Pauses, and stops proposals.
    pub guardian: Address,
    /// Issues tickets, as many as the tiers hold.
    pub minter: Address,
    /// Tells who went in.
    pub gate: Address,
    /// Between a proposal and its being carried out, in seconds.
    pub delay: u64,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Event {
    pub name: String,
    pub symbol: String,
    /// A ticket's number is put behind it.
    pub uri: String,
    /// What resales are paid in: a SEP-41 token that moves what it says.
    pub token: Address,
    /// The most that all tiers hold together.
    pub capacity: u32,
    /// From then on tickets are keepsakes, in seconds since 1970.
    pub ends: u64,
}

/// From the first second on, until before the other. Seconds since 1970; never, where they are the same.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Window {
    pub from: u64,
    pub until: u64,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tier {
    /// The most tickets that are out at any time; invalid ones are not counted.
    pub capacity: u32,
    /// What it cost at first, for whoever compares.
    pub price: i128,
    /// The most that a resale may cost the buyer, royalty included.
    pub cap: i128,
    /// Of a resale's price, in basis points.
    pub royalty: u32,
    /// When an owner may give it away.
    pub gifts: Window,
    /// When it may be resold here.
    pub sales: Window,
}

/// Parties and their shares of every royalty in basis points, in their stable order.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Share {
    pub party: Address,
    pub bps: u32,
}

#[contracttype]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum State {
    Valid = 0,
    CheckedIn = 1,
    Invalid = 2,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Listing {
    pub price: i128,
    pub until: u64,
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Offer {
    No,
    At(Listing),
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Approval {
    pub to: Address,
    pub until: u32, // a ledger
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Approved {
    No,
    To(Approval),
}

#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ticket {
    pub owner: Address,
    pub tier: u32,
    /// What whoever sold it knows it by: nobody's name, nor anything that leads to one.
    pub reference: BytesN<32>,
    pub state: State,
    pub held: bool,
    /// While it is offered nothing but its sale moves it.
    pub offer: Offer,
    pub approved: Approved,
}

impl Ticket {
    pub fn is_offered(&self) -> bool {
        self.offer != Offer::No
    }
}

keys! {
    pub enum Key {
        Roles,
        Event,
        Royalties,
        /// What the tiers hold together.
        Allotted,
        Paused,
        Frozen,
        Tier(tier: u32),
        /// How many tickets of a tier are out.
        Live(tier: u32),
        Ticket(id: u32),
        Balance(of: Address),
        /// Of an owner, to whom.
        Operator(of: Address, who: Address),
        Trusted(who: Address),
        Owed(to: Address),
    }
}

pub fn roles(env: &Env) -> Roles {
    env.storage().instance().get(&Key::Roles).unwrap() // since the constructor
}

pub fn set_roles(env: &Env, roles: &Roles) {
    env.storage().instance().set(&Key::Roles, roles);
}

pub fn event(env: &Env) -> Event {
    env.storage().instance().get(&Key::Event).unwrap()
}

pub fn set_event(env: &Env, event: &Event) {
    env.storage().instance().set(&Key::Event, event);
}

pub fn royalties(env: &Env) -> Vec<Share> {
    env.storage().instance().get(&Key::Royalties).unwrap()
}

pub fn allotted(env: &Env) -> u32 {
    env.storage().instance().get(&Key::Allotted).unwrap_or(0)
}

/// Read by every sale, and seldom written.
pub fn tier(env: &Env, tier: u32) -> Result<Tier, Error> {
    let key = Key::Tier(tier);
    let rules = find(env, &key).ok_or(Error::NoTier)?;
    keep(env, &key);
    Ok(rules)
}

pub fn live(env: &Env, tier: u32) -> u32 {
    find(env, &Key::Live(tier)).unwrap_or(0)
}

pub fn ticket(env: &Env, id: u32) -> Result<Ticket, Error> {
    find(env, &Key::Ticket(id)).ok_or(Error::NoTicket)
}

pub fn set_ticket(env: &Env, id: u32, ticket: &Ticket) {
    put(env, &Key::Ticket(id), ticket);
}

pub fn balance(env: &Env, of: &Address) -> u32 {
    find(env, &Key::Balance(of.clone())).unwrap_or(0)
}

/// No more than there are numbers of tickets, and nobody gives what he does not have.
pub fn set_balance(env: &Env, of: &Address, count: u32) {
    put(env, &Key::Balance(of.clone()), &count);
}

pub fn is_trusted(env: &Env, who: &Address) -> bool {
    let key = Key::Trusted(who.clone());
    let is_there = env.storage().persistent().has(&key);
    if is_there {
        keep(env, &key);
    }
    is_there
}

pub fn owed(env: &Env, payee: &Address) -> i128 {
    find(env, &Key::Owed(payee.clone())).unwrap_or(0)
}

/// Until which ledger an operator may move an owner's tickets.
pub fn operator(env: &Env, owner: &Address, operator: &Address) -> Option<u32> {
    let key = Key::Operator(owner.clone(), operator.clone());
    env.storage().temporary().get(&key)
}

pub fn set_operator(env: &Env, owner: &Address, operator: &Address, until: u32) {
    let key = Key::Operator(owner.clone(), operator.clone());
    let storage = env.storage().temporary();
    if until == 0 {
        return storage.remove(&key);
    }
    let life = until - env.ledger().sequence(); // checked by whoever calls
    storage.set(&key, &until);
    storage.extend_ttl(&key, life, life);
}
