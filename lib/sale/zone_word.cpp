// The abbreviations of the IANA time zone database that mean one thing to the products that write them: CST and BST are
// taken as American and British, as payment providers write them.
#include "lib/sale/zone_word.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <array>

namespace passa::sale {
namespace {

struct Abbreviation {
    std::string_view name, offset;
};

constexpr std::array<Abbreviation, 34> k_abbreviations{{
    {"utc", "+00:00"},  {"gmt", "+00:00"},  {"z", "+00:00"},    {"wet", "+00:00"},  {"west", "+01:00"},
    {"bst", "+01:00"},  {"cet", "+01:00"},  {"cest", "+02:00"}, {"eet", "+02:00"},  {"eest", "+03:00"},
    {"msk", "+03:00"},  {"wat", "+01:00"},  {"cat", "+02:00"},  {"sast", "+02:00"}, {"eat", "+03:00"},
    {"pst", "-08:00"},  {"pdt", "-07:00"},  {"mst", "-07:00"},  {"mdt", "-06:00"},  {"cst", "-06:00"},
    {"cdt", "-05:00"},  {"est", "-05:00"},  {"edt", "-04:00"},  {"akst", "-09:00"}, {"akdt", "-08:00"},
    {"hst", "-10:00"},  {"jst", "+09:00"},  {"hkt", "+08:00"},  {"sgt", "+08:00"},  {"awst", "+08:00"},
    {"aest", "+10:00"}, {"aedt", "+11:00"}, {"nzst", "+12:00"}, {"nzdt", "+13:00"},
}};

} // namespace

std::optional<std::string> offset_of_zone(std::string_view word, const Profile& profile) {
    const auto lower = to_lower(word);
    if (const auto own = profile.zones.find(lower); own != profile.zones.end()) return own->second;
    const auto* const it = std::find_if(k_abbreviations.begin(), k_abbreviations.end(),
                                        [&](const Abbreviation& known) { return known.name == lower; });
    if (it == k_abbreviations.end()) return std::nullopt;
    return std::string{it->offset};
}

bool is_zone_name(std::string_view word) {
    const auto is_part = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '/';
    };
    return word.size() > 4 && word.size() < 40 && word.find('/') != std::string_view::npos && word.front() != '/' &&
           word.back() != '/' && std::all_of(word.begin(), word.end(), is_part);
}

} // namespace passa::sale
