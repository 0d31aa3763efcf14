// The tokens of JSON. A string without escapes, which is nearly every one, is a piece of the text itself.
#include "lib/stellar/xdr/json_scan.hpp"

#include "lib/base/text.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace passa::stellar::xdr {
namespace {

std::array<bool, 256> make_plain() { // printable ASCII that stands for itself in a string
    std::array<bool, 256> plain{};
    for (std::size_t c = ' '; c < 127; ++c) plain[c] = c != '"' && c != '\\';
    return plain;
}
const auto k_plain = make_plain();

void append_utf8(std::uint32_t point, std::string& text) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (point < 0x80) return put(point);
    if (point < 0x800) {
        put(0xC0 | point >> 6);
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3F));
    } else {
        put(0xF0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3F));
        put(0x80 | (point >> 6 & 0x3F));
    }
    put(0x80 | (point & 0x3F));
}

template <typename T>
bool fits(std::string_view digits) {
    T number{};
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
}

} // namespace

JsonScanner::JsonScanner(std::string_view text) : m_text(text) {
    constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF"; // some editors put it before all else
    if (text.starts_with(k_byte_order_mark)) m_at = k_byte_order_mark.size();
}

bool JsonScanner::take_word(std::string_view word) {
    skip_blanks();
    if (!m_text.substr(m_at).starts_with(word)) return false;
    m_at += word.size();
    return true;
}

bool JsonScanner::take_string(std::string_view& taken) {
    if (!take('"')) return false;
    const auto begin = m_at;
    while (m_at < m_text.size() && k_plain[static_cast<std::uint8_t>(m_text[m_at])]) ++m_at;
    if (m_at == m_text.size()) return false;
    if (m_text[m_at] != '"') return take_odd_string(begin, taken);
    taken = m_text.substr(begin, m_at++ - begin);
    return true;
}

// With escapes, or not of ASCII alone.
bool JsonScanner::take_odd_string(std::size_t begin, std::string_view& taken) {
    m_string = m_text.substr(begin, m_at - begin);
    for (; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (c == '"') {
            ++m_at;
            taken = m_string;
            return is_utf8(m_string);
        }
        if (static_cast<std::uint8_t>(c) < ' ') return false;
        if (c != '\\')
            m_string += c;
        else if (!take_escape())
            return false;
    }
    return false;
}

bool JsonScanner::take_escape() { // from the backslash to the escape's last character
    constexpr std::string_view k_escapes = "\"\\/bfnrt", k_escaped = "\"\\/\b\f\n\r\t";
    if (++m_at == m_text.size()) return false;
    if (m_text[m_at] == 'u') return take_code_point();
    const auto letter = k_escapes.find(m_text[m_at]);
    if (letter == std::string_view::npos) return false;
    m_string += k_escaped[letter];
    return true;
}

bool JsonScanner::take_code_point() { // two of \uXXXX make one above U+FFFF; one of such a pair alone is none
    std::uint32_t point = 0;
    if (!take_hex4(point)) return false;
    if (point >= 0xDC00 && point <= 0xDFFF) return false;
    if (point >= 0xD800 && point <= 0xDBFF) {
        std::uint32_t low = 0;
        if (!m_text.substr(m_at + 1).starts_with("\\u")) return false;
        m_at += 2;
        if (!take_hex4(low) || low < 0xDC00 || low > 0xDFFF) return false;
        point = 0x10000 + ((point - 0xD800) << 10 | (low - 0xDC00));
    }
    append_utf8(point, m_string);
    return true;
}

bool JsonScanner::take_hex4(std::uint32_t& unit) { // from the 'u' to the last of four digits
    if (m_text.size() - m_at < 5) return false;
    const auto* const begin = m_text.data() + m_at + 1;
    m_at += 4;
    const auto read = std::from_chars(begin, begin + 4, unit, 16);
    return read.ec == std::errc{} && read.ptr == begin + 4;
}

bool JsonScanner::take_whole_number(std::string_view& digits) {
    skip_blanks();
    auto end = m_at;
    if (end < m_text.size() && m_text[end] == '-') ++end;
    const auto first = end;
    while (end < m_text.size() && is_digit(m_text[end])) ++end;
    if (end == first || (m_text[first] == '0' && end - first > 1)) return false;
    if (end < m_text.size() && std::string_view{".eE"}.find(m_text[end]) != std::string_view::npos) return false;
    digits = m_text.substr(m_at, end - m_at);
    if (digits == "-0") digits = "0";
    m_at = end;
    return fits<std::int64_t>(digits) || fits<std::uint64_t>(digits);
}

} // namespace passa::stellar::xdr
