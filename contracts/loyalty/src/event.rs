//! What the contract says of each movement, for whoever follows it. The first five are SEP-41's.
use soroban_sdk::{contractevent, Address, BytesN};

#[contractevent(data_format = "single-value")]
pub struct Mint {
    #[topic]
    pub to: Address,
    pub amount: i128,
}

#[contractevent(data_format = "single-value")]
pub struct Burn {
    #[topic]
    pub from: Address,
    pub amount: i128,
}

#[contractevent(data_format = "single-value")]
pub struct Transfer {
    #[topic]
    pub from: Address,
    #[topic]
    pub to: Address,
    pub amount: i128,
}

/// To one of several whom an address stands for.
#[contractevent(topics = ["transfer"])]
pub struct TransferMuxed {
    #[topic]
    pub from: Address,
    #[topic]
    pub to: Address,
    pub to_muxed_id: u64,
    pub amount: i128,
}

#[contractevent(data_format = "vec")]
pub struct Approve {
    #[topic]
    pub from: Address,
    #[topic]
    pub spender: Address,
    pub amount: i128,
    pub live_until_ledger: u32,
}

/// After the rewards of a batch: how many were new, and what they come to.
#[contractevent]
pub struct Rewarded {
    #[topic]
    pub event: BytesN<32>,
    #[topic]
    pub kind: u32,
    pub count: u32,
    pub amount: i128,
}

#[contractevent]
pub struct Spent {
    #[topic]
    pub voucher: BytesN<32>,
    pub from: Address,
    pub amount: i128,
}

#[contractevent]
pub struct EventCapSet {
    #[topic]
    pub event: BytesN<32>,
    pub cap: i128,
}

#[contractevent]
pub struct DailyCapSet {
    pub cap: i128,
}

#[contractevent]
pub struct RewarderSet {
    pub rewarder: Address,
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
