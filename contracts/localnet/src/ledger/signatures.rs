//! Whose leave a transaction carries: signatures weighed against signers, and the rule that none may be superfluous.

use stellar_xdr::{
    AccountEntry, AccountId, DecoratedSignature, Hash, PublicKey, Signer, SignerKey,
    SignerKeyEd25519SignedPayload,
};

use super::hashing;
use super::verify::verify;

/// A signer weighs no more than this, whatever its entry says.
const MOST_WEIGHT: u32 = 255;
/// Checks of ed25519 signatures that one envelope may cost; beyond it no signature is valid.
const VERIFY_BUDGET: u32 = 1000;
/// Of an ed25519 signature, in bytes.
const SIGNATURE_SIZE: usize = 64;

/// The signatures of one envelope, and which of them were of use so far.
#[derive(Debug)]
pub struct Signatures<'a> {
    hash: &'a Hash,
    list: &'a [DecoratedSignature],
    used: Vec<bool>,
    budget: u32,
}

impl<'a> Signatures<'a> {
    pub fn new(hash: &'a Hash, list: &'a [DecoratedSignature]) -> Self {
        Signatures {
            hash,
            list,
            used: vec![false; list.len()],
            budget: VERIFY_BUDGET,
        }
    }

    /// Does what was signed reach the needed weight? At least one signer has to sign even when the need is zero.
    pub fn reach(&mut self, signers: &[Signer], needed: u32) -> bool {
        let mut weight = 0;
        for signer in signers {
            if matches!(&signer.key, SignerKey::PreAuthTx(hash) if hash.0 == self.hash.0) {
                weight += signer.weight.min(MOST_WEIGHT);
                if weight >= needed {
                    return true;
                }
            }
        }
        let kinds: [fn(&SignerKey) -> bool; 3] = [
            |key| matches!(key, SignerKey::HashX(_)),
            |key| matches!(key, SignerKey::Ed25519(_)),
            |key| matches!(key, SignerKey::Ed25519SignedPayload(_)),
        ];
        kinds.into_iter().any(|is_kind| {
            let mut left: Vec<&Signer> = signers
                .iter()
                .filter(|signer| is_kind(&signer.key))
                .collect();
            self.reach_by(&mut left, needed, &mut weight)
        })
    }

    /// Every signature counts for one signer at most, and every signer once.
    fn reach_by(&mut self, left: &mut Vec<&Signer>, needed: u32, weight: &mut u32) -> bool {
        for index in 0..self.list.len() {
            let Some(place) = left
                .iter()
                .position(|signer| self.verifies(index, &signer.key))
            else {
                continue;
            };
            self.used[index] = true;
            *weight += left.remove(place).weight.min(MOST_WEIGHT);
            if *weight >= needed {
                return true;
            }
        }
        false
    }

    pub fn all_used(&self) -> bool {
        self.used.iter().all(|used| *used)
    }

    fn verifies(&mut self, index: usize, key: &SignerKey) -> bool {
        let signature = &self.list[index];
        match key {
            SignerKey::HashX(hash) => {
                signature.hint.0 == hint(&hash.0)
                    && hashing::of_bytes(&signature.signature.0).0 == hash.0
            }
            SignerKey::Ed25519(public) => {
                signature.hint.0 == hint(&public.0)
                    && self.affords(index)
                    && verify(public, &signature.signature.0, &self.hash.0)
            }
            SignerKey::Ed25519SignedPayload(signed) => {
                signature.hint.0 == payload_hint(signed)
                    && self.affords(index)
                    && verify(&signed.ed25519, &signature.signature.0, &signed.payload)
            }
            SignerKey::PreAuthTx(_) => false,
        }
    }

    /// What cannot be a signature at all is not checked, and so costs nothing.
    fn affords(&mut self, index: usize) -> bool {
        if self.list[index].signature.0.len() != SIGNATURE_SIZE {
            return false;
        }
        let affords = self.budget > 0;
        self.budget = self.budget.saturating_sub(1);
        affords
    }
}

/// All who may sign for an account: its own key, when it has weight, and its signers.
pub fn signers_of(account: &AccountEntry) -> Vec<Signer> {
    let master = u32::from(account.thresholds.0[0]);
    let own = (master > 0).then(|| own_key(&account.account_id, master));
    own.into_iter()
        .chain(account.signers.iter().cloned())
        .collect()
}

pub fn own_key(id: &AccountId, weight: u32) -> Signer {
    let PublicKey::PublicKeyTypeEd25519(key) = &id.0;
    Signer {
        key: SignerKey::Ed25519(key.clone()),
        weight,
    }
}

/// The last four bytes; a shorter text is padded with zeros behind.
fn hint(bytes: &[u8]) -> [u8; 4] {
    let mut hint = [0; 4];
    let tail = &bytes[bytes.len().saturating_sub(4)..];
    hint[..tail.len()].copy_from_slice(tail);
    hint
}

fn payload_hint(signed: &SignerKeyEd25519SignedPayload) -> [u8; 4] {
    let (key, payload) = (hint(&signed.ed25519.0), hint(&signed.payload));
    std::array::from_fn(|place| key[place] ^ payload[place])
}
