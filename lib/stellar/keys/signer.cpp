// Signing with a seed.
#include "lib/stellar/keys/signer.hpp"

#include "lib/stellar/strkey.hpp"

#include <algorithm>

namespace passa::stellar {

SignatureHint hint_of(const crypto::PublicKey& key) {
    SignatureHint hint{};
    std::copy(key.end() - 4, key.end(), hint.begin());
    return hint;
}

Result<SeedSigner> SeedSigner::from_seed(const Secret& seed) {
    auto pair = crypto::KeyPair::from_seed(seed);
    if (!pair) return pair.problems();
    return SeedSigner{std::move(pair).value()};
}

Result<SeedSigner> SeedSigner::from_seed_text(std::string_view text) {
    const auto seed = parse_seed(text);
    if (!seed) return seed.problems();
    return from_seed(seed.value());
}

std::unique_ptr<Signer> SeedSigner::make_channel(std::uint64_t number) const {
    return std::make_unique<SeedSigner>(m_pair.derive("channels", number));
}

} // namespace passa::stellar
