//! Why something was refused. The numbers are part of the interface: they never change.
use soroban_sdk::contracterror;
use timelock::Refusal;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum Error {
    /// A guardian has paused it.
    Paused = 1,
    /// No ticket of the event changes hands for now.
    Frozen = 2,
    /// This ticket is held back while somebody looks into it.
    Held = 3,
    /// The ticket is worth nothing any more.
    Invalid = 4,
    /// Somebody has gone in with it; it changes hands again when the event is over.
    CheckedIn = 5,
    /// It is offered for resale: that is ended first.
    Listed = 6,
    /// It is not offered for resale.
    NotListed = 7,
    /// The tier's tickets are not handed over, or not resold, at this time.
    OutsideWindow = 8,
    /// A resale may not cost so much.
    OverCap = 9,
    /// It is offered at another price than the buyer has seen.
    OtherPrice = 10,
    /// The offer was for a time that is over, or would be.
    Expired = 11,
    /// The ticket is somebody else's.
    NotOwner = 12,
    /// It is his already.
    SameOwner = 13,
    /// The admin trusts no such contract to hold tickets, or nobody of this address to move those of others.
    NotTrusted = 14,
    /// The owner has not allowed it, or not until now.
    NotApproved = 15,
    /// An approval ends now at the earliest, and when storage ends at the latest.
    BadExpiry = 16,
    /// There is no such ticket.
    NoTicket = 17,
    /// There is no such tier.
    NoTier = 18,
    /// As many tickets of the tier are out as there may be.
    TierFull = 19,
    /// The number belongs to a ticket of another tier or reference.
    IdTaken = 20,
    /// More at once than one transaction takes.
    TooMany = 21,
    /// Prices are not negative, a royalty is no more than the whole, and windows end after they begin.
    BadTier = 22,
    /// A ticket of the tier is out: a change of its rules is proposed.
    InUse = 23,
    /// The tiers would hold more tickets than the event.
    OverCapacity = 24,
    /// More tickets of the tier are out than it would hold.
    BelowLive = 25,
    /// At least one party and at most ten, each once, none of them this contract, and their shares are the whole.
    BadRoyalties = 26,
    /// A name of 1 to 64 bytes, a symbol of 1 to 16, an address of at most 200.
    BadText = 27,
    /// The delay is one day at least and thirty at most.
    BadDelay = 28,
    /// A price is more than nothing.
    BadAmount = 29,
    /// Nothing is owed.
    NothingOwed = 30,
    /// Neither the admin nor the guardian.
    NotAllowed = 31,
    /// No such proposal waits.
    NoProposal = 32,
    /// Its time has not come.
    TooEarly = 33,
    /// It was not carried out in time.
    TooLate = 34,
    /// The guardian may not stop this.
    NotStoppable = 35,
    /// A sum is larger than any amount.
    Overflow = 36,
    /// An event ends later than now: before that its tickets have rules, and after it none.
    BadEnd = 37,
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
