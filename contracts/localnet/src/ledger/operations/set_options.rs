//! setOptions: an account's flags, thresholds, signers, home domain.

use stellar_xdr::{
    AccountEntry, AccountId, OperationResult, OperationResultTr, SetOptionsOp, SetOptionsResult,
    Signer, SignerKey,
};

use super::{fail, is_plain_text, refused, Context, Outcome, Threshold};
use crate::ledger::layers::View;
use crate::ledger::{account, reserve, signatures};

const AUTH_REVOCABLE: u32 = 2;
const AUTH_CLAWBACK_ENABLED: u32 = 8;
const ALL_FLAGS: u32 = 15;
const MOST_SIGNERS: usize = 20;
/// Of thresholds and of a signer's weight.
const MOST_WEIGHT: u32 = 255;

fn answer(result: SetOptionsResult) -> OperationResultTr {
    OperationResultTr::SetOptions(result)
}

/// Who may sign is for the highest threshold.
pub fn threshold(op: &SetOptionsOp) -> Threshold {
    let weights = [
        op.master_weight,
        op.low_threshold,
        op.med_threshold,
        op.high_threshold,
    ];
    match weights.iter().any(Option::is_some) || op.signer.is_some() {
        true => Threshold::High,
        false => Threshold::Medium,
    }
}

pub fn check(op: &SetOptionsOp, source: &AccountId) -> Result<(), OperationResult> {
    let (set, clear) = (op.set_flags.unwrap_or(0), op.clear_flags.unwrap_or(0));
    let weights = [
        op.master_weight,
        op.low_threshold,
        op.med_threshold,
        op.high_threshold,
    ];
    let problem = if (set | clear) & !ALL_FLAGS != 0 {
        SetOptionsResult::UnknownFlag
    } else if set & clear != 0 {
        SetOptionsResult::BadFlags
    } else if weights
        .into_iter()
        .flatten()
        .any(|weight| weight > MOST_WEIGHT)
    {
        SetOptionsResult::ThresholdOutOfRange
    } else if op
        .signer
        .as_ref()
        .is_some_and(|signer| !is_good_signer(signer, source))
    {
        SetOptionsResult::BadSigner
    } else if op
        .home_domain
        .as_ref()
        .is_some_and(|domain| !is_plain_text(domain.as_slice()))
    {
        SetOptionsResult::InvalidHomeDomain
    } else {
        return Ok(());
    };
    Err(fail(answer(problem)))
}

fn is_good_signer(signer: &Signer, source: &AccountId) -> bool {
    let is_empty =
        matches!(&signer.key, SignerKey::Ed25519SignedPayload(signed) if signed.payload.is_empty());
    signer.weight <= MOST_WEIGHT && !is_empty && signer.key != signatures::own_key(source, 0).key
}

pub fn apply(op: &SetOptionsOp, context: &mut Context) -> Outcome {
    let heir = op.inflation_dest.as_ref();
    let heir_is_missing = heir.is_some_and(|heir| context.layers.account(heir).is_none());
    let source = context
        .layers
        .load_account(&context.source_id)
        .ok_or(OperationResult::OpNoAccount)?;
    if heir_is_missing {
        return Err(fail(answer(SetOptionsResult::InvalidInflation)));
    }
    source.inflation_dest = heir.cloned().or(source.inflation_dest.take());
    set_flags(op, source).map_err(|result| fail(answer(result)))?;
    if let Some(domain) = &op.home_domain {
        source.home_domain = domain.clone();
    }
    let weights = [
        op.master_weight,
        op.low_threshold,
        op.med_threshold,
        op.high_threshold,
    ];
    for (held, given) in source.thresholds.0.iter_mut().zip(weights) {
        *held = given
            .and_then(|given| u8::try_from(given).ok())
            .unwrap_or(*held);
    }
    if let Some(signer) = &op.signer {
        set_signer(signer, context)?;
    }
    Ok(answer(SetOptionsResult::Success))
}

fn set_flags(op: &SetOptionsOp, source: &mut AccountEntry) -> Result<(), SetOptionsResult> {
    for (asked, is_set) in [(op.clear_flags, false), (op.set_flags, true)] {
        let flags = asked.unwrap_or(0);
        if flags & ALL_FLAGS != 0 && source.flags & account::AUTH_IMMUTABLE != 0 {
            return Err(SetOptionsResult::CantChange);
        }
        source.flags = if is_set {
            source.flags | flags
        } else {
            source.flags & !flags
        };
    }
    let asked = op.set_flags.is_some() || op.clear_flags.is_some();
    let claws = source.flags & AUTH_CLAWBACK_ENABLED != 0;
    match asked && claws && source.flags & AUTH_REVOCABLE == 0 {
        true => Err(SetOptionsResult::AuthRevocableRequired),
        false => Ok(()),
    }
}

/// A weight of zero takes the signer away; one that is not there is no error.
fn set_signer(signer: &Signer, context: &mut Context) -> Result<(), OperationResult> {
    let source = context
        .layers
        .load_account(&context.source_id)
        .ok_or(OperationResult::OpNoAccount)?;
    match source
        .signers
        .iter()
        .position(|held| held.key == signer.key)
    {
        Some(place) if signer.weight == 0 => {
            reserve::remove_signer(context.layers, &context.source_id, place)
        }
        Some(place) => {
            if let Some(held) = source.signers.iter_mut().nth(place) {
                held.weight = signer.weight;
            }
        }
        None if signer.weight == 0 => {}
        None if source.signers.len() >= MOST_SIGNERS => {
            return Err(fail(answer(SetOptionsResult::TooManySigners)))
        }
        None => {
            let sponsor = reserve::add_subentry(context.layers, &context.source_id)
                .map_err(|refusal| refused(refusal, answer(SetOptionsResult::LowReserve)))?;
            if let Some(source) = context.layers.load_account(&context.source_id) {
                reserve::insert_signer(source, signer.clone(), sponsor);
            }
        }
    }
    Ok(())
}
