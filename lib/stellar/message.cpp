// Source: SEP-53, Signing Procedure.
#include "lib/stellar/message.hpp"

#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"

namespace passa::stellar {

Hash256 message_hash(ByteView message) {
    crypto::Sha256 hash;
    hash.update(as_bytes("Stellar Signed Message:\n"));
    hash.update(message);
    return hash.finish();
}

crypto::Signature sign_message(Signer& signer, ByteView message) {
    const std::string_view text{reinterpret_cast<const char*>(message.data()), message.size()};
    const auto words = is_utf8(text) ? fmt::format("the message: {}", printable(text, k_longest_message))
                                     : fmt::format("a message of {} bytes that are no text", message.size());
    return signer.sign_shown(
        {message_hash(message), SignKind::message, {}, Bytes(message.begin(), message.end()), {words}});
}

bool is_signed_message(const crypto::PublicKey& key, ByteView message, const crypto::Signature& signature) {
    return crypto::verify(key, message_hash(message), signature);
}

} // namespace passa::stellar
