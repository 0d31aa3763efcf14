// The words, and the ages.
#include "lib/recon/break.hpp"

#include <algorithm>
#include <array>

namespace passa::recon {
namespace {

using T = BreakType;
constexpr auto k_types = std::to_array<std::pair<T, std::string_view>>({
    {T::missing_external, "MISSING_EXTERNAL"},
    {T::missing_internal, "MISSING_INTERNAL"},
    {T::amount, "AMOUNT"},
    {T::fee, "FEE"},
    {T::duplicate_external, "DUPLICATE_EXTERNAL"},
    {T::status_conflict, "STATUS_CONFLICT"},
    {T::party_mismatch, "PARTY_MISMATCH"},
    {T::timing, "TIMING"},
    {T::bad_reference, "BAD_REFERENCE"},
    {T::balance_gap, "BALANCE_GAP"},
    {T::late_return, "LATE_RETURN"},
    {T::unknown_outcome, "UNKNOWN_OUTCOME"},
});

constexpr auto k_codes = std::to_array<std::pair<CloseCode, std::string_view>>({
    {CloseCode::matched, "matched"},
    {CloseCode::funding, "funding"},
    {CloseCode::paid, "paid"},
    {CloseCode::returned, "returned"},
    {CloseCode::written_off, "written_off"},
    {CloseCode::reissued, "reissued"},
    {CloseCode::refunded, "refunded"},
    {CloseCode::provider_corrected, "provider_corrected"},
});

constexpr Duration k_day = std::chrono::hours{24};
constexpr auto k_ages = std::to_array<std::pair<Duration, std::string_view>>({
    {std::chrono::hours{1}, "0-1h"},
    {k_day, "1-24h"},
    {3 * k_day, "1-3d"},
    {7 * k_day, "3-7d"},
    {30 * k_day, "7-30d"},
});

} // namespace

std::string_view name(BreakType type) { return k_types[static_cast<std::size_t>(type)].second; }
std::string_view name(CloseCode code) { return k_codes[static_cast<std::size_t>(code)].second; }

Result<BreakType> parse_break_type(std::string_view text) {
    const auto* it = std::find_if(k_types.begin(), k_types.end(), [&](const auto& e) { return e.second == text; });
    if (it != k_types.end()) return it->first;
    return Problem{Kind::invalid_input, "recon.break_type", fmt::format("'{}' is no type of break", text.substr(0, 40)),
                   ""};
}

Result<CloseCode> parse_close_code(std::string_view text) {
    const auto* it = std::find_if(k_codes.begin(), k_codes.end(), [&](const auto& e) { return e.second == text; });
    if (it != k_codes.end()) return it->first;
    return Problem{Kind::invalid_input, "recon.close_code", fmt::format("'{}' is no close code", text.substr(0, 40)),
                   "one of matched, funding, paid, returned, written_off, reissued, refunded, provider_corrected"};
}

std::string_view age_bucket(Duration age) {
    const auto* it = std::find_if(k_ages.begin(), k_ages.end(), [&](const auto& e) { return age < e.first; });
    return it == k_ages.end() ? ">30d" : it->second;
}

} // namespace passa::recon
