//! What the contract says of each movement, for whoever follows it.
use soroban_sdk::{contractevent, Address, BytesN, Map, Symbol};

#[contractevent]
pub struct Submitted {
    #[topic]
    pub creator: Address,
    #[topic]
    pub content: BytesN<32>,
    pub platform: Symbol,
}

/// The reason of a rejection; nothing otherwise.
#[contractevent]
pub struct ContentJudged {
    #[topic]
    pub creator: Address,
    #[topic]
    pub content: BytesN<32>,
    pub rejected: Option<u32>,
}

#[contractevent]
pub struct Funded {
    #[topic]
    pub from: Address,
    #[topic]
    pub reference: BytesN<32>,
    pub amount: i128,
}

/// What was not spent of a funding, to whoever put it in.
#[contractevent]
pub struct GivenBack {
    #[topic]
    pub to: Address,
    #[topic]
    pub reference: BytesN<32>,
    pub amount: i128,
}

#[contractevent]
pub struct CampaignClosed {
    pub unspent: i128,
}

#[contractevent]
pub struct RunApproved {
    #[topic]
    pub run: BytesN<32>,
    pub digest: BytesN<32>,
    pub total: i128,
    pub rows: u32,
}

/// So many new rows, which come to so much; which ones, the call's arguments say.
#[contractevent]
pub struct RowsRecorded {
    #[topic]
    pub run: BytesN<32>,
    pub rows: u32,
    pub amount: i128,
}

/// All of it is recorded: until then it can be challenged. Seconds since 1970.
#[contractevent]
pub struct RunWhole {
    #[topic]
    pub run: BytesN<32>,
    pub until: u64,
}

/// A row, or the whole run where no creator is named.
#[contractevent]
pub struct Challenged {
    #[topic]
    pub run: BytesN<32>,
    #[topic]
    pub creator: Option<Address>,
    pub reason: u32,
}

/// What was freed: nothing where it shall be paid after all.
#[contractevent]
pub struct Resolved {
    #[topic]
    pub run: BytesN<32>,
    #[topic]
    pub creator: Option<Address>,
    pub freed: i128,
}

/// A creator took what he earned.
#[contractevent]
pub struct Paid {
    #[topic]
    pub run: BytesN<32>,
    #[topic]
    pub creator: Address,
    pub to: Address,
    pub amount: i128,
}

/// What each was paid, to himself. The token tells of each transfer besides.
#[contractevent]
pub struct Distributed {
    #[topic]
    pub run: BytesN<32>,
    pub paid: Map<Address, i128>,
}

/// The token refused a creator: what is due stays due.
#[contractevent]
pub struct Skipped {
    #[topic]
    pub run: BytesN<32>,
    #[topic]
    pub creator: Address,
    pub amount: i128,
}

#[contractevent]
pub struct RootAnchored {
    #[topic]
    pub kind: Symbol,
    #[topic]
    pub id: BytesN<32>,
    pub root: BytesN<32>,
}

#[contractevent]
pub struct ApproverSet {
    pub approver: Address,
}

#[contractevent]
pub struct RecorderSet {
    pub recorder: Address,
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
