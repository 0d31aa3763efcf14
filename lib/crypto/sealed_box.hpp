// A secret under a passphrase: Argon2id makes the key, XChaCha20-Poly1305 seals (libsodium). The cost of the passphrase
// stands in the box, so it can rise later; boxes that ask for absurd work are refused before any is done.
#pragma once
#include "lib/base/random.hpp"
#include "lib/base/secret.hpp"

namespace passa::crypto {

struct PassphraseCost {
    std::uint64_t operations = 3; // libsodium's "moderate": about half a second
    std::uint64_t memory_bytes = 256U << 20;
};
inline constexpr PassphraseCost k_highest_cost{10, 4ULL << 30};

struct SealedBox {
    PassphraseCost cost;
    FixedBytes<16> salt{};
    FixedBytes<24> nonce{};
    Bytes sealed; // the secret and a tag of 16 bytes
};

struct Lock {
    const Secret& passphrase;
    std::string_view bound; // not hidden but sealed along: a box moved under another name does not open
    PassphraseCost cost = {};
};
SealedBox seal(const Secret& secret, const Lock& lock, Random& random);
// Errors crypto.cost (absurd cost), crypto.wrong_passphrase (or the box was changed: the two cannot be told apart).
Result<Secret> open(const SealedBox& box, const Secret& passphrase, std::string_view bound);

} // namespace passa::crypto
