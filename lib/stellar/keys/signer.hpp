// Whoever can sign for an account: today a seed in memory, later a device or a service.
#pragma once
#include "lib/crypto/ed25519.hpp"

namespace passa::stellar {

using SignatureHint = FixedBytes<4>;
SignatureHint hint_of(const crypto::PublicKey& key); // its last four bytes

class Signer {
public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual const crypto::PublicKey& public_key() const = 0;
    virtual crypto::Signature sign(const Hash256& hash) = 0; // Error when the signer cannot or will not
};

class SeedSigner final : public Signer {
public:
    explicit SeedSigner(crypto::KeyPair pair) : m_pair(std::move(pair)) {}
    static Result<SeedSigner> from_seed(const Secret& seed);         // 32 bytes; error crypto.seed
    static Result<SeedSigner> from_seed_text(std::string_view text); // S...; error strkey.invalid

    [[nodiscard]] const crypto::PublicKey& public_key() const override { return m_pair.public_key(); }
    crypto::Signature sign(const Hash256& hash) override { return m_pair.sign(hash); }

private:
    crypto::KeyPair m_pair;
};

} // namespace passa::stellar
