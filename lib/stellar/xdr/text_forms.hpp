// Types that SEP-51 and people write as one text: addresses as strkeys, asset codes, wide integers in decimal.
// `from_text` answers false when the text is not of that kind, and then leaves the value unspecified.
#pragma once
#include "lib/stellar/xdr/types_asset.hpp"
#include "lib/stellar/xdr/types_contract_value.hpp"

namespace passa::stellar::xdr {

std::string to_text(const AccountId& account);                 // G
std::string to_text(const MuxedAccount& account);              // G or M
std::string to_text(const MuxedAccountMed25519& account);      // M
std::string to_text(const MuxedEd25519Account& account);       // M
std::string to_text(const SignerKey& key);                     // G, T, X or P
std::string to_text(const SignerKeyEd25519SignedPayload& key); // P
std::string to_text(const ScAddress& address);                 // G, C, M, B or L
std::string to_text(const ContractId& contract);               // C
std::string to_text(const PoolId& pool);                       // L
std::string to_text(const ClaimableBalanceId& balance);        // B
bool from_text(std::string_view text, AccountId& account);
bool from_text(std::string_view text, MuxedAccount& account);
bool from_text(std::string_view text, MuxedAccountMed25519& account);
bool from_text(std::string_view text, MuxedEd25519Account& account);
bool from_text(std::string_view text, SignerKey& key);
bool from_text(std::string_view text, SignerKeyEd25519SignedPayload& key);
bool from_text(std::string_view text, ScAddress& address);
bool from_text(std::string_view text, ContractId& contract);
bool from_text(std::string_view text, PoolId& pool);
bool from_text(std::string_view text, ClaimableBalanceId& balance);

// Trailing zero bytes cut, the rest escaped; a code of 12 keeps at least five characters, so that it stays one.
std::string to_text(const AssetCode4& code);
std::string to_text(const AssetCode12& code);
std::string to_text(const AssetCode& code);
bool from_text(std::string_view text, AssetCode4& code);
bool from_text(std::string_view text, AssetCode12& code);
bool from_text(std::string_view text, AssetCode& code);

std::string to_text(const UInt128Parts& number);
std::string to_text(const Int128Parts& number);
std::string to_text(const UInt256Parts& number);
std::string to_text(const Int256Parts& number);
bool from_text(std::string_view text, UInt128Parts& number);
bool from_text(std::string_view text, Int128Parts& number);
bool from_text(std::string_view text, UInt256Parts& number);
bool from_text(std::string_view text, Int256Parts& number);

// Any bytes as ASCII: \0 \t \n \r \\ and \xNN for what is not printable (SEP-51).
std::string escape(std::string_view bytes);
bool unescape(std::string_view text, std::string& bytes);

} // namespace passa::stellar::xdr
