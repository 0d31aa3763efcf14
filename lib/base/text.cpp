// Text laws: no locale, no surprises; bytes are UTF-8.
#include "lib/base/text.hpp"

#include "lib/base/secret_seed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <wchar.h>

namespace passa {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Decoded {
    char32_t code = 0;
    std::size_t length = 0; // 0: invalid
};

// One code point by RFC 3629; refuses overlong forms, surrogates and values above U+10FFFF.
Decoded decode_one(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4 || text.size() < length) return {};
    char32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        code = (code << 6) | (byte(i) & 0x3FU);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return {};
    return {code, length};
}

bool is_safe_on_a_terminal(char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
    const bool direction =
        c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    const bool break_or_mark = c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    return !control && !direction && !break_or_mark;
}

std::size_t width_of(char32_t c) {
    const bool combining = (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF) ||
                           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F) || c == 0x200B || c == 0x200D;
    const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                      (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                      (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1F64F) ||
                      (c >= 0x1F900 && c <= 0x1F9FF) || (c >= 0x20000 && c <= 0x3FFFD);
    return combining ? 0U : wide ? 2U : 1U;
}

} // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split_at(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
    return fmt::format("{}", fmt::join(parts, separator));
}

std::string to_lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto one = decode_one(text);
        if (one.length == 0) return false;
        text.remove_prefix(one.length);
    }
    return true;
}

std::string printable(std::string_view untrusted, std::size_t limit) {
    const auto without_seeds = without_secret_seeds(untrusted); // before anything is cut: half a seed is no seed to see
    std::string_view text = without_seeds;
    std::string out;
    while (!text.empty()) {
        if (out.size() >= limit) return out + "…";
        const auto one = decode_one(text);
        const auto length = one.length == 0 ? 1 : one.length;
        if (one.length != 0 && is_safe_on_a_terminal(one.code))
            out += text.substr(0, length);
        else
            for (const char c : text.substr(0, length)) out += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(c));
        text.remove_prefix(length);
    }
    return out;
}

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    while (!utf8.empty()) {
        const auto one = decode_one(utf8);
        width += one.length == 0 ? 1 : width_of(one.code);
        utf8.remove_prefix(one.length == 0 ? 1 : one.length);
    }
    return width;
}

// Optimal string alignment distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return above[b.size()];
}

std::vector<std::string> nearest_names(std::string_view wanted, std::span<const std::string> known) {
    constexpr std::size_t longest = 64;
    constexpr std::size_t most = 5;
    if (wanted.size() > longest) return {};
    const std::size_t reach = wanted.size() <= 3 ? 1 : 2;
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const auto& name : known) {
        if (name.size() > longest) continue;
        const auto distance = edit_distance(to_lower(wanted), to_lower(name));
        const bool begins = wanted.size() >= 3 && name.starts_with(wanted);
        if (distance <= reach || begins) found.emplace_back(distance, name);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
    std::vector<std::string> names;
    for (const auto& [distance, name] : found)
        if (names.size() < most) names.push_back(name);
    return names;
}

} // namespace passa
