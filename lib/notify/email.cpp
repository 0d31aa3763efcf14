// The body goes as base64: no line is too long, none begins with a dot, and no byte is more than 7 bits.
#include "lib/notify/email.hpp"

#include "lib/base/bytes.hpp"
#include "lib/base/text.hpp"

#include <algorithm>
#include <chrono>

namespace passa::notify {
namespace {

constexpr std::size_t k_line = 76;           // RFC 2045 6.8
constexpr std::size_t k_most_of_a_word = 45; // bytes whose base64 fits into one encoded word (RFC 2047 2)
constexpr std::size_t k_longest_subject = 150;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// Cut between characters, not within one.
std::string header_text(std::string_view text) {
    if (is_ascii(text)) return std::string{text};
    std::string out;
    while (!text.empty()) {
        auto n = std::min(text.size(), k_most_of_a_word);
        while (n < text.size() && (static_cast<unsigned char>(text[n]) & 0xc0U) == 0x80) --n;
        out += fmt::format("{}=?UTF-8?B?{}?=", out.empty() ? "" : "\r\n ", to_base64(as_bytes(text.substr(0, n))));
        text.remove_prefix(n);
    }
    return out;
}

std::string folded_base64(std::string_view text) {
    const auto all = to_base64(as_bytes(text));
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += k_line) out += all.substr(at, k_line) + "\r\n";
    return out;
}

std::string date_text(Instant at) { // RFC 5322 3.3, in UTC
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
    constexpr std::string_view k_months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    return fmt::format("{} {} {} {:02}:{:02}:{:02} +0000", static_cast<unsigned>(date.day()),
                       k_months.substr(std::size_t{3} * (static_cast<unsigned>(date.month()) - 1), 3),
                       static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

} // namespace

std::string letter_text(const Notice& notice, const Message& message, const Channel& channel) {
    return fmt::format("From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\n"
                       "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                       "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
                       channel.sender, join(channel.recipients, ",\r\n "),
                       header_text(printable(message.subject, k_longest_subject)), date_text(notice.created_at),
                       notice.id.text(), channel.sender.substr(channel.sender.find('@') + 1),
                       folded_base64(message.text));
}

} // namespace passa::notify
