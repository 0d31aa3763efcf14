// By libsodium.
#include "lib/crypto/hmac.hpp"

#include <sodium.h>

namespace passa::crypto {

Hash256 hmac_sha256(ByteView key, ByteView message) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    crypto_auth_hmacsha256_update(&state, message.data(), message.size());
    Hash256 mac{};
    crypto_auth_hmacsha256_final(&state, mac.data());
    sodium_memzero(&state, sizeof state);
    return mac;
}

} // namespace passa::crypto
