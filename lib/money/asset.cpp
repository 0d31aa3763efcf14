// ISO 4217 minor units (list of 2024-01-01) of the currencies organizers here meet; others come by an Asset manifest.
#include "lib/money/asset.hpp"

#include <algorithm>
#include <array>

namespace passa::money {
namespace {

struct Currency {
    std::string_view code;
    int scale;
};

constexpr std::array<Currency, 40> k_currencies{{
    {"AED", 2}, {"AUD", 2}, {"BHD", 3}, {"BIF", 0}, {"BRL", 2}, {"BWP", 2}, {"CAD", 2}, {"CHF", 2},
    {"CNY", 2}, {"DKK", 2}, {"EGP", 2}, {"ETB", 2}, {"EUR", 2}, {"GBP", 2}, {"GHS", 2}, {"INR", 2},
    {"JOD", 3}, {"JPY", 0}, {"KES", 2}, {"KRW", 0}, {"KWD", 3}, {"MAD", 2}, {"MUR", 2}, {"MWK", 2},
    {"MXN", 2}, {"NAD", 2}, {"NGN", 2}, {"NOK", 2}, {"RWF", 0}, {"SEK", 2}, {"SGD", 2}, {"TND", 3},
    {"TZS", 2}, {"UGX", 0}, {"USD", 2}, {"XAF", 0}, {"XLM", 7}, {"XOF", 0}, {"ZAR", 2}, {"ZMW", 2},
}};

} // namespace

Result<Asset> find_currency(std::string_view code) {
    const auto it =
        std::find_if(k_currencies.begin(), k_currencies.end(), [&](const auto& c) { return c.code == code; });
    if (it == k_currencies.end())
        return Problem{Kind::not_found, "money.unknown_asset",
                       fmt::format("no asset '{}' is known", code.substr(0, 80)),
                       "declare it with an Asset manifest: its code, issuer and scale"};
    return Asset{std::string{code}, it->scale};
}

} // namespace passa::money
