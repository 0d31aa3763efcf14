// Messages signed outside of any transaction (SEP-53): proof that somebody has a key, not that he has its account.
#pragma once
#include "lib/stellar/keys/signer.hpp"

namespace passa::stellar {

inline constexpr std::size_t k_longest_message = std::size_t{1} << 20U; // bytes

Hash256 message_hash(ByteView message); // of the prefix and the message: no transaction hashes to it
crypto::Signature sign_message(Signer& signer, ByteView message);
bool is_signed_message(const crypto::PublicKey& key, ByteView message, const crypto::Signature& signature);

} // namespace passa::stellar
