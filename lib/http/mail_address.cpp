// What may stand in a command to a mail server: nothing that could end it or begin another.
#include "lib/http/mailer.hpp"

#include <algorithm>
#include <charconv>

namespace passa::http {
namespace {

constexpr std::size_t k_longest_address = 254; // RFC 5321 4.5.3.1.3, without the brackets
constexpr std::size_t k_longest_host = 253;    // RFC 1035 2.3.4
constexpr int k_highest_port = 65535;

bool is_host(std::string_view text) {
    return !text.empty() && text.size() <= k_longest_host && text.front() != '-' && text.front() != '.' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
               std::string_view::npos;
}

} // namespace

bool is_mail_address(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.size() > k_longest_address || text.front() == '-') return false;
    const auto name = text.substr(0, at);
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    return plain && name.find_first_of("\"<>()[],;:\\") == std::string_view::npos && is_host(text.substr(at + 1));
}

bool is_mail_server(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || !is_host(text.substr(0, colon))) return false;
    const auto port = text.substr(colon + 1);
    int number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    return error == std::errc{} && end == port.data() + port.size() && number > 0 && number <= k_highest_port;
}

} // namespace passa::http
