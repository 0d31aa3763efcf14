// Ed25519 by libsodium. Its secret key form is seed and public key joined, 64 bytes, kept in one Secret.
#include "lib/crypto/ed25519.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace passa::crypto {
namespace {

static_assert(crypto_sign_SEEDBYTES == k_seed_size && crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_BYTES == 64);

void start_sodium() {
    static const bool started = sodium_init() >= 0;
    if (!started) throw Error{Problem{Kind::internal, "crypto.start", "libsodium could not start", ""}};
}

} // namespace

Result<KeyPair> KeyPair::from_seed(const Secret& seed) {
    if (seed.size() != k_seed_size)
        return Problem{Kind::invalid_input, "crypto.seed",
                       fmt::format("an Ed25519 seed has 32 bytes, not {}", seed.size()), ""};
    start_sodium();
    Secret expanded{crypto_sign_SECRETKEYBYTES};
    PublicKey key{};
    crypto_sign_seed_keypair(key.data(), expanded.reveal().data(), seed.reveal().data());
    return KeyPair{std::move(expanded), key};
}

KeyPair KeyPair::generate(Random& random) {
    Secret seed{k_seed_size};
    random.fill(seed.reveal());
    return from_seed(seed).value_or_throw();
}

Signature KeyPair::sign(ByteView message) const {
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), m_expanded.reveal().data());
    return signature;
}

Secret KeyPair::seed() const {
    Secret seed{k_seed_size};
    std::copy_n(m_expanded.reveal().begin(), k_seed_size, seed.reveal().begin());
    return seed;
}

KeyPair KeyPair::derive(std::string_view purpose, std::uint64_t number) const {
    static_assert(crypto_kdf_KEYBYTES == k_seed_size && crypto_kdf_CONTEXTBYTES == 8);
    PASSA_ASSERT(purpose.size() == crypto_kdf_CONTEXTBYTES);
    std::array<char, crypto_kdf_CONTEXTBYTES> context{};
    std::copy(purpose.begin(), purpose.end(), context.begin());
    Secret derived{k_seed_size};
    const auto own = seed();
    crypto_kdf_derive_from_key(derived.reveal().data(), k_seed_size, number, context.data(), own.reveal().data());
    return from_seed(derived).value_or_throw();
}

bool verify(const PublicKey& key, ByteView message, const Signature& signature) {
    start_sodium();
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

} // namespace passa::crypto
