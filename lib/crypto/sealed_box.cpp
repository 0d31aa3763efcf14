// libsodium's ready-made parts, joined as its documentation advises.
#include "lib/crypto/sealed_box.hpp"

#include <sodium.h>

namespace passa::crypto {
namespace {

static_assert(sizeof(SealedBox::salt) == crypto_pwhash_argon2id_SALTBYTES);
static_assert(sizeof(SealedBox::nonce) == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
constexpr std::size_t k_tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

Secret derive(const Secret& passphrase, const SealedBox& box) {
    if (sodium_init() < 0) throw Error{{Kind::internal, "crypto.start", "libsodium did not start", ""}};
    Secret key{crypto_aead_xchacha20poly1305_ietf_KEYBYTES};
    const auto words = passphrase.reveal();
    const int done = crypto_pwhash(key.reveal().data(), key.size(), reinterpret_cast<const char*>(words.data()),
                                   words.size(), box.salt.data(), box.cost.operations,
                                   static_cast<std::size_t>(box.cost.memory_bytes), crypto_pwhash_ALG_ARGON2ID13);
    if (done != 0)
        throw Error{{Kind::unavailable, "crypto.memory",
                     fmt::format("there are not {} MiB of memory to check the passphrase", box.cost.memory_bytes >> 20),
                     "free memory and try again"}};
    return key;
}

} // namespace

SealedBox seal(const Secret& secret, const Lock& lock, Random& random) {
    SealedBox box{lock.cost, {}, {}, Bytes(secret.size() + k_tag)};
    random.fill(box.salt);
    random.fill(box.nonce);
    const auto key = derive(lock.passphrase, box);
    const auto along = as_bytes(lock.bound);
    crypto_aead_xchacha20poly1305_ietf_encrypt(box.sealed.data(), nullptr, secret.reveal().data(), secret.size(),
                                               along.data(), along.size(), nullptr, box.nonce.data(),
                                               key.reveal().data());
    return box;
}

Result<Secret> open(const SealedBox& box, const Secret& passphrase, std::string_view bound) {
    if (box.cost.operations < 1 || box.cost.operations > k_highest_cost.operations ||
        box.cost.memory_bytes < crypto_pwhash_MEMLIMIT_MIN || box.cost.memory_bytes > k_highest_cost.memory_bytes)
        return Problem{Kind::configuration, "crypto.cost",
                       "the box asks for an absurd amount of work: it was not made by passa, or was changed", ""};
    if (box.sealed.size() < k_tag)
        return Problem{Kind::configuration, "crypto.wrong_passphrase", "the box is cut short", ""};
    const auto key = derive(passphrase, box);
    const auto along = as_bytes(bound);
    Secret secret{box.sealed.size() - k_tag};
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret.reveal().data(), nullptr, nullptr, box.sealed.data(),
                                                   box.sealed.size(), along.data(), along.size(), box.nonce.data(),
                                                   key.reveal().data()) != 0)
        return Problem{Kind::configuration, "crypto.wrong_passphrase",
                       "the passphrase is wrong, or the key file was changed",
                       "try again; a changed file comes back from your backup"};
    return secret;
}

} // namespace passa::crypto
