//! What the operations have in common: how each is found, checked alone, and applied; one file each for the rest.

mod account_merge;
mod begin_sponsoring;
mod bump_sequence;
mod change_trust;
mod claim_balance;
mod claimable_balance;
mod clawback;
mod create_account;
mod end_sponsoring;
mod manage_data;
mod payment;
mod revoke_sponsorship;
mod set_options;
mod trust_flags;

use stellar_xdr::{
    AccountId, ChangeTrustAsset, MuxedAccount, OperationBody, OperationResult, OperationResultTr,
    SequenceNumber,
};

use super::events::Events;
use super::layers::Layers;
use super::reserve::Refusal;

/// Which of an account's thresholds an operation needs; the value is its place in the account's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    Low = 1,
    Medium = 2,
    High = 3,
}

/// What an operation works on.
#[derive(Debug)]
pub struct Context<'a, 'b, 'c> {
    pub layers: &'a mut Layers<'b>,
    pub events: &'a mut Events<'c>,
    pub source: &'a MuxedAccount,
    pub source_id: AccountId,
    /// Which operation of which transaction it is.
    pub place: Place,
    /// The highest sequence number with which this source sends in this ledger, when any transaction of it merges.
    pub highest_sequence: Option<i64>,
}

/// From which an operation takes the name of what it makes.
#[derive(Clone, Debug)]
pub struct Place {
    pub transaction_source: AccountId,
    pub sequence: SequenceNumber,
    pub number: u32,
}

/// Well: the operation's own result. Ill: whatever stands in its place.
pub type Outcome = Result<OperationResultTr, OperationResult>;

/// An operation's own code for its failure.
fn fail(result: OperationResultTr) -> OperationResult {
    OperationResult::OpInner(result)
}

/// Too many entries is no code of any one operation; too little money is.
fn refused(refusal: Refusal, low_reserve: OperationResultTr) -> OperationResult {
    match refusal {
        Refusal::LowReserve => fail(low_reserve),
        Refusal::TooManySubentries => OperationResult::OpTooManySubentries,
        Refusal::TooManySponsoring => OperationResult::OpTooManySponsoring,
    }
}

pub fn is_supported(body: &OperationBody) -> bool {
    match body {
        OperationBody::ChangeTrust(op) => !matches!(op.line, ChangeTrustAsset::PoolShare(_)),
        OperationBody::CreateAccount(_)
        | OperationBody::Payment(_)
        | OperationBody::SetOptions(_)
        | OperationBody::AccountMerge(_)
        | OperationBody::ManageData(_)
        | OperationBody::BumpSequence(_)
        | OperationBody::CreateClaimableBalance(_)
        | OperationBody::ClaimClaimableBalance(_)
        | OperationBody::AllowTrust(_)
        | OperationBody::SetTrustLineFlags(_)
        | OperationBody::Clawback(_)
        | OperationBody::ClawbackClaimableBalance(_)
        | OperationBody::BeginSponsoringFutureReserves(_)
        | OperationBody::EndSponsoringFutureReserves => true,
        OperationBody::RevokeSponsorship(op) => revoke_sponsorship::is_supported(op),
        _ => false,
    }
}

pub fn threshold(body: &OperationBody) -> Threshold {
    match body {
        OperationBody::AccountMerge(_) => Threshold::High,
        OperationBody::SetOptions(op) => set_options::threshold(op),
        OperationBody::BumpSequence(_)
        | OperationBody::AllowTrust(_)
        | OperationBody::SetTrustLineFlags(_)
        | OperationBody::ClaimClaimableBalance(_)
        | OperationBody::Inflation
        | OperationBody::ExtendFootprintTtl(_)
        | OperationBody::RestoreFootprint(_) => Threshold::Low,
        _ => Threshold::Medium,
    }
}

/// What can be said of the operation without looking at the ledger.
pub fn check(body: &OperationBody, source: &AccountId) -> Result<(), OperationResult> {
    match body {
        OperationBody::CreateAccount(op) => create_account::check(op, source),
        OperationBody::Payment(op) => payment::check(op),
        OperationBody::ChangeTrust(op) => change_trust::check(op, source),
        OperationBody::SetOptions(op) => set_options::check(op, source),
        OperationBody::AccountMerge(destination) => account_merge::check(destination, source),
        OperationBody::ManageData(op) => manage_data::check(op),
        OperationBody::BumpSequence(op) => bump_sequence::check(op),
        OperationBody::CreateClaimableBalance(op) => claimable_balance::check(op),
        OperationBody::ClaimClaimableBalance(_) | OperationBody::ClawbackClaimableBalance(_) => {
            Ok(())
        }
        OperationBody::AllowTrust(op) => trust_flags::check_allow(op, source),
        OperationBody::SetTrustLineFlags(op) => trust_flags::check_set(op, source),
        OperationBody::Clawback(op) => clawback::check(op, source),
        OperationBody::BeginSponsoringFutureReserves(op) => begin_sponsoring::check(op, source),
        OperationBody::EndSponsoringFutureReserves | OperationBody::RevokeSponsorship(_) => Ok(()),
        _ => Err(OperationResult::OpNotSupported),
    }
}

pub fn apply(body: &OperationBody, context: &mut Context) -> Outcome {
    match body {
        OperationBody::CreateAccount(op) => create_account::apply(op, context),
        OperationBody::Payment(op) => payment::apply(op, context),
        OperationBody::ChangeTrust(op) => change_trust::apply(op, context),
        OperationBody::SetOptions(op) => set_options::apply(op, context),
        OperationBody::AccountMerge(destination) => account_merge::apply(destination, context),
        OperationBody::ManageData(op) => manage_data::apply(op, context),
        OperationBody::BumpSequence(op) => bump_sequence::apply(op, context),
        OperationBody::CreateClaimableBalance(op) => claimable_balance::apply(op, context),
        OperationBody::ClaimClaimableBalance(op) => claim_balance::apply(op, context),
        OperationBody::AllowTrust(op) => trust_flags::apply_allow(op, context),
        OperationBody::SetTrustLineFlags(op) => trust_flags::apply_set(op, context),
        OperationBody::Clawback(op) => clawback::apply(op, context),
        OperationBody::ClawbackClaimableBalance(op) => clawback::apply_to_balance(op, context),
        OperationBody::BeginSponsoringFutureReserves(op) => begin_sponsoring::apply(op, context),
        OperationBody::EndSponsoringFutureReserves => end_sponsoring::apply(context),
        OperationBody::RevokeSponsorship(op) => revoke_sponsorship::apply(op, context),
        _ => Err(OperationResult::OpNotSupported),
    }
}

/// Printable ASCII, the only text accounts may hold.
fn is_plain_text(text: &[u8]) -> bool {
    text.iter().all(|byte| (0x20..0x7f).contains(byte))
}
