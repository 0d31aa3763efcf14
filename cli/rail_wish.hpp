// Which rail a command asks the Context for, and whether it is to pay.
#pragma once
#include "cli/out/passphrase.hpp"

#include <optional>
#include <string>

namespace passa::cli {

// A rail over a treasury; `unlock` says where its key's passphrase comes from, and it is asked for when there is
// something to sign. Empty: it can read, not pay.
struct RailWish {
    std::string treasury; // its name
    std::optional<out::PassphraseSource> unlock = {};
};

} // namespace passa::cli
