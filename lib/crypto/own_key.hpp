// The key by which a home signs what it writes while nobody is there to unlock another: backups, heads of the audit
// trail. It lies in the clear in a file of its owner alone, so it says "this home wrote it", never "a person agreed";
// no treasury may use it, for it is not in the keystore.
#pragma once
#include "lib/crypto/ed25519.hpp"

#include <filesystem>

namespace passa::crypto {

inline constexpr const char* k_own_key_file = "home.seed"; // beside the keystore's files, so that one copy has all

// Nothing when there is no such file. Errors key.permissions, key.format.
std::optional<KeyPair> find_own_key(const std::filesystem::path& file);
// Made at first use; two that make it at once end with the same. Error key.write, and those of find_own_key.
KeyPair load_own_key(const std::filesystem::path& file);

} // namespace passa::crypto
