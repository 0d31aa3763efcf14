// Of the two preimages the one that fits the entry's arm is hashed; the signatures come as the host reads them.
#include "lib/stellar/contract/authorize.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/words.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/types_hash_preimage.hpp"

#include <algorithm>

namespace passa::stellar::contract {
namespace {

using xdr::as;
using Credentials = xdr::SorobanCredentialsType;

// Either form; null for the others.
xdr::SorobanAddressCredentials* find_credentials(xdr::SorobanAuthorizationEntry& entry) {
    if (auto* old = entry.credentials.find<Credentials::address>()) return old;
    return entry.credentials.find<Credentials::address_v2>();
}
const xdr::SorobanAddressCredentials* find_credentials(const xdr::SorobanAuthorizationEntry& entry) {
    if (const auto* old = entry.credentials.find<Credentials::address>()) return old;
    return entry.credentials.find<Credentials::address_v2>();
}

xdr::HashIdPreimage preimage_of(const xdr::SorobanAuthorizationEntry& entry, const NetworkId& network) {
    const auto& told = *find_credentials(entry);
    if (entry.credentials.type() == Credentials::address)
        return xdr::HashIdPreimage{as<xdr::EnvelopeType::soroban_authorization>,
                                   xdr::HashIdPreimageSorobanAuthorization{network.hash, told.nonce,
                                                                           told.signature_expiration_ledger,
                                                                           entry.root_invocation}};
    return xdr::HashIdPreimage{as<xdr::EnvelopeType::soroban_authorization_with_address>,
                               xdr::HashIdPreimageSorobanAuthorizationWithAddress{network.hash, told.nonce,
                                                                                  told.signature_expiration_ledger,
                                                                                  told.address, entry.root_invocation}};
}

xdr::ScVal bytes_value(ByteView bytes) {
    xdr::ScVal value;
    value.select<xdr::ScValType::bytes>().assign(bytes.begin(), bytes.end());
    return value;
}

xdr::ScVal symbol_value(const char* text) {
    return xdr::ScVal{as<xdr::ScValType::symbol>, xdr::ScSymbol{std::string{text}}};
}

// As the host's account contract reads it: keys in ascending order, each once (rs-soroban-env, account_contract.rs).
xdr::ScVal signatures_of(std::vector<Signer*> signers, const ToSign& shown) {
    const auto by_key = [](Signer* a, Signer* b) { return a->public_key() < b->public_key(); };
    const auto same = [](Signer* a, Signer* b) { return a->public_key() == b->public_key(); };
    std::sort(signers.begin(), signers.end(), by_key);
    signers.erase(std::unique(signers.begin(), signers.end(), same), signers.end());
    xdr::ScVec list;
    for (auto* const signer : signers) {
        xdr::ScMap one;
        one.push_back({symbol_value("public_key"), bytes_value(signer->public_key())});
        one.push_back({symbol_value("signature"), bytes_value(signer->sign_shown(shown))});
        list.push_back(xdr::ScVal{as<xdr::ScValType::map>, std::move(one)});
    }
    return xdr::ScVal{as<xdr::ScValType::vec>, std::move(list)};
}

ToSign shown_of(const xdr::SorobanAuthorizationEntry& entry, const NetworkId& network) {
    static const Spec k_unknown; // names of arguments only explain
    ToSign shown{authorization_hash(entry, network), SignKind::authorization, network.hash,
                 xdr::encode(preimage_of(entry, network)), invocation_words(k_unknown, entry.root_invocation)};
    shown.words.insert(shown.words.begin(),
                       fmt::format("authorise for {} until ledger {}:", xdr::to_text(address_of(entry)),
                                   find_credentials(entry)->signature_expiration_ledger));
    return shown;
}

const Voucher* find_voucher(const Authority& authority, const xdr::ScAddress& address) {
    const auto* account = address.find<xdr::ScAddressType::account>();
    if (account == nullptr) return nullptr; // a contract says itself what a signature is
    const auto it = std::find_if(authority.vouchers.begin(), authority.vouchers.end(),
                                 [&](const Voucher& voucher) { return voucher.account == *account; });
    return it == authority.vouchers.end() || it->signers.empty() ? nullptr : &*it;
}

Result<Done> sign(xdr::SorobanAuthorizationEntry& entry, const Authority& authority) {
    auto* told = find_credentials(entry);
    if (told == nullptr)
        return Problem{Kind::refused, "contract.delegated",
                       "an account that must authorise the call has delegated its signature to others",
                       "passa signs for the account itself: let whoever delegated it sign and submit"};
    const auto* voucher = find_voucher(authority, told->address);
    if (voucher == nullptr)
        return Problem{Kind::unauthorised, "contract.unsigned",
                       fmt::format("{} must authorise the call, too", xdr::to_text(told->address)),
                       "name its key with --sign-with"};
    told->signature_expiration_ledger = authority.until_ledger;
    told->signature = signatures_of(voucher->signers, shown_of(entry, authority.network));
    return Done{};
}

} // namespace

bool wants_signature(const xdr::SorobanAuthorizationEntry& entry) {
    return entry.credentials.type() != Credentials::source_account;
}

xdr::ScAddress address_of(const xdr::SorobanAuthorizationEntry& entry) {
    if (const auto* delegated = entry.credentials.find<Credentials::address_with_delegates>())
        return delegated->address_credentials.address;
    return find_credentials(entry)->address;
}

Hash256 authorization_hash(const xdr::SorobanAuthorizationEntry& entry, const NetworkId& network) {
    PASSA_ASSERT(find_credentials(entry) != nullptr);
    return crypto::sha256(xdr::encode(preimage_of(entry, network)));
}

Result<Done> authorize(xdr::List<xdr::SorobanAuthorizationEntry>& entries, const Authority& authority) {
    Problems problems;
    for (auto& entry : entries)
        if (wants_signature(entry))
            if (const auto done = sign(entry, authority); !done) problems.push_back(done.problem());
    if (!problems.empty()) return problems;
    return Done{};
}

} // namespace passa::stellar::contract
