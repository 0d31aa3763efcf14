//! An account's money and signers: what may be spent, what must stay, and the extensions that grow on an entry.

use stellar_xdr::{
    AccountEntry, AccountEntryExt, AccountEntryExtensionV1, AccountEntryExtensionV1Ext,
    AccountEntryExtensionV2, AccountEntryExtensionV2Ext, AccountEntryExtensionV3, AccountId,
    ExtensionPoint, LedgerHeader, Liabilities, MuxedAccount, PublicKey, SequenceNumber,
    SponsorshipDescriptor, String32, Thresholds, TimePoint, VecM,
};

/// The flag that freezes an account's other flags for good.
pub const AUTH_IMMUTABLE: u32 = 4;

/// The account behind an address that may carry an id.
pub fn id_of(address: &MuxedAccount) -> AccountId {
    let key = match address {
        MuxedAccount::Ed25519(key) => key.clone(),
        MuxedAccount::MuxedEd25519(muxed) => muxed.ed25519.clone(),
    };
    AccountId(PublicKey::PublicKeyTypeEd25519(key))
}

/// An account as it begins: its own key is its only signer.
pub fn begin(account_id: AccountId, balance: i64, sequence: i64) -> AccountEntry {
    AccountEntry {
        account_id,
        balance,
        seq_num: SequenceNumber(sequence),
        num_sub_entries: 0,
        inflation_dest: None,
        flags: 0,
        home_domain: String32::default(),
        thresholds: Thresholds([1, 0, 0, 0]),
        signers: VecM::default(),
        ext: AccountEntryExt::V0,
    }
}

/// The sequence number of an account created in this ledger.
pub fn starting_sequence(header: &LedgerHeader) -> i64 {
    i64::from(header.ledger_seq) << 32
}

pub fn liabilities(account: &AccountEntry) -> Liabilities {
    match &account.ext {
        AccountEntryExt::V0 => Liabilities {
            buying: 0,
            selling: 0,
        },
        AccountEntryExt::V1(v1) => v1.liabilities.clone(),
    }
}

pub fn extension_v2(account: &AccountEntry) -> Option<&AccountEntryExtensionV2> {
    match &account.ext {
        AccountEntryExt::V1(AccountEntryExtensionV1 {
            ext: AccountEntryExtensionV1Ext::V2(v2),
            ..
        }) => Some(v2),
        _ => None,
    }
}

/// When the account's sequence number was last moved: ledger and close time; zero for an account that never sent.
pub fn sequence_moved(account: &AccountEntry) -> (u32, u64) {
    match extension_v2(account).map(|v2| &v2.ext) {
        Some(AccountEntryExtensionV2Ext::V3(v3)) => (v3.seq_ledger, v3.seq_time.0),
        _ => (0, 0),
    }
}

/// Records that the sequence number moved in this ledger. Brings all extensions up to the third into being.
pub fn set_sequence_moved(account: &mut AccountEntry, header: &LedgerHeader) {
    let v2 = grow_v2(account);
    v2.ext = AccountEntryExtensionV2Ext::V3(AccountEntryExtensionV3 {
        ext: ExtensionPoint::V0,
        seq_ledger: header.ledger_seq,
        seq_time: TimePoint(header.scp_value.close_time.0),
    });
}

fn grow_v1(ext: &mut AccountEntryExt) -> &mut AccountEntryExtensionV1 {
    if let AccountEntryExt::V0 = ext {
        *ext = AccountEntryExt::V1(AccountEntryExtensionV1 {
            liabilities: Liabilities {
                buying: 0,
                selling: 0,
            },
            ext: AccountEntryExtensionV1Ext::V0,
        });
    }
    match ext {
        AccountEntryExt::V1(v1) => v1,
        AccountEntryExt::V0 => unreachable!("grown above"),
    }
}

pub fn grow_v2(account: &mut AccountEntry) -> &mut AccountEntryExtensionV2 {
    let signers = account.signers.len();
    let v1 = grow_v1(&mut account.ext);
    if let AccountEntryExtensionV1Ext::V0 = v1.ext {
        let none = vec![SponsorshipDescriptor(None); signers];
        v1.ext = AccountEntryExtensionV1Ext::V2(AccountEntryExtensionV2 {
            num_sponsored: 0,
            num_sponsoring: 0,
            signer_sponsoring_i_ds: VecM::try_from(none).unwrap_or_default(),
            ext: AccountEntryExtensionV2Ext::V0,
        });
    }
    match &mut v1.ext {
        AccountEntryExtensionV1Ext::V2(v2) => v2,
        AccountEntryExtensionV1Ext::V0 => unreachable!("grown above"),
    }
}

/// What the account must keep, in stroops.
pub fn min_balance(header: &LedgerHeader, account: &AccountEntry) -> i64 {
    let (sponsoring, sponsored) =
        extension_v2(account).map_or((0, 0), |v2| (v2.num_sponsoring, v2.num_sponsored));
    let units =
        2 + i64::from(account.num_sub_entries) + i64::from(sponsoring) - i64::from(sponsored);
    units.saturating_mul(i64::from(header.base_reserve))
}

/// What the account may spend: beyond its reserve and what its offers have promised. May be negative.
pub fn available(header: &LedgerHeader, account: &AccountEntry) -> i64 {
    account
        .balance
        .saturating_sub(min_balance(header, account))
        .saturating_sub(liabilities(account).selling)
}

/// Adds or takes; false, and nothing done, when reserve, promises or the greatest amount forbid it.
pub fn add_balance(header: &LedgerHeader, account: &mut AccountEntry, delta: i64) -> bool {
    let Some(balance) = account
        .balance
        .checked_add(delta)
        .filter(|balance| *balance >= 0)
    else {
        return false;
    };
    let promised = liabilities(account);
    if delta < 0 && balance.saturating_sub(min_balance(header, account)) < promised.selling {
        return false;
    }
    if delta != 0 && balance > i64::MAX - promised.buying {
        return false;
    }
    account.balance = balance;
    true
}
