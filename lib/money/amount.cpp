// Checked arithmetic and exact text.
#include "lib/money/amount.hpp"

#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::money {
namespace {

constexpr std::size_t k_most_digits = 30;

Problem overflow() {
    return {Kind::failed, "money.overflow", "an amount grew beyond 128 bits", "check the input for absurd values"};
}

Problem bad_amount(std::string_view text, std::string_view why) {
    return {Kind::invalid_input, "money.amount", fmt::format("'{}' is not an amount: {}", text.substr(0, 60), why),
            "write it like \"1234.50 KES\""};
}

Uint128 magnitude(Int128 value) {
    return value < 0 ? Uint128{0} - static_cast<Uint128>(value) : static_cast<Uint128>(value);
}

std::string digits_of(Uint128 value) {
    std::string digits;
    do digits += static_cast<char>('0' + static_cast<int>(value % 10));
    while ((value /= 10) != 0);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::string with_thousands(std::string_view number) {
    const auto start = number.starts_with('-') ? 1U : 0U;
    const auto whole_end = std::min(number.find('.'), number.size());
    std::string out{number.substr(0, start)};
    for (std::size_t i = start; i < whole_end; ++i) {
        if (i > start && (whole_end - i) % 3 == 0) out += ',';
        out += number[i];
    }
    return out + std::string{number.substr(whole_end)};
}

} // namespace

std::string to_text(Int128 value) { return (value < 0 ? "-" : "") + digits_of(magnitude(value)); }

Result<Int128> parse_int128(std::string_view digits) {
    const Problem bad{Kind::invalid_input, "money.integer",
                      fmt::format("'{}' is not a whole number", digits.substr(0, 60)), ""};
    const bool negative = digits.starts_with('-');
    const auto body = negative ? digits.substr(1) : digits;
    if (body.empty() || body.size() > 39) return bad;
    Int128 value = 0;
    for (const char c : body) {
        if (c < '0' || c > '9') return bad;
        const Int128 digit = c - '0';
        if (__builtin_mul_overflow(value, Int128{10}, &value) || __builtin_sub_overflow(value, digit, &value))
            return bad;
    }
    // Counted downwards, since the most negative value has no positive twin.
    if (!negative && __builtin_sub_overflow(Int128{0}, value, &value)) return bad;
    return value;
}

Amount& Amount::operator+=(const Amount& other) {
    require_same_asset(other);
    if (__builtin_add_overflow(m_minor, other.m_minor, &m_minor)) throw Error{overflow()};
    return *this;
}

Amount& Amount::operator-=(const Amount& other) {
    require_same_asset(other);
    if (__builtin_sub_overflow(m_minor, other.m_minor, &m_minor)) throw Error{overflow()};
    return *this;
}

Amount Amount::operator-() const {
    Int128 negated = 0;
    if (__builtin_sub_overflow(Int128{0}, m_minor, &negated)) throw Error{overflow()};
    return {negated, m_asset};
}

std::strong_ordering Amount::compare(const Amount& other) const {
    require_same_asset(other);
    return m_minor < other.m_minor   ? std::strong_ordering::less
           : m_minor > other.m_minor ? std::strong_ordering::greater
                                     : std::strong_ordering::equal;
}

void Amount::require_same_asset(const Amount& other) const {
    if (m_asset == other.m_asset) return;
    throw Error{{Kind::internal, "money.asset_mixed",
                 fmt::format("amounts of {} and {} cannot be added or compared", m_asset.id, other.m_asset.id), ""}};
}

std::string Amount::number() const {
    auto digits = digits_of(magnitude(m_minor));
    const auto scale = static_cast<std::size_t>(m_asset.scale);
    if (scale > 0) {
        if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
        digits.insert(digits.size() - scale, ".");
    }
    return (m_minor < 0 ? "-" : "") + digits;
}

std::string Amount::text() const { return number() + " " + m_asset.id; }
std::string Amount::for_people() const { return with_thousands(number()) + " " + std::string{m_asset.code()}; }

Result<Amount> parse_number(std::string_view number, const Asset& asset) {
    auto body = number;
    const bool negative = body.starts_with('-');
    if (negative) body.remove_prefix(1);
    const auto point = body.find('.');
    const auto whole = body.substr(0, point);
    const auto decimals = point == std::string_view::npos ? std::string_view{} : body.substr(point + 1);
    const auto is_digits = [](std::string_view s) { return std::all_of(s.begin(), s.end(), is_digit); };
    if (whole.empty() || (point != std::string_view::npos && decimals.empty()))
        return bad_amount(number, "digits are missing");
    if (!is_digits(whole) || !is_digits(decimals))
        return bad_amount(number, "only digits, one point and a leading minus are allowed");
    if (whole.size() + decimals.size() > k_most_digits) return bad_amount(number, "too many digits");
    const auto scale = static_cast<std::size_t>(asset.scale);
    if (decimals.size() > scale)
        return Problem{Kind::invalid_input, "money.too_precise",
                       fmt::format("'{}' has {} decimals, {} has {}", number, decimals.size(), asset.id, asset.scale),
                       asset.scale == 0 ? std::string{"write a whole number"}
                                        : fmt::format("write at most {} decimals", asset.scale)};
    if (whole.size() + scale > k_most_digits)
        return bad_amount(number, "too many digits"); // or its own text is refused
    auto minor = parse_int128(std::string{whole} + std::string{decimals} + std::string(scale - decimals.size(), '0'));
    if (!minor) return bad_amount(number, "too large");
    return Amount{negative ? -*minor : *minor, asset};
}

Result<AmountText> split_amount_text(std::string_view text) {
    const auto space = text.find(' ');
    if (space == std::string_view::npos || space == 0 || space + 1 == text.size() ||
        text.find(' ', space + 1) != std::string_view::npos)
        return bad_amount(text, "a number, one space and an asset are needed");
    return AmountText{text.substr(0, space), text.substr(space + 1)};
}

} // namespace passa::money
