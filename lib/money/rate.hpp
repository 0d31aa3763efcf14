// A rate: parts per million of an amount ("12.5%", "1250 bps"), and an exchange rate as an exact decimal fraction.
// Applying either names its rounding; products are made in 256 bits of head room or refused.
#pragma once
#include "lib/money/amount.hpp"

#include <cstdint>

namespace passa::money {

enum class Rounding : std::uint8_t {
    floor,     // towards minus infinity
    half_even, // to the nearest, ties to the even neighbour (banker's): commissions and FX
};

// 0 to 100 %, exact to 0.0001 % (ppm).
class Rate {
public:
    Rate() = default;
    static Rate from_ppm(std::uint32_t ppm);          // <= 1,000,000 or it is a defect
    static Result<Rate> parse(std::string_view text); // "12.5%" or "12.5 %" or "1250 bps"; error money.rate
    [[nodiscard]] std::uint32_t ppm() const { return m_ppm; }
    [[nodiscard]] std::string text() const; // "12.5%"
    friend auto operator<=>(const Rate&, const Rate&) = default;

private:
    std::uint32_t m_ppm = 0;
};

inline constexpr std::uint32_t k_ppm_whole = 1'000'000;

Amount apply(const Amount& amount, Rate rate, Rounding rounding);

// How many units of `to` one unit of `from` buys, as an exact decimal with at most 12 decimals: 1 USDC = 129.35 KES.
struct Exchange {
    Asset from;
    Asset to;
    std::uint64_t mantissa = 0; // rate = mantissa / 10^decimals, > 0
    int decimals = 0;

    static Result<Exchange> make(const Asset& from, const Asset& to,
                                 std::string_view decimal); // error money.exchange_rate
    [[nodiscard]] std::string rate_text() const;
};

// Converts `amount` (in `from`) into `to`; the rounding unit stays with the caller, who posts it. Error money.overflow.
Result<Amount> convert(const Amount& amount, const Exchange& exchange, Rounding rounding);

// The least of `from` that buys `amount` of `to`: what a floored conversion really cost. Error money.overflow.
Result<Amount> cost_of(const Amount& amount, const Exchange& exchange);

} // namespace passa::money
