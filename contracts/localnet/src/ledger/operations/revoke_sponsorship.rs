//! revokeSponsorship: an entry's reserve goes back to its owner, or over to whoever sponsors the source right now.
//! (Signers and claimable balances come with their time.)

use stellar_xdr::{
    AccountId, LedgerKey, OperationResult, OperationResultTr, RevokeSponsorshipOp,
    RevokeSponsorshipResult,
};

use super::{fail, refused, Context, Outcome};
use crate::ledger::reserve::{self, Reserved};

fn answer(result: RevokeSponsorshipResult) -> OperationResultTr {
    OperationResultTr::RevokeSponsorship(result)
}

pub fn is_supported(op: &RevokeSponsorshipOp) -> bool {
    match op {
        RevokeSponsorshipOp::LedgerEntry(key) => owner_of(key).is_some(),
        RevokeSponsorshipOp::Signer(_) => false,
    }
}

fn owner_of(key: &LedgerKey) -> Option<&AccountId> {
    match key {
        LedgerKey::Account(key) => Some(&key.account_id),
        LedgerKey::Trustline(key) => Some(&key.account_id),
        LedgerKey::Data(key) => Some(&key.account_id),
        _ => None,
    }
}

pub fn apply(op: &RevokeSponsorshipOp, context: &mut Context) -> Outcome {
    let RevokeSponsorshipOp::LedgerEntry(key) = op else {
        return Err(OperationResult::OpNotSupported);
    };
    let owner = owner_of(key).ok_or(OperationResult::OpNotSupported)?;
    let entry = context
        .layers
        .load(key)
        .ok_or(fail(answer(RevokeSponsorshipResult::DoesNotExist)))?;
    let held = reserve::sponsor_of(entry);
    if held.as_ref().unwrap_or(owner) != &context.source_id {
        return Err(fail(answer(RevokeSponsorshipResult::NotSponsor)));
    }
    let next = context.layers.sponsors.get(&context.source_id);
    let next = next.filter(|sponsor| *sponsor != owner).cloned();
    move_reserve(context, key, owner, (held, next))
        .map_err(|refusal| refused(refusal, answer(RevokeSponsorshipResult::LowReserve)))?;
    Ok(answer(RevokeSponsorshipResult::Success))
}

fn move_reserve(
    context: &mut Context,
    key: &LedgerKey,
    owner: &AccountId,
    (held, next): (Option<AccountId>, Option<AccountId>),
) -> Result<(), reserve::Refusal> {
    let reserved = Reserved::of(key, owner);
    let layers = &mut *context.layers;
    match (held, next) {
        (None, None) => return Ok(()),
        (Some(held), None) => reserved.to_owner(layers, &held)?,
        (None, Some(next)) => reserved.to_sponsor(layers, &next)?,
        (Some(held), Some(next)) => reserved.to_another(layers, &held, &next)?,
    }
    let sponsor = context.layers.sponsors.get(&context.source_id);
    let sponsor = sponsor.filter(|sponsor| *sponsor != owner).cloned();
    if let Some(entry) = context.layers.load(key) {
        reserve::set_sponsor(entry, sponsor);
    }
    Ok(())
}
