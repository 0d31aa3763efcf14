// Assets and addresses between the texts that people use and XDR: "XLM" (or SEP-11's "native") and "CODE:ISSUER".
#pragma once
#include "lib/stellar/xdr/types_asset.hpp"

namespace passa::stellar::tx {

Result<xdr::Asset> parse_asset(std::string_view text); // errors asset.code, strkey.invalid, strkey.kind
std::string to_text(const xdr::Asset& asset);          // "XLM" or "CODE:ISSUER"

Result<xdr::MuxedAccount> parse_address(std::string_view text); // G or M; errors strkey.invalid, strkey.kind
xdr::MuxedAccount to_muxed(const xdr::AccountId& account);
xdr::AccountId to_account(const xdr::MuxedAccount& account); // without the id

} // namespace passa::stellar::tx
