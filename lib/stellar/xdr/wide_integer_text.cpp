// 128- and 256-bit integers in decimal. XDR splits them into 64-bit words, the highest first; negative numbers are in
// two's complement.
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>

namespace passa::stellar::xdr {
namespace {

template <std::size_t N>
using Words = std::array<std::uint64_t, N>; // the highest first

template <std::size_t N>
void negate(Words<N>& words) {
    bool carry = true;
    for (auto word = words.rbegin(); word != words.rend(); ++word) {
        *word = ~*word + (carry ? 1 : 0);
        carry = carry && *word == 0;
    }
}

template <std::size_t N>
bool is_zero(const Words<N>& words) {
    return std::all_of(words.begin(), words.end(), [](auto word) { return word == 0; });
}

template <std::size_t N>
unsigned divide_by_ten(Words<N>& words) { // in halves, so that 64 bits suffice; returns the remainder
    std::uint64_t remainder = 0;
    for (auto& word : words) {
        const std::uint64_t high = remainder << 32 | word >> 32;
        const std::uint64_t low = (high % 10) << 32 | (word & 0xFFFFFFFFU);
        word = (high / 10) << 32 | low / 10;
        remainder = low % 10;
    }
    return static_cast<unsigned>(remainder);
}

template <std::size_t N>
bool times_ten_plus(Words<N>& words, unsigned digit) { // false: the number does not fit
    std::uint64_t carry = digit;
    for (auto word = words.rbegin(); word != words.rend(); ++word) {
        const std::uint64_t low = (*word & 0xFFFFFFFFU) * 10 + carry;
        const std::uint64_t high = (*word >> 32) * 10 + (low >> 32);
        *word = high << 32 | (low & 0xFFFFFFFFU);
        carry = high >> 32;
    }
    return carry == 0;
}

template <std::size_t N>
std::string write(Words<N> words, bool is_signed) {
    const bool negative = is_signed && words[0] >> 63 != 0;
    if (negative) negate(words);
    std::string text;
    do text += static_cast<char>('0' + divide_by_ten(words));
    while (!is_zero(words));
    if (negative) text += '-';
    std::reverse(text.begin(), text.end());
    return text;
}

template <std::size_t N>
bool read(std::string_view text, bool is_signed, Words<N>& words) {
    words = {};
    const bool negative = is_signed && text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.empty()) return false;
    for (const char c : text)
        if (c < '0' || c > '9' || !times_ten_plus(words, static_cast<unsigned>(c - '0'))) return false;
    if (negative) negate(words);
    return !is_signed || is_zero(words) || (words[0] >> 63 != 0) == negative;
}

} // namespace

std::string to_text(const UInt128Parts& n) { return write<2>({n.hi, n.lo}, false); }
std::string to_text(const Int128Parts& n) { return write<2>({static_cast<std::uint64_t>(n.hi), n.lo}, true); }
std::string to_text(const UInt256Parts& n) { return write<4>({n.hi_hi, n.hi_lo, n.lo_hi, n.lo_lo}, false); }
std::string to_text(const Int256Parts& n) {
    return write<4>({static_cast<std::uint64_t>(n.hi_hi), n.hi_lo, n.lo_hi, n.lo_lo}, true);
}

bool from_text(std::string_view text, UInt128Parts& n) {
    Words<2> words;
    if (!read(text, false, words)) return false;
    n = {words[0], words[1]};
    return true;
}

bool from_text(std::string_view text, Int128Parts& n) {
    Words<2> words;
    if (!read(text, true, words)) return false;
    n = {static_cast<std::int64_t>(words[0]), words[1]};
    return true;
}

bool from_text(std::string_view text, UInt256Parts& n) {
    Words<4> words;
    if (!read(text, false, words)) return false;
    n = {words[0], words[1], words[2], words[3]};
    return true;
}

bool from_text(std::string_view text, Int256Parts& n) {
    Words<4> words;
    if (!read(text, true, words)) return false;
    n = {static_cast<std::int64_t>(words[0]), words[1], words[2], words[3]};
    return true;
}

} // namespace passa::stellar::xdr
