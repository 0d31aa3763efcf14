//! Who pays the reserve of an entry or signer that comes or goes: its owner, or the sponsor named on it.

use stellar_xdr::{
    AccountEntry, AccountId, LedgerEntry, LedgerEntryExt, LedgerEntryExtensionV1,
    LedgerEntryExtensionV1Ext, LedgerHeader, LedgerKey, Signer, SponsorshipDescriptor, VecM,
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
    TooManySponsoring,
}

/// Counts one more entry (trust line, data, signer) on its owner. The owner must afford the reserve, or whoever sponsors
/// it right now, and is then returned.
pub fn add_subentry(layers: &mut Layers, owner: &AccountId) -> Result<Option<AccountId>, Refusal> {
    let header = layers.header().clone();
    let held = layers.load_account(owner).ok_or(Refusal::LowReserve)?;
    let sponsoring = account::extension_v2(held).map_or(0, |v2| v2.num_sponsoring);
    let total = u64::from(sponsoring) + u64::from(held.num_sub_entries) + 1;
    if held.num_sub_entries >= MOST_SUBENTRIES || total > u64::from(u32::MAX) {
        return Err(Refusal::TooManySubentries);
    }
    let Some(sponsor) = layers.sponsors.get(owner).cloned() else {
        let held = layers.load_account(owner).ok_or(Refusal::LowReserve)?;
        afford(&header, held, 1)?;
        held.num_sub_entries += 1;
        return Ok(None);
    };
    sponsor_more(layers, &sponsor, 1)?;
    if let Some(held) = layers.load_account(owner) {
        held.num_sub_entries += 1;
        account::grow_v2(held).num_sponsored += 1;
    }
    Ok(Some(sponsor))
}

fn afford(header: &LedgerHeader, account: &AccountEntry, units: u32) -> Result<(), Refusal> {
    match account::available(header, account) < i64::from(header.base_reserve) * i64::from(units) {
        true => Err(Refusal::LowReserve),
        false => Ok(()),
    }
}

fn sponsor_more(layers: &mut Layers, sponsor: &AccountId, units: u32) -> Result<(), Refusal> {
    let header = layers.header().clone();
    let sponsor = layers.load_account(sponsor).ok_or(Refusal::LowReserve)?;
    afford(&header, sponsor, units)?;
    let room = u32::MAX - sponsor.num_sub_entries;
    let v2 = account::grow_v2(sponsor);
    if v2.num_sponsoring > room.saturating_sub(units) {
        return Err(Refusal::TooManySponsoring);
    }
    v2.num_sponsoring += units;
    Ok(())
}

/// Whoever sponsors this new account right now takes its reserve on; none: it must hold its own.
pub fn sponsor_account(
    layers: &mut Layers,
    account: &mut AccountEntry,
) -> Result<Option<AccountId>, Refusal> {
    let Some(sponsor) = layers.sponsors.get(&account.account_id).cloned() else {
        return Ok(None);
    };
    sponsor_more(layers, &sponsor, ACCOUNT_UNITS)?;
    account::grow_v2(account).num_sponsored = ACCOUNT_UNITS;
    Ok(Some(sponsor))
}

/// The reserve of a claimable balance is always somebody's beside it: its maker's, or his sponsor's.
pub fn sponsor_balance(
    layers: &mut Layers,
    maker: &AccountId,
    units: u32,
) -> Result<AccountId, Refusal> {
    let sponsor = layers.sponsors.get(maker).unwrap_or(maker).clone();
    sponsor_more(layers, &sponsor, units)?;
    Ok(sponsor)
}

pub fn release_balance(layers: &mut Layers, sponsor: &AccountId, units: u32) {
    release_sponsor(layers, sponsor, units);
}

/// What an entry says of its sponsor.
pub fn extension(sponsor: Option<AccountId>) -> LedgerEntryExt {
    match sponsor {
        None => LedgerEntryExt::V0,
        sponsor => LedgerEntryExt::V1(LedgerEntryExtensionV1 {
            sponsoring_id: SponsorshipDescriptor(sponsor),
            ext: LedgerEntryExtensionV1Ext::V0,
        }),
    }
}

/// An entry keeps its extension once it has one.
pub fn set_sponsor(entry: &mut LedgerEntry, sponsor: Option<AccountId>) {
    match &mut entry.ext {
        LedgerEntryExt::V1(v1) => v1.sponsoring_id = SponsorshipDescriptor(sponsor),
        LedgerEntryExt::V0 => entry.ext = extension(sponsor),
    }
}

/// The reserve of an entry that is there already.
#[derive(Debug)]
pub struct Reserved<'a> {
    owner: &'a AccountId,
    units: u32,
}

impl<'a> Reserved<'a> {
    pub fn of(key: &LedgerKey, owner: &'a AccountId) -> Reserved<'a> {
        let units = match key {
            LedgerKey::Account(_) => ACCOUNT_UNITS,
            _ => 1,
        };
        Reserved { owner, units }
    }

    pub fn to_owner(&self, layers: &mut Layers, held: &AccountId) -> Result<(), Refusal> {
        let header = layers.header().clone();
        let owner = layers.load_account(self.owner).ok_or(Refusal::LowReserve)?;
        afford(&header, owner, self.units)?;
        let v2 = account::grow_v2(owner);
        v2.num_sponsored = v2.num_sponsored.saturating_sub(self.units);
        release_sponsor(layers, held, self.units);
        Ok(())
    }

    pub fn to_sponsor(&self, layers: &mut Layers, next: &AccountId) -> Result<(), Refusal> {
        sponsor_more(layers, next, self.units)?;
        if let Some(owner) = layers.load_account(self.owner) {
            account::grow_v2(owner).num_sponsored += self.units;
        }
        Ok(())
    }

    pub fn to_another(
        &self,
        layers: &mut Layers,
        held: &AccountId,
        next: &AccountId,
    ) -> Result<(), Refusal> {
        sponsor_more(layers, next, self.units)?;
        release_sponsor(layers, held, self.units);
        Ok(())
    }
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
pub fn insert_signer(owner: &mut AccountEntry, signer: Signer, sponsor: Option<AccountId>) {
    let place = owner.signers.partition_point(|held| held.key < signer.key);
    let mut signers = owner.signers.to_vec();
    signers.insert(place, signer);
    owner.signers = VecM::try_from(signers).unwrap_or_default();
    if account::extension_v2(owner).is_some() {
        let v2 = account::grow_v2(owner);
        let mut sponsors = v2.signer_sponsoring_i_ds.to_vec();
        sponsors.insert(place, SponsorshipDescriptor(sponsor));
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
