// An asset: what an amount is counted in. A currency (`KES`, scale 2) or a Stellar asset (`USDC:G...`, `XLM`, scale 7).
// The scale is the number of decimals of one unit and never changes once money is attached to the asset.
#pragma once
#include "lib/base/result.hpp"

#include <compare>
#include <string>
#include <string_view>

namespace passa::money {

inline constexpr int k_max_scale = 18;

struct Asset {
    std::string id; // "KES", "XLM" or "CODE:ISSUER" (SEP-11): the key in the database and in JSON
    int scale = 0;

    [[nodiscard]] std::string_view code() const { return std::string_view{id}.substr(0, id.find(':')); }
    [[nodiscard]] bool is_issued() const { return id.find(':') != std::string::npos; }
    friend auto operator<=>(const Asset&, const Asset&) = default;
};

// A well-known ISO 4217 currency with its minor units, or XLM. Error money.unknown_asset.
Result<Asset> find_currency(std::string_view code);

} // namespace passa::money
