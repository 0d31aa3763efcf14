// Addresses as strkeys: the XDR order of parts differs from the strkey's (a muxed account's id comes first in XDR).
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>

namespace passa::stellar::xdr {
namespace {

std::optional<Strkey> read(std::string_view text) {
    auto key = parse_strkey(text);
    if (!key) return std::nullopt;
    return std::move(key).value();
}

std::optional<Strkey> read(std::string_view text, StrkeyKind kind) {
    auto key = read(text);
    return key && key->kind == kind ? key : std::nullopt;
}

Uint256 key_of(ByteView payload) {
    Uint256 key{};
    std::copy_n(payload.begin(), key.size(), key.begin());
    return key;
}

std::string muxed_text(const Uint256& key, std::uint64_t id) {
    Bytes payload{key.begin(), key.end()};
    for (int shift = 56; shift >= 0; shift -= 8) payload.push_back(static_cast<std::uint8_t>(id >> shift));
    return format_strkey(StrkeyKind::muxed_account, payload);
}

template <typename Muxed>
void set_muxed(const Strkey& key, Muxed& account) {
    account.ed25519 = key_of(key.payload);
    account.id = 0;
    for (std::size_t i = 32; i < 40; ++i) account.id = account.id << 8 | key.payload[i];
}

void set_payload(const Strkey& key, SignerKeyEd25519SignedPayload& signer) {
    signer.ed25519 = key_of(key.payload);
    const std::size_t size = key.payload[35]; // at most 64: the strkey is valid
    signer.payload.assign(key.payload.begin() + 36, key.payload.begin() + 36 + static_cast<std::ptrdiff_t>(size));
}

Bytes balance_payload(const ClaimableBalanceId& balance) {
    Bytes payload{0};
    payload.insert(payload.end(), balance.hash.begin(), balance.hash.end());
    return payload;
}

} // namespace

std::string to_text(const AccountId& account) { return format_account(account.ed25519); }
std::string to_text(const MuxedAccountMed25519& account) { return muxed_text(account.ed25519, account.id); }
std::string to_text(const MuxedEd25519Account& account) { return muxed_text(account.ed25519, account.id); }
std::string to_text(const ContractId& contract) { return format_strkey(StrkeyKind::contract, contract.hash); }
std::string to_text(const PoolId& pool) { return format_strkey(StrkeyKind::liquidity_pool, pool.hash); }
std::string to_text(const ClaimableBalanceId& balance) {
    return format_strkey(StrkeyKind::claimable_balance, balance_payload(balance));
}

std::string to_text(const MuxedAccount& account) {
    if (const auto* muxed = account.find<CryptoKeyType::muxed_ed25519>()) return to_text(*muxed);
    return format_account(account.get<CryptoKeyType::ed25519>());
}

std::string to_text(const SignerKeyEd25519SignedPayload& key) {
    Bytes payload{key.ed25519.begin(), key.ed25519.end()};
    payload.insert(payload.end(), {0, 0, 0, static_cast<std::uint8_t>(key.payload.size())});
    payload.insert(payload.end(), key.payload.begin(), key.payload.end());
    payload.resize((payload.size() + 3) / 4 * 4);
    return format_strkey(StrkeyKind::signed_payload, payload);
}

std::string to_text(const SignerKey& key) {
    switch (key.type()) {
    case SignerKeyType::ed25519: return format_account(key.get<SignerKeyType::ed25519>());
    case SignerKeyType::pre_auth_tx:
        return format_strkey(StrkeyKind::pre_auth_tx, key.get<SignerKeyType::pre_auth_tx>());
    case SignerKeyType::hash_x: return format_strkey(StrkeyKind::hash_x, key.get<SignerKeyType::hash_x>());
    case SignerKeyType::ed25519_signed_payload: break;
    }
    return to_text(key.get<SignerKeyType::ed25519_signed_payload>());
}

std::string to_text(const ScAddress& address) {
    switch (address.type()) {
    case ScAddressType::account: return to_text(address.get<ScAddressType::account>());
    case ScAddressType::contract: return to_text(address.get<ScAddressType::contract>());
    case ScAddressType::muxed_account: return to_text(address.get<ScAddressType::muxed_account>());
    case ScAddressType::claimable_balance: return to_text(address.get<ScAddressType::claimable_balance>());
    case ScAddressType::liquidity_pool: break;
    }
    return to_text(address.get<ScAddressType::liquidity_pool>());
}

bool from_text(std::string_view text, AccountId& account) {
    const auto key = read(text, StrkeyKind::account);
    if (key) account.ed25519 = key_of(key->payload);
    return key.has_value();
}

bool from_text(std::string_view text, MuxedAccountMed25519& account) {
    const auto key = read(text, StrkeyKind::muxed_account);
    if (key) set_muxed(*key, account);
    return key.has_value();
}

bool from_text(std::string_view text, MuxedEd25519Account& account) {
    const auto key = read(text, StrkeyKind::muxed_account);
    if (key) set_muxed(*key, account);
    return key.has_value();
}

bool from_text(std::string_view text, ContractId& contract) {
    const auto key = read(text, StrkeyKind::contract);
    if (key) contract.hash = key_of(key->payload);
    return key.has_value();
}

bool from_text(std::string_view text, PoolId& pool) {
    const auto key = read(text, StrkeyKind::liquidity_pool);
    if (key) pool.hash = key_of(key->payload);
    return key.has_value();
}

bool from_text(std::string_view text, ClaimableBalanceId& balance) {
    const auto key = read(text, StrkeyKind::claimable_balance);
    if (key) balance.hash = key_of(ByteView{key->payload}.subspan(1)); // behind the type byte
    return key.has_value();
}

bool from_text(std::string_view text, SignerKeyEd25519SignedPayload& signer) {
    const auto key = read(text, StrkeyKind::signed_payload);
    if (key) set_payload(*key, signer);
    return key.has_value();
}

bool from_text(std::string_view text, MuxedAccount& account) {
    const auto key = read(text);
    if (!key) return false;
    if (key->kind == StrkeyKind::account)
        account.select<CryptoKeyType::ed25519>() = key_of(key->payload);
    else if (key->kind == StrkeyKind::muxed_account)
        set_muxed(*key, account.select<CryptoKeyType::muxed_ed25519>());
    else
        return false;
    return true;
}

bool from_text(std::string_view text, SignerKey& signer) {
    const auto key = read(text);
    if (!key) return false;
    switch (key->kind) {
    case StrkeyKind::account: signer.select<SignerKeyType::ed25519>() = key_of(key->payload); return true;
    case StrkeyKind::pre_auth_tx: signer.select<SignerKeyType::pre_auth_tx>() = key_of(key->payload); return true;
    case StrkeyKind::hash_x: signer.select<SignerKeyType::hash_x>() = key_of(key->payload); return true;
    case StrkeyKind::signed_payload:
        set_payload(*key, signer.select<SignerKeyType::ed25519_signed_payload>());
        return true;
    default: return false;
    }
}

bool from_text(std::string_view text, ScAddress& address) {
    const auto key = read(text);
    if (!key) return false;
    const ByteView payload{key->payload};
    switch (key->kind) {
    case StrkeyKind::account: address.select<ScAddressType::account>().ed25519 = key_of(payload); return true;
    case StrkeyKind::contract: address.select<ScAddressType::contract>().hash = key_of(payload); return true;
    case StrkeyKind::muxed_account: set_muxed(*key, address.select<ScAddressType::muxed_account>()); return true;
    case StrkeyKind::claimable_balance: // behind the type byte
        address.select<ScAddressType::claimable_balance>().hash = key_of(payload.subspan(1));
        return true;
    case StrkeyKind::liquidity_pool:
        address.select<ScAddressType::liquidity_pool>().hash = key_of(payload);
        return true;
    default: return false;
    }
}

} // namespace passa::stellar::xdr
