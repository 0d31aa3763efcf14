// Every signature is held against every signer of every account that must agree.
#include "lib/stellar/tx/weight.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <algorithm>

namespace passa::stellar::tx {
namespace {

using xdr::OperationType;
using xdr::SignerKeyType;

enum class Level : std::uint8_t { low = 1, medium = 2, high = 3 }; // their places in an account's thresholds

Level level_of(const xdr::Operation& operation) {
    switch (operation.body.type()) {
    case OperationType::allow_trust:
    case OperationType::set_trust_line_flags:
    case OperationType::bump_sequence:
    case OperationType::claim_claimable_balance:
    case OperationType::inflation:
    case OperationType::extend_footprint_ttl:
    case OperationType::restore_footprint: return Level::low;
    case OperationType::account_merge: return Level::high;
    case OperationType::set_options: {
        const auto& set = *operation.body.get<OperationType::set_options>();
        const bool changes_who_signs =
            set.master_weight || set.low_threshold || set.med_threshold || set.high_threshold || set.signer;
        return changes_who_signs ? Level::high : Level::medium;
    }
    default: return Level::medium;
    }
}

// The accounts that must agree, the source first, with the highest level that is asked of each.
std::vector<std::pair<xdr::AccountId, Level>> parties_of(const xdr::Transaction& transaction) {
    std::vector<std::pair<xdr::AccountId, Level>> parties{{to_account(transaction.source_account), Level::low}};
    for (const auto& operation : transaction.operations) {
        const auto account = to_account(operation.source_account.value_or(transaction.source_account));
        const auto level = level_of(operation);
        const auto it =
            std::find_if(parties.begin(), parties.end(), [&](const auto& party) { return party.first == account; });
        if (it == parties.end())
            parties.emplace_back(account, level);
        else
            it->second = std::max(it->second, level);
    }
    return parties;
}

bool is_by(const xdr::DecoratedSignature& decorated, const crypto::PublicKey& key, ByteView message) {
    crypto::Signature signature{};
    if (decorated.signature.size() != signature.size()) return false;
    std::copy(decorated.signature.begin(), decorated.signature.end(), signature.begin());
    return crypto::verify(key, message, signature);
}

class Signatures {
public:
    Signatures(const xdr::TransactionV1Envelope& envelope, Hash256 hash)
        : m_all(envelope.signatures), m_hash(hash), m_used(envelope.signatures.size()) {}

    // Whether this signer agreed; one that is the transaction's hash agreed when it was made a signer.
    bool find(const xdr::SignerKey& key) {
        if (const auto* known = key.find<SignerKeyType::pre_auth_tx>()) return *known == m_hash;
        for (std::size_t i = 0; i < m_all.size(); ++i)
            if (matches(m_all[i], key)) return m_used[i] = true; // a second one of the same is refused by the network
        return false;
    }
    [[nodiscard]] std::size_t unused() const {
        return static_cast<std::size_t>(std::count(m_used.begin(), m_used.end(), false));
    }

private:
    [[nodiscard]] bool matches(const xdr::DecoratedSignature& one, const xdr::SignerKey& key) const {
        if (const auto* plain = key.find<SignerKeyType::ed25519>())
            return one.hint == hint_of(*plain) && is_by(one, *plain, m_hash);
        if (const auto* hashed = key.find<SignerKeyType::hash_x>()) return crypto::sha256(one.signature) == *hashed;
        const auto& payload = key.get<SignerKeyType::ed25519_signed_payload>();
        return is_by(one, payload.ed25519, payload.payload);
    }
    const xdr::List<xdr::DecoratedSignature, 20>& m_all;
    Hash256 m_hash;
    std::vector<bool> m_used;
};

void count(Reached& reached, const xdr::SignerKey& key, std::uint32_t weight, Signatures& signatures) {
    if (weight == 0) return;
    weight = std::min(weight, 255U); // the protocol's most
    const bool has_signed = signatures.find(key);
    reached.signers.push_back({xdr::to_text(key), weight, has_signed});
    if (has_signed) reached.weight += weight;
}

// An account that this very transaction creates answers by its own key.
Reached reach(const xdr::AccountId& id, Level level, const xdr::AccountEntry* entry, Signatures& signatures) {
    Reached reached{xdr::to_text(id)};
    const xdr::SignerKey own{xdr::as<SignerKeyType::ed25519>, id.ed25519};
    count(reached, own, entry == nullptr ? 1 : entry->thresholds[0], signatures);
    if (entry == nullptr) return reached;
    reached.needed = entry->thresholds[static_cast<std::size_t>(level)];
    for (const auto& signer : entry->signers) count(reached, signer.key, signer.weight, signatures);
    return reached;
}

} // namespace

bool Weighed::is_enough() const {
    return strangers == 0 &&
           std::all_of(accounts.begin(), accounts.end(), [](const Reached& r) { return r.is_enough(); });
}

Result<Weighed> weigh(rpc::Client& client, const xdr::TransactionEnvelope& envelope) {
    const auto* plain = envelope.find<xdr::EnvelopeType::tx>();
    if (plain == nullptr)
        return Problem{Kind::invalid_input, "tx.not_plain", "this is a fee bump, or of an old form",
                       "hand in the transaction itself"};
    const auto parties = parties_of(plain->tx);
    std::vector<xdr::LedgerKey> keys;
    for (const auto& [account, level] : parties) keys.push_back(rpc::account_key(account));
    const auto snapshot = rpc::Snapshot::load(client, keys);
    if (!snapshot) return snapshot.problems();
    if (snapshot->find_account(parties.front().first) == nullptr)
        return Problem{Kind::not_found, "account.not_found",
                       fmt::format("there is no account {}", xdr::to_text(parties.front().first)),
                       "look at the network"};
    Signatures signatures{*plain, hash(envelope, client.network_id())};
    Weighed weighed;
    for (const auto& [account, level] : parties)
        weighed.accounts.push_back(reach(account, level, snapshot->find_account(account), signatures));
    weighed.strangers = signatures.unused();
    return weighed;
}

} // namespace passa::stellar::tx
