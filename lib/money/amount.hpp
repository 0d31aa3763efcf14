// Money: a signed 128-bit count of an asset's smallest unit. Sums only within one asset, always checked; there is no
// division (see allocate.hpp) and a rate needs a named rounding (rate.hpp). Text in, text out; never a float.
#pragma once
#include "lib/money/asset.hpp"
#include "lib/money/int128.hpp"

namespace passa::money {

class Amount {
public:
    Amount() = default; // zero of no asset: only good for being assigned to
    Amount(Int128 minor, Asset asset) : m_minor(minor), m_asset(std::move(asset)) {}

    [[nodiscard]] Int128 minor() const { return m_minor; }
    [[nodiscard]] const Asset& asset() const { return m_asset; }
    [[nodiscard]] bool is_zero() const { return m_minor == 0; }
    [[nodiscard]] bool is_negative() const { return m_minor < 0; }

    // Another asset, or a result beyond 38 digits, is an Error (money.asset_mixed, money.overflow).
    Amount& operator+=(const Amount& other);
    Amount& operator-=(const Amount& other);
    friend Amount operator+(Amount a, const Amount& b) { return a += b; }
    friend Amount operator-(Amount a, const Amount& b) { return a -= b; }
    Amount operator-() const;

    friend bool operator==(const Amount& a, const Amount& b) = default;
    // Order within one asset; comparing across assets is an Error.
    friend std::strong_ordering operator<=>(const Amount& a, const Amount& b) { return a.compare(b); }

    [[nodiscard]] std::string number() const;     // "1234.50"
    [[nodiscard]] std::string text() const;       // "1234.50 KES"
    [[nodiscard]] std::string for_people() const; // "1,234.50 KES": issued assets by their code alone

private:
    [[nodiscard]] std::strong_ordering compare(const Amount& other) const;
    void require_same_asset(const Amount& other) const;
    Int128 m_minor = 0;
    Asset m_asset;
};

// "1234.5" in the given asset. No sign but '-', no separators, no exponent, at most the asset's decimals, at most 30
// digits counted in the smallest unit. Errors money.amount, money.too_precise.
Result<Amount> parse_number(std::string_view number, const Asset& asset);

// Splits "1234.50 KES" into number and asset id; error money.amount.
struct AmountText {
    std::string_view number;
    std::string_view asset_id;
};
Result<AmountText> split_amount_text(std::string_view text);

} // namespace passa::money

template <>
struct fmt::formatter<passa::money::Amount> : fmt::formatter<std::string> {
    auto format(const passa::money::Amount& amount, fmt::format_context& ctx) const {
        return fmt::formatter<std::string>::format(amount.text(), ctx);
    }
};
