// A contract is made from its code, or is named by its address, or by its asset: by one of the three.
#include "lib/base/bytes.hpp"
#include "lib/base/text.hpp"
#include "lib/base/time.hpp"
#include "lib/catalog/contract.hpp"
#include "lib/catalog/rules.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace passa::catalog {
namespace {

constexpr std::array<std::string_view, 3> k_origins{"wasm", "address", "asset"};
constexpr std::array<std::string_view, 5> k_of_wasm{"sha256", "key", "salt", "arguments", "anchors"};

constexpr Duration k_longest = std::chrono::days{180}; // networks take 3,110,400 ledgers of 5 seconds at most
constexpr money::Int128 k_most_fee = money::Int128{4'294'967'295}; // stroops, of one transaction

using Refuse = std::function<void(const manifest::Node& node, const char* code, std::string message, std::string hint)>;

void check_keep(const manifest::Node& spec, const Refuse& refuse) {
    const auto* keep = spec.find("keep");
    if (keep == nullptr) return;
    if (keep->find("key") == nullptr && spec.find("key") == nullptr)
        refuse(*keep, "contract.keep", "nobody pays its rent", "add key: NAME to keep");
    const auto time = [&](const char* field, const char* usual) {
        const auto* node = keep->find(field);
        return parse_duration(node == nullptr ? usual : node->text).value_or_throw();
    };
    const auto at_least = time("atLeast", k_keep_at_least), extend_to = time("extendTo", k_keep_extend_to);
    if (at_least >= extend_to || extend_to > k_longest)
        refuse(*keep, "contract.keep", "atLeast is shorter than extendTo, and that is at most 180d",
               "such as atLeast: 14d, extendTo: 60d");
    if (const auto* node = keep->find("maxFee")) {
        const auto fee = money::parse_number(node->text, k_fee_asset);
        if (!fee || fee->minor() <= 0 || fee->minor() > k_most_fee)
            refuse(*node, "contract.keep", fmt::format("'{}' is no fee", printable(node->text, 60)),
                   "write it in XLM, such as 2.5");
    }
}

} // namespace

Problems check_contract(const manifest::Manifest& manifest) {
    const auto& spec = manifest.spec();
    Problems problems;
    const auto refuse = [&](const manifest::Node& node, const char* code, std::string message, std::string hint) {
        problems.push_back(
            {Kind::invalid_input, code, std::move(message), std::move(hint), {}, {}, manifest.place(node.mark)});
    };
    const auto has = [&](std::string_view field) { return spec.find(field) != nullptr; };
    if (std::count_if(k_origins.begin(), k_origins.end(), has) != 1)
        refuse(spec, "contract.origin", fmt::format("Contract {} needs one of wasm, address and asset", manifest.name),
               "wasm for a contract of yours, address (C...) or asset (CODE:ISSUER) for one that is there already");
    check_keep(spec, refuse);
    for (const auto field : k_of_wasm)
        if (const auto* node = spec.find(field); node != nullptr && !has("wasm") && !(field == "key" && has("asset")))
            refuse(*node, "contract.field", fmt::format("{} says nothing without wasm", field), "leave it out");
    if (!has("wasm")) return problems;
    for (const std::string_view field : {"sha256", "key"})
        if (!has(field))
            refuse(*spec.find("wasm"), "contract.field", fmt::format("a contract made from its code needs {}", field),
                   field == "key" ? "name the key of the account that deploys it" : "write what sha256sum FILE says");
    if (const auto* pinned = spec.find("sha256"); pinned != nullptr && !parse_hex_fixed<32>(pinned->text))
        refuse(*pinned, "contract.sha256", fmt::format("'{}' is no SHA-256", printable(pinned->text, 80)),
               "write what sha256sum FILE says: 64 hex digits");
    return problems;
}

} // namespace passa::catalog
