// What stands in the clear at the front of a backup: how old it is, which passa can read it, and whose key opens it.
// All of it is sealed along, so a header that was edited opens nothing.
#pragma once
#include "lib/base/result.hpp"
#include "lib/base/time.hpp"

#include <string>

namespace passa::backup {

struct Header {
    Instant made_at;
    std::string made_by;    // passa's version and revision
    int schema_version = 0; // the last migration that the database had; 0: it was not asked
    std::string key;        // the name of the key that opens it
    std::string account;    // its public side
    std::string holds;      // "database", or what lib/backup/archive.hpp says
    std::string signer;     // the account of the key that signed the whole file
};

inline constexpr std::size_t k_longest_header = 2048;

std::string to_text(const Header& header);          // ends with an empty line
Result<Header> parse_header(std::string_view text); // the same text, whole; error backup.format

} // namespace passa::backup
