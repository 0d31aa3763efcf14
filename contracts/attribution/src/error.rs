//! Why something was refused. The numbers are part of the interface: they never change.
use soroban_sdk::contracterror;
use timelock::Refusal;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum Error {
    /// A guardian has paused it.
    Paused = 1,
    /// Amounts are more than nothing.
    BadAmount = 2,
    /// A sum is larger than any amount.
    Overflow = 3,
    /// The window is an hour at least and sixty days at most.
    BadWindow = 4,
    /// The campaign ends later than now, and within three years.
    BadEnd = 5,
    /// The campaign is closed: nothing more is funded or approved.
    Closed = 6,
    /// The campaign has not ended.
    NotEnded = 7,
    /// What was not spent goes back once the campaign is closed.
    NotClosed = 8,
    /// He has funded under this reference already.
    KnownReference = 9,
    /// Nobody of this address has funded under this reference.
    NoFunding = 10,
    /// Of this funding nothing more is unspent.
    NothingUnspent = 11,
    /// The escrow does not hold so much that is not reserved.
    NotCovered = 12,
    /// No such run was approved.
    NoRun = 13,
    /// A run of this number was approved with another digest, total or count.
    OtherRun = 14,
    /// A run has 1 to 100,000 rows.
    BadCount = 15,
    /// More at once than one transaction takes.
    TooMany = 16,
    /// The creator's row of this run was recorded with other numbers.
    OtherNumbers = 17,
    /// These are not the rows that come next by the approved digest.
    OtherDigest = 18,
    /// The digest ends where count and total are not met, or goes on where they are.
    NotWhole = 19,
    /// The run has no row of this creator.
    NoRow = 20,
    /// The guardian holds the run or the row.
    Held = 21,
    /// Nothing is held here.
    NotHeld = 22,
    /// The admin has voided the run or the row.
    Void = 23,
    /// The row was paid already.
    AlreadyPaid = 24,
    /// The run is not whole, or its window is still open.
    InWindow = 25,
    /// The window is over: nothing of this run is held any more.
    WindowOver = 26,
    /// What this contract earned itself would be lost.
    BadCreator = 27,
    /// He has submitted this content already.
    KnownContent = 28,
    /// He has not submitted such content.
    NoContent = 29,
    /// The content was approved or rejected already.
    Judged = 30,
    /// Another root was anchored for this.
    OtherRoot = 31,
    /// The delay is one day at least and thirty at most.
    BadDelay = 32,
    /// Neither the admin nor the guardian.
    NotAllowed = 33,
    /// No such proposal waits.
    NoProposal = 34,
    /// Its time has not come.
    TooEarly = 35,
    /// It was not carried out in time.
    TooLate = 36,
    /// The guardian may not stop this.
    NotStoppable = 37,
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
