//! Does this key stand behind these bytes? A good signature is remembered: it is asked for again for every operation,
//! and when the transaction is sent, chosen and run. (Counting and limits are the asker's affair.)

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use ed25519_dalek::{Signature, VerifyingKey};
use stellar_xdr::Uint256;

use super::hashing;

/// Signatures remembered at most; beyond it memory begins anew.
const MOST: usize = 100_000;

static KNOWN: LazyLock<Mutex<HashSet<[u8; 32]>>> = LazyLock::new(Mutex::default);

pub fn verify(public: &Uint256, signature: &[u8], message: &[u8]) -> bool {
    let size = [signature.len() as u8]; // at most 64
    let name = hashing::of_bytes(&[&public.0, &size[..], signature, message].concat()).0;
    if known(|names| names.contains(&name)) {
        return true;
    }
    let key = VerifyingKey::from_bytes(&public.0);
    let signature = Signature::from_slice(signature);
    let is_good = matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_strict(message, &signature).is_ok());
    if is_good {
        known(|names| {
            if names.len() >= MOST {
                names.clear();
            }
            names.insert(name);
        });
    }
    is_good
}

/// A set that somebody's panic left behind is whole all the same: each change is one step.
fn known<T>(ask: impl FnOnce(&mut HashSet<[u8; 32]>) -> T) -> T {
    ask(&mut KNOWN.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    #[test]
    fn what_is_remembered_is_this_key_this_signature_and_this_message() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let public = Uint256(key.verifying_key().to_bytes());
        let signature = key.sign(b"message").to_bytes();
        for _ in 0..2 {
            assert!(verify(&public, &signature, b"message"));
            assert!(!verify(&public, &signature, b"messages"));
            assert!(!verify(&public, &signature[..63], b"message"));
            assert!(!verify(&Uint256([7; 32]), &signature, b"message"));
        }
    }
}
