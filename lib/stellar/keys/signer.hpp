// Whoever can sign for an account: a seed in memory, or a program that asks a device or a service (external.hpp).
#pragma once
#include "lib/crypto/ed25519.hpp"

#include <memory>
#include <string>
#include <vector>

namespace passa::stellar {

using SignatureHint = FixedBytes<4>;
SignatureHint hint_of(const crypto::PublicKey& key); // its last four bytes

// What a signature is wanted for, so that whoever gives it can look first.
enum class SignKind : std::uint8_t { transaction, authorization, message };
struct ToSign {
    Hash256 hash{}; // what is signed
    SignKind kind{};
    Hash256 network{};                   // its id; of a message none
    Bytes bytes;                         // TransactionEnvelope, HashIdPreimage, or the message itself
    std::vector<std::string> words = {}; // the same for people
};

class Signer {
public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual const crypto::PublicKey& public_key() const = 0;
    virtual crypto::Signature sign(const Hash256& hash) = 0; // Error when the signer cannot or will not
    // The same for whoever looks before he signs.
    virtual crypto::Signature sign_shown(const ToSign& shown) { return sign(shown.hash); }
    [[nodiscard]] virtual bool looks() const { return false; } // then what it is shown must be complete
    // The signer of channel `number` of this account, always the same: nobody has to keep its key. Null where no seed
    // is at hand to derive it from.
    [[nodiscard]] virtual std::unique_ptr<Signer> make_channel(std::uint64_t /*number*/) const { return nullptr; }
};

class SeedSigner final : public Signer {
public:
    explicit SeedSigner(crypto::KeyPair pair) : m_pair(std::move(pair)) {}
    static Result<SeedSigner> from_seed(const Secret& seed);         // 32 bytes; error crypto.seed
    static Result<SeedSigner> from_seed_text(std::string_view text); // S...; error strkey.invalid

    [[nodiscard]] const crypto::PublicKey& public_key() const override { return m_pair.public_key(); }
    crypto::Signature sign(const Hash256& hash) override { return m_pair.sign(hash); }
    [[nodiscard]] std::unique_ptr<Signer> make_channel(std::uint64_t number) const override;

private:
    crypto::KeyPair m_pair;
};

} // namespace passa::stellar
