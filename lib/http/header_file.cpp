// One line a header.
#include "lib/http/header_file.hpp"

#include "lib/base/private_file.hpp"
#include "lib/base/text.hpp"

namespace passa::http {
namespace {

Error unreadable(const std::filesystem::path& file, const std::string& why, const std::string& hint) {
    return Error{{Kind::configuration, "http.header_file",
                  fmt::format("the headers in {} cannot be used: {}", printable(file.string()), why), hint}};
}

Secret read_headers(const std::filesystem::path& file) {
    auto read = read_private_file(file);
    if (const auto* problem = std::get_if<Unreadable>(&read)) throw unreadable(file, problem->why, problem->hint);
    return std::move(std::get<Secret>(read));
}

bool is_token(std::string_view name) { // RFC 9110 5.6.2
    return !name.empty() && name.find_first_not_of("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

bool is_value(std::string_view value) {
    for (const char c : value)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
    return !value.empty();
}

SecretHeader read_line(std::string_view line, std::size_t number) {
    const auto blank = line.find(' ');
    const auto colon = line.find(':', blank == std::string_view::npos ? 0 : blank);
    if (blank == std::string_view::npos || colon == std::string_view::npos ||
        !is_token(trim(line.substr(blank, colon - blank))) || !is_value(trim(line.substr(colon + 1))))
        throw Error{{Kind::configuration, "http.header", fmt::format("line {} of the header file is no header", number),
                     "write: HOST NAME: VALUE"}};
    const auto value = trim(line.substr(colon + 1));
    Secret kept{value.size()};
    std::copy(value.begin(), value.end(), kept.reveal().begin());
    return {to_lower(line.substr(0, blank)), std::string{trim(line.substr(blank, colon - blank))}, std::move(kept)};
}

} // namespace

std::vector<SecretHeader> load_headers(const std::filesystem::path& file) {
    const auto secret = read_headers(file);
    const std::string_view text{reinterpret_cast<const char*>(secret.reveal().data()), secret.size()};
    std::vector<SecretHeader> headers;
    std::size_t number = 0;
    for (const auto line : split_at(text, '\n')) {
        ++number;
        const auto words = trim(line);
        if (!words.empty() && words.front() != '#') headers.push_back(read_line(words, number));
    }
    return headers;
}

} // namespace passa::http
