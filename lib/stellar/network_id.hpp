// Which network a signature is for: the hash of its passphrase is part of everything that is signed or derived.
#pragma once
#include "lib/base/bytes.hpp"

namespace passa::stellar {

struct NetworkId {
    Hash256 hash{};
    friend bool operator==(const NetworkId&, const NetworkId&) = default;
};

NetworkId make_network_id(std::string_view passphrase);

} // namespace passa::stellar
