// Assets and addresses from and to text.
#include "lib/stellar/tx/asset.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>

namespace passa::stellar::tx {
namespace {

using xdr::AssetType;
using xdr::CryptoKeyType;

bool is_code(std::string_view code) {
    return !code.empty() && code.size() <= 12 && std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
}

} // namespace

Result<xdr::Asset> parse_asset(std::string_view text) {
    if (text == "XLM" || text == "native") return xdr::Asset{AssetType::native};
    const auto colon = text.find(':');
    const auto code = text.substr(0, colon);
    if (colon == std::string_view::npos || !is_code(code))
        return Problem{
            Kind::invalid_input, "asset.code", fmt::format("{} is not a Stellar asset", printable(text, 80)),
            "write XLM, or CODE:ISSUER with a code of 1 to 12 letters and digits and the issuer's G... address"};
    const auto issuer = parse_account(text.substr(colon + 1));
    if (!issuer) return issuer.problems();
    if (code.size() <= 4) {
        xdr::AlphaNum4 asset{.issuer = {*issuer}};
        std::copy(code.begin(), code.end(), asset.asset_code.code.begin());
        return xdr::Asset{xdr::as<AssetType::credit_alphanum4>, asset};
    }
    xdr::AlphaNum12 asset{.issuer = {*issuer}};
    std::copy(code.begin(), code.end(), asset.asset_code.code.begin());
    return xdr::Asset{xdr::as<AssetType::credit_alphanum12>, asset};
}

std::string to_text(const xdr::Asset& asset) {
    const auto joined = [](const auto& issued) {
        return xdr::to_text(issued.asset_code) + ":" + xdr::to_text(issued.issuer);
    };
    if (const auto* four = asset.find<AssetType::credit_alphanum4>()) return joined(*four);
    if (const auto* twelve = asset.find<AssetType::credit_alphanum12>()) return joined(*twelve);
    return "XLM";
}

Result<xdr::MuxedAccount> parse_address(std::string_view text) {
    const auto key = parse_strkey(text);
    if (!key) return key.problems();
    xdr::MuxedAccount account;
    if (!xdr::from_text(text, account))
        return Problem{Kind::invalid_input, "strkey.kind", fmt::format("{} cannot be paid to directly", text),
                       "give an address that starts with G or M"};
    return account;
}

xdr::MuxedAccount to_muxed(const xdr::AccountId& account) {
    return xdr::MuxedAccount{xdr::as<CryptoKeyType::ed25519>, account.ed25519};
}

xdr::AccountId to_account(const xdr::MuxedAccount& account) {
    if (const auto* muxed = account.find<CryptoKeyType::muxed_ed25519>()) return {muxed->ed25519};
    return {account.get<CryptoKeyType::ed25519>()};
}

} // namespace passa::stellar::tx
