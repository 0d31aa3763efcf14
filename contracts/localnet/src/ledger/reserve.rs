//! Who pays the reserve of an entry or signer that comes or goes: its owner, or the sponsor named on it.

use stellar_xdr::{
    AccountEntry, AccountId, LedgerEntry, LedgerEntryExt, LedgerHeader, Signer,
    SponsorshipDescriptor, VecM,
};

use super::account;
use super::layers::{account_key, Layers, View};

/// Entries and signers an account may own.
const MOST_SUBENTRIES: u32 = 1000;
/// An account's own reserve, in units of the base reserve.
const ACCOUNT_UNITS: u32 = 2;

/// Why an entry could not be added to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    LowReserve,
    TooManySubentries,
}

/// Counts one more entry (trust line, data, signer) on its owner, who must afford the reserve.
pub fn add_subentry(header: &LedgerHeader, owner: &mut AccountEntry) -> Result<(), Refusal> {
    let sponsoring = account::extension_v2(owner).map_or(0, |v2| v2.num_sponsoring);
    let total = u64::from(sponsoring) + u64::from(owner.num_sub_entries) + 1;
    if owner.num_sub_entries >= MOST_SUBENTRIES || total > u64::from(u32::MAX) {
        return Err(Refusal::TooManySubentries);
    }
    if account::available(header, owner) < i64::from(header.base_reserve) {
        return Err(Refusal::LowReserve);
    }
    owner.num_sub_entries += 1;
    Ok(())
}

pub fn sponsor_of(entry: &LedgerEntry) -> Option<AccountId> {
    match &entry.ext {
        LedgerEntryExt::V1(v1) => v1.sponsoring_id.0.clone(),
        LedgerEntryExt::V0 => None,
    }
}

/// Frees the reserve of a trust line or data entry that is about to go.
pub fn release_subentry(layers: &mut Layers, owner: &AccountId, sponsor: Option<&AccountId>) {
    layers.load(&account_key(owner)); // told before its sponsor
    if let Some(sponsor) = sponsor {
        release_sponsor(layers, sponsor, 1);
    }
    if let Some(owner) = layers.load_account(owner) {
        owner.num_sub_entries = owner.num_sub_entries.saturating_sub(1);
        if sponsor.is_some() {
            let v2 = account::grow_v2(owner);
            v2.num_sponsored = v2.num_sponsored.saturating_sub(1);
        }
    }
}

/// Frees the reserve of an account that is about to go.
pub fn release_account(layers: &mut Layers, id: &AccountId) {
    let sponsor = layers.entry(&account_key(id)).and_then(sponsor_of);
    if let Some(sponsor) = sponsor {
        release_sponsor(layers, &sponsor, ACCOUNT_UNITS);
    }
}

fn release_sponsor(layers: &mut Layers, sponsor: &AccountId, units: u32) {
    if let Some(sponsor) = layers.load_account(sponsor) {
        let v2 = account::grow_v2(sponsor);
        v2.num_sponsoring = v2.num_sponsoring.saturating_sub(units);
    }
}

/// Puts a signer in its place in the sorted list; its reserve is not yet counted.
pub fn insert_signer(owner: &mut AccountEntry, signer: Signer) {
    let place = owner.signers.partition_point(|held| held.key < signer.key);
    let mut signers = owner.signers.to_vec();
    signers.insert(place, signer);
    owner.signers = VecM::try_from(signers).unwrap_or_default();
    if account::extension_v2(owner).is_some() {
        let v2 = account::grow_v2(owner);
        let mut sponsors = v2.signer_sponsoring_i_ds.to_vec();
        sponsors.insert(place, SponsorshipDescriptor(None));
        v2.signer_sponsoring_i_ds = VecM::try_from(sponsors).unwrap_or_default();
    }
}

/// Takes a signer off an account and frees its reserve, or its sponsor's.
pub fn remove_signer(layers: &mut Layers, owner: &AccountId, place: usize) {
    layers.load(&account_key(owner)); // told before its sponsor
    let sponsor = layers
        .account(owner)
        .and_then(|owner| signer_sponsor(owner, place));
    if let Some(sponsor) = &sponsor {
        release_sponsor(layers, sponsor, 1);
    }
    let Some(owner) = layers.load_account(owner) else {
        return;
    };
    owner.num_sub_entries = owner.num_sub_entries.saturating_sub(1);
    let mut signers = owner.signers.to_vec();
    signers.remove(place);
    if account::extension_v2(owner).is_some() {
        let v2 = account::grow_v2(owner);
        let mut sponsors = v2.signer_sponsoring_i_ds.to_vec();
        sponsors.remove(place);
        v2.signer_sponsoring_i_ds = VecM::try_from(sponsors).unwrap_or_default();
        v2.num_sponsored = v2
            .num_sponsored
            .saturating_sub(u32::from(sponsor.is_some()));
    }
    owner.signers = VecM::try_from(signers).unwrap_or_default();
}

fn signer_sponsor(owner: &AccountEntry, place: usize) -> Option<AccountId> {
    account::extension_v2(owner)?
        .signer_sponsoring_i_ds
        .get(place)?
        .0
        .clone()
}
