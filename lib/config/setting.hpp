// Every setting there is, as one table: its name in a file, its variable, its flag, what it means and what it refuses.
// The readers, `passa config explain` and the passa.yaml that `passa init` writes all come from it.
#pragma once
#include "lib/base/error.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace passa::config {

enum class Key : std::uint8_t {
    organizer,
    network,
    db,
    home,
    actor,
    idle_stop,
    colour,
    log,
    log_file,
    log_format,
    rpc_url,
    rpc_headers,
    rpc_timeout
};
inline constexpr std::size_t k_key_count = 13;

struct Setting {
    Key key;
    std::string_view name;     // in a file
    std::string_view variable; // in the environment
    std::string_view flag;     // on the command line; empty: it has none
    std::string_view doc;
    std::string_view example;                                  // a value, for the commented file
    std::string_view fallback;                                 // empty: none, or found out at run time
    std::optional<Problem> (*refuse)(const std::string& text); // a problem without its place
};

std::span<const Setting> settings(); // in the order of Key
const Setting& setting(Key key);
const Setting* find_setting(std::string_view name);
std::string nearest_setting(std::string_view name); // a hint

// The value as it may be seen: passwords in a connection string are blanked.
std::string shown(Key key, const std::string& value);
bool holds_password(const std::string& connection);
bool sounds_secret(std::string_view name); // a key that asks for something that must not be in a file

// A passa.yaml in which every setting is explained, and commented out but for the organizer: so that a second project
// in the same database, or an Organizer given another name, is not taken for the first.
std::string starter_file();

} // namespace passa::config
