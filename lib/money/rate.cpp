// Rates in parts per million and exchange rates as integers: no product is ever rounded twice.
#include "lib/money/rate.hpp"

#include <algorithm>
#include <optional>

namespace passa::money {
namespace {

Problem bad_rate(std::string_view text, std::string_view why = "is not a rate between 0 and 100 %") {
    return {Kind::invalid_input, "money.rate", fmt::format("'{}' {}", text.substr(0, 40), why),
            "write it like \"12.5%\" or \"1250 bps\""};
}

// A plain decimal as mantissa and number of decimals, without trailing zeros; at most 18 digits.
struct Decimal {
    std::uint64_t mantissa = 0;
    int decimals = 0;
};

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal value;
    bool point = false;
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == '.' && !point && digits > 0) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > 18) return std::nullopt;
        value.mantissa = value.mantissa * 10 + static_cast<std::uint64_t>(c - '0');
        if (point) ++value.decimals;
    }
    if (digits == 0 || text.back() == '.') return std::nullopt;
    for (; value.decimals > 0 && value.mantissa % 10 == 0; value.mantissa /= 10) --value.decimals;
    return value;
}

Int128 power_of_ten(int exponent) {
    Int128 value = 1;
    for (; exponent > 0; --exponent) value *= 10;
    return value;
}

Int128 divide(Int128 numerator, Int128 denominator, Rounding rounding) {
    Int128 quotient = numerator / denominator;
    Int128 remainder = numerator % denominator;
    if (remainder < 0) { // C++ truncates; bring the remainder into [0, denominator)
        remainder += denominator;
        quotient -= 1;
    }
    if (rounding == Rounding::floor) return quotient;
    const Int128 rest = denominator - remainder;
    const bool up = remainder > rest || (remainder == rest && quotient % 2 != 0);
    return up ? quotient + 1 : quotient;
}

Problem too_large() {
    return {Kind::failed, "money.overflow", "an amount grew beyond 128 bits", "check the input for absurd values"};
}

std::string decimal_text(std::uint64_t mantissa, int decimals) {
    return Amount{static_cast<Int128>(mantissa), Asset{"", decimals}}.number();
}

} // namespace

Rate Rate::from_ppm(std::uint32_t ppm) {
    PASSA_ASSERT(ppm <= k_ppm_whole);
    Rate rate;
    rate.m_ppm = ppm;
    return rate;
}

Result<Rate> Rate::parse(std::string_view text) {
    const bool percent = text.ends_with('%');
    const bool basis_points = text.ends_with("bps");
    if (!percent && !basis_points) return bad_rate(text);
    auto number = text.substr(0, text.size() - (percent ? 1 : 3));
    if (number.ends_with(' ')) number.remove_suffix(1);
    const auto decimal = parse_decimal(number);
    const int ppm_decimals = percent ? 4 : 2;
    if (!decimal) return bad_rate(text);
    if (decimal->decimals > ppm_decimals)
        return bad_rate(text, percent ? "has more than 4 decimals: a rate is exact to 0.0001 %"
                                      : "has more than 2 decimals: a rate is exact to 0.01 bps");
    if (decimal->mantissa > k_ppm_whole) return bad_rate(text);
    const Int128 ppm = static_cast<Int128>(decimal->mantissa) * power_of_ten(ppm_decimals - decimal->decimals);
    if (ppm > k_ppm_whole) return bad_rate(text);
    return from_ppm(static_cast<std::uint32_t>(ppm));
}

std::string Rate::text() const {
    std::uint64_t mantissa = m_ppm;
    int decimals = 4;
    for (; decimals > 0 && mantissa % 10 == 0; mantissa /= 10) --decimals;
    return decimal_text(mantissa, decimals) + "%";
}

Amount apply(const Amount& amount, Rate rate, Rounding rounding) {
    Int128 product = 0;
    if (__builtin_mul_overflow(amount.minor(), static_cast<Int128>(rate.ppm()), &product)) throw Error{too_large()};
    return {divide(product, k_ppm_whole, rounding), amount.asset()};
}

Result<Exchange> Exchange::make(const Asset& from, const Asset& to, std::string_view decimal) {
    const auto value = parse_decimal(decimal);
    if (!value || value->mantissa == 0 || value->decimals > 12)
        return Problem{
            Kind::invalid_input, "money.exchange_rate",
            fmt::format("'{}' is not an exchange rate: a positive decimal with at most 12 decimals is needed",
                        decimal.substr(0, 40)),
            "write how much one unit buys, like \"129.35\""};
    return Exchange{from, to, value->mantissa, value->decimals};
}

std::string Exchange::rate_text() const { return decimal_text(mantissa, decimals); }

Result<Amount> convert(const Amount& amount, const Exchange& exchange, Rounding rounding) {
    PASSA_ASSERT(amount.asset() == exchange.from);
    // minor_to = minor_from * mantissa * 10^(scale_to) / 10^(decimals + scale_from)
    const int up = std::max(0, exchange.to.scale - exchange.from.scale - exchange.decimals);
    const int down = std::max(0, exchange.from.scale + exchange.decimals - exchange.to.scale);
    Int128 product = 0;
    if (__builtin_mul_overflow(amount.minor(), static_cast<Int128>(exchange.mantissa), &product) ||
        __builtin_mul_overflow(product, power_of_ten(up), &product))
        return too_large();
    return Amount{divide(product, power_of_ten(down), rounding), exchange.to};
}

Result<Amount> cost_of(const Amount& amount, const Exchange& exchange) {
    PASSA_ASSERT(amount.asset() == exchange.to);
    // The inverse of convert: minor_from = minor_to * 10^(decimals + scale_from) / (mantissa * 10^(scale_to)), upwards.
    const int up = std::max(0, exchange.from.scale + exchange.decimals - exchange.to.scale);
    const int down = std::max(0, exchange.to.scale - exchange.from.scale - exchange.decimals);
    Int128 numerator = 0;
    Int128 denominator = 0;
    if (__builtin_mul_overflow(amount.minor(), power_of_ten(up), &numerator) ||
        __builtin_mul_overflow(static_cast<Int128>(exchange.mantissa), power_of_ten(down), &denominator))
        return too_large();
    return Amount{-divide(-numerator, denominator, Rounding::floor), exchange.from};
}

} // namespace passa::money
