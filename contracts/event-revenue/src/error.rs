//! Why something was refused. The numbers are part of the interface: they never change. (21 was another one.)
use soroban_sdk::contracterror;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum Error {
    /// The shares do not add up to 10,000 basis points.
    SharesNotWhole = 1,
    /// A plan names at least one party and at most 50, each once, none of them this contract.
    BadParties = 2,
    /// Amounts are more than nothing.
    BadAmount = 3,
    /// A guardian has paused it.
    Paused = 4,
    /// There is no such version of the plan.
    NoPlan = 5,
    /// A deposit, refund or batch of this reference was taken already.
    KnownReference = 6,
    /// More than what came in and is not given out yet.
    MoreThanHeld = 7,
    /// It would make somebody's due smaller than what was paid to him.
    WouldOverpay = 8,
    /// Nothing is owed.
    NothingOwed = 9,
    /// No such proposal waits.
    NoProposal = 10,
    /// Its time has not come.
    TooEarly = 11,
    /// It was not carried out in time.
    TooLate = 12,
    /// The guardian may not stop this.
    NotStoppable = 13,
    /// At most 50 at once.
    TooMany = 14,
    /// The money has left by the emergency exit: nothing is taken or paid any more.
    Closed = 15,
    /// The delay is one day at least and thirty at most.
    BadDelay = 16,
    /// Neither the admin nor the guardian.
    NotAllowed = 17,
    /// A sum is larger than any amount.
    Overflow = 18,
    /// At most 100 versions of a plan.
    TooManyVersions = 19,
    /// Something was deposited: a new plan is proposed, and holds for what comes later.
    Frozen = 20,
    /// Creators would earn more than the plan lets them.
    OverCap = 22,
}
