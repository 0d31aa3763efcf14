//! What a ledger's header says beyond the state: the value the network agreed on, signed by the one node there is, and
//! the list by which a reader skips back over many ledgers.

use ed25519_dalek::{Signer, SigningKey};
use stellar_xdr::{
    EnvelopeType, Hash, LedgerCloseValueSignature, LedgerHeader, NodeId, PublicKey, Signature,
    StellarValue, StellarValueExt, TimePoint, Uint256, VecM,
};

use super::hashing;

/// Ledgers between the entries of the skip list, from its first place to its last (stellar-core, SKIP_1 to SKIP_4).
const SKIPS: [u32; 4] = [50, 5_000, 50_000, 500_000];

/// The agreed value, as a validator proposes it (stellar-core, HerderImpl::makeStellarValue).
pub fn value(network_id: &Hash, tx_set_hash: Hash, close_time: u64) -> StellarValue {
    let kind = (EnvelopeType::Scpvalue as i32).to_be_bytes();
    let time = close_time.to_be_bytes();
    let message = [&network_id.0[..], &kind, &tx_set_hash.0, &time].concat();
    let node = node_key(network_id);
    let signature = node.sign(&message).to_bytes().to_vec();
    let node_id = PublicKey::PublicKeyTypeEd25519(Uint256(node.verifying_key().to_bytes()));
    StellarValue {
        tx_set_hash,
        close_time: TimePoint(close_time),
        upgrades: VecM::default(),
        ext: StellarValueExt::Signed(LedgerCloseValueSignature {
            node_id: NodeId(node_id),
            signature: Signature(signature.try_into().unwrap_or_default()),
        }),
    }
}

/// The value of a ledger that nobody agreed on: the first one.
pub fn first_value(close_time: u64) -> StellarValue {
    StellarValue {
        tx_set_hash: Hash::default(),
        close_time: TimePoint(close_time),
        upgrades: VecM::default(),
        ext: StellarValueExt::Basic,
    }
}

/// Everyone may know the node's key: on a network of one, nobody is to be convinced.
fn node_key(network_id: &Hash) -> SigningKey {
    SigningKey::from_bytes(&hashing::of_bytes(&[&network_id.0[..], b"validator"].concat()).0)
}

/// Every fifty ledgers the state's hash goes to the front of the list; the older ones move on at their own, longer
/// intervals (stellar-core, BucketManager::calculateSkipValues).
pub fn update_skip_list(header: &mut LedgerHeader) {
    if !header.ledger_seq.is_multiple_of(SKIPS[0]) {
        return;
    }
    let (mut behind, mut moving) = (0, 0);
    for pair in SKIPS.windows(2) {
        behind += pair[0];
        match header.ledger_seq.checked_sub(behind) {
            Some(rest) if rest > 0 && rest % pair[1] == 0 => moving += 1,
            _ => break,
        }
    }
    for place in (1..=moving).rev() {
        header.skip_list[place] = header.skip_list[place - 1].clone();
    }
    header.skip_list[0] = header.bucket_list_hash.clone();
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Verifier, VerifyingKey};
    use stellar_xdr::{Limited, Limits, ReadXdr};

    use super::*;

    fn header(sequence: u32) -> LedgerHeader {
        let zeros = std::io::Cursor::new([0; 1024]);
        let mut header = LedgerHeader::read_xdr(&mut Limited::new(zeros, Limits::none()))
            .expect("zeros are a header");
        header.ledger_seq = sequence;
        header.bucket_list_hash = Hash([9; 32]);
        header.skip_list = [1, 2, 3, 4].map(|byte| Hash([byte; 32]));
        header
    }

    #[test]
    fn old_hashes_move_on_at_their_own_intervals() {
        let cases = [
            (49, [1, 2, 3, 4]),
            (50, [9, 2, 3, 4]),
            (5_000, [9, 2, 3, 4]),
            (5_050, [9, 1, 3, 4]),
            (55_050, [9, 1, 2, 4]),
            (555_050, [9, 1, 2, 3]),
        ];
        for (sequence, wanted) in cases {
            let mut header = header(sequence);
            update_skip_list(&mut header);
            let wanted = wanted.map(|byte| Hash([byte; 32]));
            assert_eq!(header.skip_list, wanted, "{sequence}");
        }
    }

    #[test]
    fn the_value_is_signed_by_the_node_it_names() {
        let (network_id, set) = (Hash([1; 32]), Hash([2; 32]));
        let StellarValueExt::Signed(by) = value(&network_id, set, 77).ext else {
            panic!("signed")
        };
        let NodeId(PublicKey::PublicKeyTypeEd25519(key)) = by.node_id;
        let kind = 4u32.to_be_bytes(); // ENVELOPE_TYPE_SCPVALUE
        let message = [&[1; 32][..], &kind, &[2; 32], &77u64.to_be_bytes()].concat();
        let signature = ed25519_dalek::Signature::from_slice(&by.signature.0).expect("64 bytes");
        let key = VerifyingKey::from_bytes(&key.0).expect("a key");
        assert!(key.verify(&message, &signature).is_ok());
    }
}
