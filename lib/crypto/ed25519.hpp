// Ed25519 signatures (RFC 8032) by libsodium: sign with a seed that never leaves locked memory, verify strictly.
#pragma once
#include "lib/base/random.hpp"
#include "lib/base/secret.hpp"

namespace passa::crypto {

using PublicKey = FixedBytes<32>;
using Signature = FixedBytes<64>;
inline constexpr std::size_t k_seed_size = 32;

// A seed with its public key. Moves, never copies.
class KeyPair {
public:
    // Error crypto.seed when the seed is not 32 bytes.
    static Result<KeyPair> from_seed(const Secret& seed);
    static KeyPair generate(Random& random);

    [[nodiscard]] const PublicKey& public_key() const { return m_public; }
    [[nodiscard]] Signature sign(ByteView message) const;
    [[nodiscard]] Secret seed() const; // for a keystore that is about to encrypt it
    // A pair of its own, the same each time for this seed, purpose (8 characters) and number, from which the seed
    // cannot be found (BLAKE2b keyed by the seed, as libsodium's crypto_kdf does it).
    [[nodiscard]] KeyPair derive(std::string_view purpose, std::uint64_t number) const;

private:
    KeyPair(Secret expanded, const PublicKey& key) : m_expanded(std::move(expanded)), m_public(key) {}
    Secret m_expanded; // libsodium's form: seed, then public key
    PublicKey m_public;
};

// False for a wrong signature, a non-canonical one, or a key of small order.
[[nodiscard]] bool verify(const PublicKey& key, ByteView message, const Signature& signature);

} // namespace passa::crypto
