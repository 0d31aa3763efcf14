//! What the contract says of each movement, for whoever follows it. The first four are SEP-50's.
use soroban_sdk::{contractevent, Address, BytesN, Vec};

#[contractevent(data_format = "single-value")]
pub struct Mint {
    #[topic]
    pub to: Address,
    pub token_id: u32,
}

#[contractevent(data_format = "single-value")]
pub struct Transfer {
    #[topic]
    pub from: Address,
    #[topic]
    pub to: Address,
    pub token_id: u32,
}

#[contractevent(data_format = "vec")]
pub struct Approve {
    #[topic]
    pub owner: Address,
    #[topic]
    pub token_id: u32,
    pub approved: Address,
    pub live_until_ledger: u32,
}

#[contractevent(data_format = "vec")]
pub struct ApproveForAll {
    #[topic]
    pub owner: Address,
    pub operator: Address,
    pub live_until_ledger: u32,
}

/// After the tickets' own: how many are out of the tier's now.
#[contractevent]
pub struct Issued {
    #[topic]
    pub tier: u32,
    pub count: u32,
    pub live: u32,
}

#[contractevent]
pub struct TierSet {
    #[topic]
    pub tier: u32,
}

#[contractevent]
pub struct Listed {
    #[topic]
    pub token_id: u32,
    pub seller: Address,
    pub price: i128,
    pub until: u64,
}

/// By its owner, or because somebody went in with it or it became invalid.
#[contractevent]
pub struct Unlisted {
    #[topic]
    pub token_id: u32,
}

#[contractevent]
pub struct Sold {
    #[topic]
    pub token_id: u32,
    pub seller: Address,
    pub buyer: Address,
    pub price: i128,
    /// Of the price.
    pub royalty: i128,
}

/// The token refused him: his part stays here until he claims it.
#[contractevent]
pub struct Kept {
    #[topic]
    pub payee: Address,
    pub amount: i128,
}

#[contractevent]
pub struct Claimed {
    #[topic]
    pub payee: Address,
    pub to: Address,
    pub amount: i128,
}

#[contractevent(data_format = "single-value")]
pub struct CheckedIn {
    pub ids: Vec<u32>,
}

/// A check-in that was a mistake.
#[contractevent(data_format = "single-value")]
pub struct CheckInUndone {
    pub ids: Vec<u32>,
}

#[contractevent(data_format = "single-value")]
pub struct Invalidated {
    pub ids: Vec<u32>,
}

#[contractevent]
pub struct HoldSet {
    pub ids: Vec<u32>,
    pub on: bool,
}

#[contractevent]
pub struct TrustSet {
    #[topic]
    pub who: Address,
    pub on: bool,
}

/// Of the minter or the gate, at once.
#[contractevent]
pub struct RoleSet {
    pub minter: Address,
    pub gate: Address,
}

#[contractevent]
pub struct FreezeSet {
    pub on: bool,
}

#[contractevent]
pub struct PauseSet {
    pub paused: bool,
}

/// New code, of this hash.
#[contractevent]
pub struct Upgraded {
    pub wasm: BytesN<32>,
}
