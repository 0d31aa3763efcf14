// The table, and the small laws of its values.
#include "lib/config/setting.hpp"

#include "lib/base/text.hpp"
#include "lib/base/time.hpp"
#include "lib/db/target.hpp"
#include "lib/log/log.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace passa::config {
namespace {

constexpr std::size_t k_longest_value = 4096;

Problem bad_value(const std::string& message, std::string hint) {
    return {Kind::configuration, "config.value", message, std::move(hint)};
}

std::optional<Problem> refuse_line(const std::string& text) {
    if (trim(text).empty()) return bad_value("it has no value", "give it one, or remove it");
    if (text.size() > k_longest_value || printable(text, k_longest_value) != text)
        return bad_value("the value is not one line of plain text", "write it on one line");
    return std::nullopt;
}

std::optional<Problem> refuse_duration(const std::string& text) {
    const auto duration = parse_duration(text);
    return duration ? std::nullopt : std::optional{bad_value(duration.problem().message, duration.problem().hint)};
}

// An answer that is waited for less is never heard; one that is waited for longer is a hanging terminal.
std::optional<Problem> refuse_timeout(const std::string& text) {
    if (auto problem = refuse_duration(text)) return problem;
    const auto time = parse_duration(text).value();
    if (time >= std::chrono::seconds{1} && time <= std::chrono::minutes{1}) return std::nullopt;
    return bad_value(fmt::format("{} is not from 1s to 1m", printable(text, 40)), "write a time such as 30s");
}

std::optional<Problem> refuse_colour(const std::string& text) {
    if (text == "auto" || text == "always" || text == "never") return std::nullopt;
    return bad_value(fmt::format("'{}' is not a valid value", printable(text, 40)), "write auto, always or never");
}

std::optional<Problem> refuse_target(const std::string& text) {
    const auto target = db::parse_target(text);
    return target ? std::nullopt : std::optional{bad_value(target.problem().message, target.problem().hint)};
}

std::optional<Problem> refuse_level(const std::string& text) {
    const auto level = log::parse_level(text);
    return level ? std::nullopt : std::optional{bad_value(level.problem().message, level.problem().hint)};
}

std::optional<Problem> refuse_format(const std::string& text) {
    const auto format = log::parse_format(text);
    return format ? std::nullopt : std::optional{bad_value(format.problem().message, format.problem().hint)};
}

constexpr std::array<Setting, k_key_count> k_settings{{
    {Key::organizer, "organizer", "PASSA_ORGANIZER", "--organizer", "whose data; default: the only organizer there is",
     "demo-organizer", "", refuse_line},
    {Key::network, "network", "PASSA_NETWORK", "--network",
     "the network that money moves on; --yes must still name it where nobody can be asked", "demo-net", "",
     refuse_line},
    {Key::db, "db", "PASSA_DB", "--db", "a PostgreSQL server; default: a private database of passa's own",
     "host=db.example.org dbname=passa user=passa", "", refuse_target},
    {Key::home, "home", "PASSA_HOME", "", "passa's data folder: keys and the private database", "data", "",
     refuse_line},
    {Key::actor, "actor", "PASSA_ACTOR", "", "who acts, for the record; default: the system user", "box-office", "",
     refuse_line},
    {Key::idle_stop, "idle_stop", "PASSA_IDLE_STOP", "", "how long the private database stays up unused; 0s: for ever",
     "10m", "10m", refuse_duration},
    {Key::colour, "colour", "PASSA_COLOUR", "--no-color", "auto, always or never (also: NO_COLOR, CLICOLOR_FORCE)",
     "never", "auto", refuse_colour},
    {Key::log, "log", "PASSA_LOG", "", "what passa did on the way: off, error, warning, info (as --verbose) or debug",
     "info", "", refuse_level},
    {Key::log_file, "log_file", "PASSA_LOG_FILE", "", "where that goes, and the summary of each run; default: stderr",
     "passa.log", "", refuse_line},
    {Key::log_format, "log_format", "PASSA_LOG_FORMAT", "--log-format",
     "text, json or journal; default: text on a terminal, else JSON lines", "json", "", refuse_format},
    {Key::rpc_url, "rpc_url", "PASSA_RPC_URL", "",
     "RPC servers to ask instead of the network's own, blanks between them", "https://rpc.example.org", "",
     refuse_line},
    {Key::rpc_headers, "rpc_headers", "PASSA_RPC_HEADERS_FILE", "",
     "a file with lines HOST NAME: VALUE, for providers that want a key; only its owner may read it", "rpc-headers", "",
     refuse_line},
    {Key::rpc_timeout, "rpc_timeout", "PASSA_RPC_TIMEOUT", "", "how long one answer of an RPC server may take", "10s",
     "30s", refuse_timeout},
}};

} // namespace

std::span<const Setting> settings() { return k_settings; }
const Setting& setting(Key key) { return k_settings.at(static_cast<std::size_t>(key)); }

const Setting* find_setting(std::string_view name) {
    const auto it =
        std::find_if(k_settings.begin(), k_settings.end(), [&](const Setting& s) { return s.name == name; });
    return it == k_settings.end() ? nullptr : &*it;
}

std::string nearest_setting(std::string_view name) {
    std::vector<std::string> names;
    for (const auto& s : k_settings) names.emplace_back(s.name);
    const auto near = nearest_names(name, names);
    return near.empty() ? fmt::format("settings are: {}", join(names, ", "))
                        : fmt::format("did you mean {}?", near.front());
}

bool holds_password(const std::string& connection) {
    const auto target = db::parse_target(connection);
    return target && target->password;
}

bool sounds_secret(std::string_view name) {
    const auto lower = to_lower(name);
    for (const std::string_view word : {"password", "passphrase", "secret", "seed", "token", "private_key", "api_key"})
        if (lower.find(word) != std::string::npos) return true;
    return false;
}

namespace {

// What follows the host of a provider's server may be its key.
std::string hosts_of(const std::string& urls) {
    std::string hosts;
    for (std::size_t begin = 0; begin < urls.size();) {
        const auto blank = std::min(urls.find(' ', begin), urls.size());
        const auto url = std::string_view{urls}.substr(begin, blank - begin);
        const auto scheme = url.find("://");
        const auto end = url.find_first_of("/?#", scheme == std::string_view::npos ? 0 : scheme + 3);
        const auto host = url.substr(0, end);
        const bool has_user = host.find('@') != std::string_view::npos;
        if (!url.empty()) {
            if (!hosts.empty()) hosts += ' ';
            hosts += has_user ? "(a URL with a user in it)" : std::string{host};
            if (!has_user && end != std::string_view::npos && end + 1 < url.size()) hosts += "/***";
        }
        begin = blank + 1;
    }
    return hosts;
}

} // namespace

std::string shown(Key key, const std::string& value) {
    if (key == Key::rpc_url) return hosts_of(value);
    if (key != Key::db) return value;
    const auto target = db::parse_target(value);
    if (!target) return "(neither a URL nor keyword=value text)";
    return target->password ? target->text + " password=***" : value;
}

std::string starter_file() {
    std::string out = "# Settings of this project: they hold for every passa started in this folder or below it.\n"
                      "# Stronger are the environment (PASSA_*) and flags; see who won with: passa config explain\n"
                      "# No secrets here: passphrases and passwords come from files that only you can read.\n";
    for (const auto& s : k_settings)
        out += fmt::format("\n# {}\n{}{}: {}\n", s.doc, s.key == Key::organizer ? "" : "# ", s.name, s.example);
    return out;
}

} // namespace passa::config
