// Keys from words: BIP-39 (English) to a seed, SLIP-10 to the key of a path, as SEP-5 has it for Stellar.
#pragma once
#include "lib/base/result.hpp"
#include "lib/base/secret.hpp"

#include <span>

namespace passa::crypto {

// 64 bytes. Words are told apart by blanks, in capitals or not. Errors, which never tell a word:
// crypto.mnemonic (not 12, 15, 18, 21 or 24 of them; one that is not in the list, by its place; the checksum, which
// holds a word typed wrong or moved), crypto.mnemonic_passphrase (beyond ASCII, which would have to be NFKD first).
Result<Secret> seed_of_mnemonic(const Secret& words, const Secret& passphrase);

// 32 bytes: of Ed25519 all steps are hardened ones (SLIP-10), so they are written without the mark.
Secret derive_key(const Secret& seed, std::span<const std::uint32_t> path);

inline constexpr std::uint32_t k_most_index = 0x7FFF'FFFF;
Secret stellar_key(const Secret& seed, std::uint32_t index); // m/44'/148'/index'

} // namespace passa::crypto
