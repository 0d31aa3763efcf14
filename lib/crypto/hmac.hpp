// HMAC-SHA256 (RFC 2104): how a receiver knows that a message is ours.
#pragma once
#include "lib/base/bytes.hpp"

namespace passa::crypto {
Hash256 hmac_sha256(ByteView key, ByteView message); // a key of any length
}
