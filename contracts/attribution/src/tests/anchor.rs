//! Roots, once and for good.
use super::*;
use crate::event::RootAnchored;
use soroban_sdk::testutils::Events as _;
use soroban_sdk::{symbol_short, Event as _};

#[test]
fn a_root_is_anchored_once_and_never_changes() {
    let w = World::new();
    let (kind, id, root) = (symbol_short!("settled"), w.number(1), w.number(2));
    assert_eq!(w.contract.anchored(&kind, &id), None);
    w.contract.anchor(&kind, &id, &root);
    let told = RootAnchored {
        kind: kind.clone(),
        id: id.clone(),
        root: root.clone(),
    };
    let here = &w.contract.address;
    assert_eq!(w.env.events().all(), [told.to_xdr(&w.env, here)]);
    w.pass(DAY);
    w.contract.anchor(&kind, &id, &root);
    assert_eq!(w.env.events().all().events().len(), 0, "it was there");
    let other = w.contract.try_anchor(&kind, &id, &w.number(3));
    assert_eq!(refused!(other), Error::OtherRoot);
    let anchored = Some(Anchored { root, at: NOW });
    assert_eq!(w.contract.anchored(&kind, &id), anchored);
    w.contract.anchor(&symbol_short!("run"), &id, &w.number(3)); // of another kind
    assert_eq!(w.contract.anchored(&kind, &id), anchored);
}
