//! A trust line's balance: limits, promises made by offers, and the issuer's leave.

use stellar_xdr::{
    LedgerEntry, LedgerEntryData, Liabilities, TrustLineEntry, TrustLineEntryExt,
    TrustLineEntryV1Ext,
};

/// May send and receive.
pub const AUTHORIZED: u32 = 1;
/// What comes in may be taken back by the issuer.
pub const CLAWBACK_ENABLED: u32 = 4;

pub fn in_entry(entry: &mut LedgerEntry) -> Option<&mut TrustLineEntry> {
    match &mut entry.data {
        LedgerEntryData::Trustline(line) => Some(line),
        _ => None,
    }
}

pub fn is_authorized(line: &TrustLineEntry) -> bool {
    line.flags & AUTHORIZED != 0
}

pub fn liabilities(line: &TrustLineEntry) -> Liabilities {
    match &line.ext {
        TrustLineEntryExt::V0 => Liabilities {
            buying: 0,
            selling: 0,
        },
        TrustLineEntryExt::V1(v1) => v1.liabilities.clone(),
    }
}

/// How many pool shares of the holder rest on this line.
pub fn pool_uses(line: &TrustLineEntry) -> i32 {
    match &line.ext {
        TrustLineEntryExt::V1(v1) => match &v1.ext {
            TrustLineEntryV1Ext::V2(v2) => v2.liquidity_pool_use_count,
            TrustLineEntryV1Ext::V0 => 0,
        },
        TrustLineEntryExt::V0 => 0,
    }
}

/// The smallest limit that still holds what is there and what is promised.
pub fn least_limit(line: &TrustLineEntry) -> i64 {
    line.balance.saturating_add(liabilities(line).buying)
}

/// Adds or takes; false, and nothing done, when the limit or promises forbid it.
pub fn add_balance(line: &mut TrustLineEntry, delta: i64) -> bool {
    let promised = liabilities(line);
    let Some(balance) = line.balance.checked_add(delta) else {
        return false;
    };
    if balance < promised.selling || balance > line.limit - promised.buying {
        return false;
    }
    line.balance = balance;
    true
}
