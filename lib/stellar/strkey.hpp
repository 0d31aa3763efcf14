// Strkeys (SEP-23): the texts that people see for keys, contracts, pools and balances. A version byte, a payload and a
// CRC16, in base32. Strict both ways: what is accepted encodes back to the same text.
//
// Seeds (S...) are not strkeys here: they go through parse_seed and format_seed, and only ever live in a Secret.
#pragma once
#include "lib/base/secret.hpp"

namespace passa::stellar {

enum class StrkeyKind : std::uint8_t { // the version byte, before its shift by three bits
    claimable_balance = 1,             // B: a type byte (0) and a hash
    contract = 2,                      // C: a hash
    account = 6,                       // G: an Ed25519 public key
    liquidity_pool = 11,               // L: a hash
    muxed_account = 12,                // M: an Ed25519 public key and an id of 64 bits
    signed_payload = 15,               // P: an Ed25519 public key, a length and a padded payload of 1 to 64 bytes
    pre_auth_tx = 19,                  // T: a transaction hash
    hash_x = 23,                       // X: a hash
};

struct Strkey {
    StrkeyKind kind{};
    Bytes payload;
    friend bool operator==(const Strkey&, const Strkey&) = default;
};

// Errors: strkey.seed when the text is a secret seed (which is not echoed), else strkey.invalid with the reason.
Result<Strkey> parse_strkey(std::string_view text);
std::string format_strkey(StrkeyKind kind, ByteView payload); // the payload must fit the kind

// G... to a public key; error strkey.kind when it is a strkey of another kind.
Result<FixedBytes<32>> parse_account(std::string_view text);
std::string format_account(const FixedBytes<32>& key);

Result<Secret> parse_seed(std::string_view text); // 32 bytes; error strkey.invalid, never with the text
Secret format_seed(const Secret& seed);           // S..., 56 characters
bool looks_like_seed(std::string_view text);      // decodes as S...: for refusing secrets where they do not belong

} // namespace passa::stellar
