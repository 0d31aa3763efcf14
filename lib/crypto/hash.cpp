// SHA-256 by OpenSSL's EVP interface. The algorithm is fetched once: a fetch per hash costs more than a small hash.
#include "lib/crypto/hash.hpp"

#include <openssl/evp.h>

namespace passa::crypto {
namespace {

void check(int answer) {
    if (answer != 1) throw Error{Problem{Kind::internal, "crypto.hash", "OpenSSL refused to compute a SHA-256", ""}};
}

const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr); // lives as long as the process
    check(fetched != nullptr ? 1 : 0);
    return fetched;
}

using Context = std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)>;

Context make_context() {
    Context context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    check(context != nullptr ? 1 : 0);
    return context;
}

} // namespace

Hash256 sha256(ByteView bytes) {
    thread_local const Context context = make_context();
    Hash256 hash{};
    check(EVP_DigestInit_ex2(context.get(), algorithm(), nullptr));
    check(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()));
    check(EVP_DigestFinal_ex(context.get(), hash.data(), nullptr));
    return hash;
}

struct Sha256::State {
    Context context = make_context();
    State() { start(); }
    void start() const { check(EVP_DigestInit_ex2(context.get(), algorithm(), nullptr)); }
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(ByteView bytes) { check(EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size())); }

Hash256 Sha256::finish() {
    Hash256 hash{};
    check(EVP_DigestFinal_ex(m_state->context.get(), hash.data(), nullptr));
    m_state->start();
    return hash;
}

} // namespace passa::crypto
