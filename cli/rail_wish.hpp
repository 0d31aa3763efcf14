// Which rail a command asks the Context for, and whether it is to pay.
#pragma once
#include "cli/out/passphrase.hpp"

#include <optional>
#include <string>

namespace passa::cli {

// A rail over a treasury; `unlock` says where its key's passphrase comes from, and it is asked for when there is
// something to sign. Empty: it can read, not pay. Where it is known that something will be signed, what is wrong with
// the key is said at once, before anybody consents; a passphrase that must be typed is still asked for last.
struct RailWish {
    std::string treasury; // its name
    std::optional<out::PassphraseSource> unlock = {};
    bool will_sign = false;
    struct Channel {
        std::int64_t number = 0;
        std::string address;
    };
    std::optional<Channel> channel = {}; // whose sequence numbers are used; none: the treasury's own
};

} // namespace passa::cli
