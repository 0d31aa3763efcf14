// Codes for people, issuers so that they can be told apart.
#include "lib/report/asset_name.hpp"

#include <algorithm>

namespace passa::report {
namespace {

constexpr std::size_t k_shown_whole = 20, k_shown_end = 6;

std::string issuer_of(const money::Asset& asset) { return shortened(asset.id.substr(asset.code().size() + 1)); }

} // namespace

std::string shortened(const std::string& name) {
    if (name.size() <= k_shown_whole) return name;
    if (std::any_of(name.begin(), name.end(), [](char c) { return c < ' ' || c > '~'; }))
        return name; // not to cut a letter
    return name.substr(0, k_shown_end) + "…" + name.substr(name.size() - k_shown_end);
}

std::string code_of(const Amount& amount) { return std::string{amount.asset().code()}; }

std::string issuer_note(const Amount& amount) {
    return amount.asset().is_issued() ? "of " + issuer_of(amount.asset()) : std::string{};
}

std::string asset_name(const money::Asset& asset) {
    return asset.is_issued() ? fmt::format("{} of {}", asset.code(), issuer_of(asset)) : asset.id;
}

// An account id in a sentence is one word of 56 letters, which widens whatever it stands in.
std::string with_short_issuers(std::string_view text) {
    constexpr std::size_t k_account = 56; // G and 55 letters A to Z or digits 2 to 7
    std::string out;
    while (!text.empty()) {
        const auto end = text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
        const auto word = text.substr(0, end);
        out += word.size() == k_account && word.front() == 'G' ? shortened(std::string{word}) : std::string{word};
        text.remove_prefix(word.size());
        if (text.empty()) break;
        out += text.front();
        text.remove_prefix(1);
    }
    return out;
}

render::List issued_asset_fields(const std::set<money::Asset>& assets) {
    render::List out;
    for (const auto& asset : assets)
        if (asset.is_issued()) out.push_back({{"name", asset_name(asset)}, {"whole", asset.id}});
    return out;
}

} // namespace passa::report
