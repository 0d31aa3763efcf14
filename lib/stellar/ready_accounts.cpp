// Three rounds, each of transactions that different accounts pay for, so that one ledger can take them all: create,
// trust, fund.
#include "lib/stellar/ready_accounts.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/draft.hpp"
#include "lib/stellar/tx/operation.hpp"
#include "lib/stellar/tx/submit.hpp"

#include <thread>

namespace passa::stellar {
namespace {

using rpc::Client;
using rpc::Snapshot;

constexpr std::int64_t k_unit = 10'000'000;                   // stroops
constexpr std::int64_t k_start = 100 * k_unit;                // XLM of each account: reserves and years of fees
constexpr std::int64_t k_treasury_least = 1'000'000 * k_unit; // dollars: below, number 0 gets as much again, twice
constexpr std::int64_t k_no_limit = std::numeric_limits<std::int64_t>::max();

crypto::KeyPair key_from(Hash256 seed) { return crypto::KeyPair::from_seed(Secret::take(seed)).value_or_throw(); }

crypto::KeyPair key_of(const NetworkId& network, const std::string& name) {
    crypto::Sha256 hash;
    hash.update(network.hash);
    hash.update(as_bytes(name));
    return key_from(hash.finish());
}

crypto::KeyPair root_key(const NetworkId& network) { return key_from(network.hash); }

xdr::AccountId account_of(const crypto::KeyPair& key) { return {key.public_key()}; }

struct Draft {                       // one transaction to be
    std::vector<SeedSigner> signers; // the first is its source
    std::vector<xdr::Operation> operations;
};

// Sends all before it waits for any.
class Round {
public:
    explicit Round(Client& client) : m_client(client) {}

    void add(Draft draft) {
        if (!draft.operations.empty()) m_drafts.push_back(std::move(draft));
    }

    void run() {
        std::vector<tx::Pending> pending;
        for (auto& draft : m_drafts) pending.push_back(sign(draft));
        for (const auto& one : pending) static_cast<void>(tx::send_transaction(m_client, one)); // judged below
        for (const auto& one : pending) wait_for(one);
    }

private:
    tx::Pending sign(Draft& draft) {
        auto& payer = draft.signers.front();
        auto ready =
            tx::make_ready(m_client, {{payer.public_key()}, std::move(draft.operations)}, payer).value_or_throw();
        for (auto& signer : draft.signers) tx::sign(ready.envelope, m_client.network_id(), signer);
        return tx::make_pending(ready.envelope, m_client.network_id(), ready.first_ledger).value_or_throw();
    }

    void wait_for(const tx::Pending& pending) {
        const auto finding = tx::send_and_wait(m_client, pending,
                                               {.sleep = std::this_thread::sleep_for<Duration::rep, Duration::period>});
        if (finding.fate != tx::Fate::applied) throw refused(finding.reason);
    }

    static Error refused(const std::string& why) {
        return Error{{Kind::failed, "localnet.setup", fmt::format("the local network did not take it: {}", why),
                      "run the command again; or begin anew with: passa localnet reset --yes"}};
    }

    Client& m_client;
    std::vector<Draft> m_drafts;
};

std::vector<SeedSigner> signed_by(crypto::KeyPair key) {
    std::vector<SeedSigner> signers;
    signers.emplace_back(std::move(key));
    return signers;
}

void create_missing(Client& client, std::int64_t count) {
    const auto& network = client.network_id();
    std::vector<xdr::AccountId> wanted{account_of(key_of(network, "issuer"))};
    for (std::int64_t n = 0; n < count; ++n) wanted.push_back(account_of(ready_key(network, n)));
    std::vector<xdr::LedgerKey> keys;
    for (const auto& account : wanted) keys.push_back(rpc::account_key(account));
    const auto now = Snapshot::load(client, keys).value_or_throw();

    Draft draft{signed_by(root_key(network)), {}};
    const auto flush = [&] { // one transaction of the root account at a time: a node queues no second
        Round round{client};
        round.add(std::move(draft));
        round.run();
        draft = Draft{signed_by(root_key(network)), {}};
    };
    for (const auto& account : wanted) {
        if (now.find_account(account) == nullptr) draft.operations.push_back(tx::make_create_account(account, k_start));
        if (draft.operations.size() == tx::k_max_operations) flush();
    }
    flush();
}

void trust_missing(Client& client, std::int64_t count) {
    const auto& network = client.network_id();
    const auto dollar = ready_dollar(network);
    std::vector<xdr::LedgerKey> keys;
    for (std::int64_t n = 0; n < count; ++n)
        keys.push_back(rpc::trustline_key(account_of(ready_key(network, n)), dollar));
    const auto now = Snapshot::load(client, keys).value_or_throw();

    Round round{client};
    Draft draft;
    for (std::int64_t n = 0; n < count; ++n) {
        auto key = ready_key(network, n);
        if (now.find_trustline(account_of(key), dollar) != nullptr) continue;
        auto trust = tx::make_change_trust(dollar, k_no_limit);
        trust.source_account = tx::to_muxed(account_of(key));
        draft.operations.push_back(std::move(trust));
        draft.signers.emplace_back(std::move(key));
        if (draft.signers.size() == tx::k_max_signatures) round.add(std::exchange(draft, {}));
    }
    round.add(std::move(draft));
    round.run();
}

void fund_treasury(Client& client) {
    const auto& network = client.network_id();
    const auto dollar = ready_dollar(network);
    const auto treasury = account_of(ready_key(network, 0));
    const auto now = Snapshot::load(client, {rpc::trustline_key(treasury, dollar)}).value_or_throw();
    const auto* line = now.find_trustline(treasury, dollar);
    if (line != nullptr && line->balance >= k_treasury_least) return;
    Round round{client};
    round.add({signed_by(key_of(network, "issuer")),
               {tx::make_payment({tx::to_muxed(treasury), dollar, 2 * k_treasury_least})}});
    round.run();
}

} // namespace

crypto::KeyPair ready_key(const NetworkId& network, std::int64_t number) {
    return key_of(network, fmt::format("account {}", number));
}

xdr::Asset ready_dollar(const NetworkId& network) {
    return tx::parse_asset("USDC:" + format_account(key_of(network, "issuer").public_key())).value_or_throw();
}

void make_ready_accounts(Client& client, std::int64_t count) {
    create_missing(client, count);
    trust_missing(client, count);
    if (count > 0) fund_treasury(client);
}

} // namespace passa::stellar
