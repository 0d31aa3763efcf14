//! A local Stellar network without a real node behind it: what a test or a newcomer pays against.
//! `ledger` holds the rules of applying transactions, `queue` those of accepting them; everything that talks to
//! the outside stands in front of these two and adds no rule of its own.

pub mod ledger;
pub mod queue;

pub use ledger::account::begin as new_account;
pub use ledger::{
    mainnet_settings, Applied, AuthMode, BaseFees, ClosedLedger, Ledger, Settings, Simulated, Wish,
};
pub use queue::{Queue, Submission};
