//! What has run out of time leaves at the end of the first ledger in which it no longer lives, and that ledger says so.

mod support;

use localnet::{ClosedLedger, Ledger};
use sha2::{Digest, Sha256};
use stellar_xdr::*;
use support::build::{ledger_of, now};
use support::network::{settings, PASSPHRASE};

/// The last ledger in which the entries live. The network begins at 10.
const END: u32 = 12;

fn entry(name: &str, durability: ContractDataDurability) -> LedgerEntry {
    entry_of(LedgerEntryData::ContractData(ContractDataEntry {
        ext: ExtensionPoint::V0,
        contract: ScAddress::Contract(ContractId(Hash([3; 32]))),
        key: ScVal::Symbol(ScSymbol(name.try_into().expect("a symbol"))),
        durability,
        val: ScVal::Void,
    }))
}

fn entry_of(data: LedgerEntryData) -> LedgerEntry {
    LedgerEntry {
        last_modified_ledger_seq: 10,
        data,
        ext: LedgerEntryExt::V0,
    }
}

fn ttl(of: &LedgerEntry, live_until_ledger_seq: u32) -> LedgerEntry {
    let key = of.to_key().to_xdr(Limits::none()).expect("valid XDR");
    let key_hash = Hash(Sha256::digest(key).into());
    entry_of(LedgerEntryData::Ttl(TtlEntry {
        key_hash,
        live_until_ledger_seq,
    }))
}

fn close(ledger: &mut Ledger) -> Vec<LedgerKey> {
    let ClosedLedger { meta, .. } = ledger.close(now(ledger) + 5, vec![]);
    let LedgerCloseMeta::V2(meta) = meta else {
        panic!("form 2")
    };
    meta.evicted_keys.into_vec()
}

/// A network with a temporary and a persistent entry that both end.
fn ending() -> (Ledger, LedgerEntry, LedgerEntry) {
    let temporary = entry("gone", ContractDataDurability::Temporary);
    let persistent = entry("kept", ContractDataDurability::Persistent);
    let mut ledger = ledger_of(&["a"]);
    let times = [ttl(&temporary, END), ttl(&persistent, END)];
    ledger.put(vec![temporary.clone(), persistent.clone()]);
    ledger.put(times.to_vec());
    (ledger, temporary, persistent)
}

#[test]
fn both_kinds_are_told_once_and_only_the_temporary_is_gone() {
    let (mut ledger, temporary, persistent) = ending();
    assert!(close(&mut ledger).is_empty(), "11");
    assert!(close(&mut ledger).is_empty(), "12: they still live");
    assert_eq!(ledger.live_until(&temporary.to_key()), Some(END));
    let mut told = close(&mut ledger);
    assert_eq!(told.pop(), Some(persistent.to_key()), "archived comes last");
    let mut deleted = vec![
        temporary.to_key(),
        ttl(&temporary, END).to_key(),
        ttl(&persistent, END).to_key(),
    ];
    told.sort();
    deleted.sort();
    assert_eq!(told, deleted);
    assert_eq!(ledger.get(&temporary.to_key()), None);
    assert_eq!(ledger.get(&persistent.to_key()), Some(&persistent));
    assert_eq!(ledger.live_until(&persistent.to_key()), Some(0), "archived");
    assert!(close(&mut ledger).is_empty(), "told once");
}

#[test]
fn a_longer_life_is_no_end() {
    let (mut ledger, temporary, persistent) = ending();
    close(&mut ledger);
    ledger.put(vec![ttl(&temporary, END + 1), ttl(&persistent, END + 1)]);
    close(&mut ledger);
    assert!(close(&mut ledger).is_empty(), "13");
    assert_eq!(close(&mut ledger).len(), 4, "14");
}

#[test]
fn a_network_that_goes_on_tells_nothing_twice() {
    let (mut ledger, _, persistent) = ending();
    for _ in 0..3 {
        close(&mut ledger);
    }
    let entries = ledger.entries().cloned().collect();
    let header = ledger.header().clone();
    let mut again = Ledger::restore(settings(PASSPHRASE), header, entries);
    assert!(close(&mut again).is_empty());
    assert_eq!(again.live_until(&persistent.to_key()), Some(0));
}
