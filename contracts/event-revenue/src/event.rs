//! What the contract says of each movement, for whoever follows it.
use soroban_sdk::{contractevent, Address, BytesN, Map};

#[contractevent]
pub struct PlanSet {
    #[topic]
    pub version: u32,
}

#[contractevent]
pub struct Deposited {
    #[topic]
    pub token: Address,
    #[topic]
    pub reference: BytesN<32>,
    pub from: Address,
    pub version: u32,
    pub amount: i128,
}

#[contractevent]
pub struct Refunded {
    #[topic]
    pub token: Address,
    #[topic]
    pub reference: BytesN<32>,
    pub to: Address,
    pub version: u32,
    pub amount: i128,
}

/// What a creator earned, off the top.
#[contractevent]
pub struct Commissioned {
    #[topic]
    pub token: Address,
    #[topic]
    pub creator: Address,
    pub batch: BytesN<32>,
    pub version: u32,
    pub amount: i128,
}

/// A payee took what he was owed.
#[contractevent]
pub struct Paid {
    #[topic]
    pub token: Address,
    #[topic]
    pub payee: Address,
    pub to: Address,
    pub version: u32,
    pub amount: i128,
}

/// What each was paid of what he was owed, to himself. The token tells of each transfer besides.
#[contractevent]
pub struct Distributed {
    #[topic]
    pub token: Address,
    pub version: u32,
    pub paid: Map<Address, i128>,
}

/// The token refused a payee: what is due stays due.
#[contractevent]
pub struct Skipped {
    #[topic]
    pub token: Address,
    #[topic]
    pub payee: Address,
    pub version: u32,
    pub amount: i128,
}

#[contractevent]
pub struct PauseSet {
    pub paused: bool,
}

#[contractevent]
pub struct Proposed {
    #[topic]
    pub id: u32,
    pub not_before: u64,
}

#[contractevent]
pub struct Carried {
    #[topic]
    pub id: u32,
}

#[contractevent]
pub struct Cancelled {
    #[topic]
    pub id: u32,
}

/// All of a token went to the organizer's address.
#[contractevent]
pub struct Exited {
    #[topic]
    pub token: Address,
    pub to: Address,
    pub amount: i128,
}
