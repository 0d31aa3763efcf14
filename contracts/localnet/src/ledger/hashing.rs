//! The digests the network is built from: sha256 over the XDR of a value.

use sha2::{Digest, Sha256};
use stellar_xdr::{Hash, Limits, WriteXdr};

pub fn of_bytes(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// Writing to memory fails only when a value breaks its own schema limits, which its type cannot hold.
pub fn of_xdr<T: WriteXdr>(value: &T) -> Hash {
    of_bytes(&value.to_xdr(Limits::none()).unwrap_or_default())
}
