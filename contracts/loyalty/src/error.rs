//! Why something was refused. The numbers are part of the interface: they never change.
use soroban_sdk::contracterror;
use timelock::Refusal;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum Error {
    /// A guardian has paused it.
    Paused = 1,
    /// Amounts are not negative; rewards and what vouchers cost are more than nothing.
    BadAmount = 2,
    /// He does not have so much.
    TooLittle = 3,
    /// The owner has not allowed so much, or not until now.
    OverAllowance = 4,
    /// An allowance ends now at the earliest, and when storage ends at the latest.
    BadExpiry = 5,
    /// The admin has set no cap for this event: nothing is earned by it.
    NoEvent = 6,
    /// More than may be earned by this event in all.
    OverEventCap = 7,
    /// More than may be earned in a day by all events together.
    OverDailyCap = 8,
    /// He was rewarded for this already, with another amount.
    OtherAmount = 9,
    /// More at once than one transaction takes.
    TooMany = 10,
    /// Something was spent on this voucher already.
    KnownVoucher = 11,
    /// What this contract held itself would be lost.
    BadHolder = 12,
    /// More may be earned in a day only after it was proposed.
    NotLower = 13,
    /// A name of 1 to 64 bytes, a symbol of 1 to 16, and at most 18 decimals.
    BadText = 14,
    /// The delay is one day at least and thirty at most.
    BadDelay = 15,
    /// Neither the admin nor the guardian.
    NotAllowed = 16,
    /// No such proposal waits.
    NoProposal = 17,
    /// Its time has not come.
    TooEarly = 18,
    /// It was not carried out in time.
    TooLate = 19,
    /// The guardian may not stop this.
    NotStoppable = 20,
    /// A sum is larger than any amount.
    Overflow = 21,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Absent => Error::NoProposal,
            Refusal::TooEarly => Error::TooEarly,
            Refusal::TooLate => Error::TooLate,
        }
    }
}
