// The network id of a passphrase.
#include "lib/stellar/network_id.hpp"

#include "lib/crypto/hash.hpp"

namespace passa::stellar {

NetworkId make_network_id(std::string_view passphrase) { return {crypto::sha256(as_bytes(passphrase))}; }

} // namespace passa::stellar
