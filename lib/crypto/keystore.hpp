// Keys in files: one per key, readable by its owner alone, sealed under a passphrase. A key is never overwritten.
#pragma once
#include "lib/base/time.hpp"
#include "lib/crypto/sealed_box.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace passa::crypto {

// A key that is elsewhere: this program asks whatever holds it to sign.
struct SigningProgram {
    std::vector<std::string> words;           // its full path first; they stand in the clear
    Duration time = std::chrono::seconds{60}; // for one signature
};
inline constexpr std::size_t k_most_program_words = 32, k_most_program_bytes = 2000;
inline constexpr Duration k_longest_signing = std::chrono::minutes{10};

struct StoredKey {
    std::string name;
    std::string account; // the public side, as text: it stands in the clear
    SealedBox box;
    std::string sealed_as = {};                 // the name that the file itself says; older files say none
    std::optional<SigningProgram> program = {}; // then nothing is sealed here
};

class Keystore {
public:
    explicit Keystore(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    // Written whole or not at all, and on disk before this returns. Errors key.exists, key.name, key.write,
    // key.permissions.
    void add(const StoredKey& key) const;
    // Errors key.not_found with the nearest names, key.permissions (others may read it or write to the folder, or
    // it is not ours), key.format, key.mismatch (the file says that it is another key's).
    [[nodiscard]] Result<StoredKey> read(std::string_view name) const;
    // The same, whichever key the file says that it is.
    [[nodiscard]] Result<StoredKey> look_into(std::string_view name) const;
    [[nodiscard]] StoredKey get(std::string_view name) const; // read, thrown
    [[nodiscard]] std::vector<std::string> names() const;

private:
    [[nodiscard]] Result<std::filesystem::path> file_of(std::string_view name) const; // error key.name
    std::filesystem::path m_folder;
};

// What is sealed along with the seed: a file opens under no other name or account. The name stands in the clear too,
// so that a file in another one's place is seen without a passphrase.
std::string bound_text(std::string_view name, std::string_view account);

std::string to_file_text(const StoredKey& key);
Result<StoredKey> parse_file_text(std::string_view name, std::string_view text); // error key.format

} // namespace passa::crypto
