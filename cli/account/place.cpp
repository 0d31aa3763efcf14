// One transaction by hand: made, signed, sent, waited for.
#include "cli/account/place.hpp"

#include "lib/base/text.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/stellar/known_networks.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>
#include <thread>

namespace passa::cli {
namespace {

constexpr Duration k_patience = std::chrono::seconds{150}; // past the end of validity and the margin of its proof

Error unknown_fate(const std::string& network, const Hash256& hash, const std::string& reason) {
    return Error{{Kind::unknown_outcome, "tx.unknown",
                  fmt::format("it is not known what became of transaction {}: {}", to_hex(hash), printable(reason)),
                  fmt::format("ask again: passa tx wait {} --network {}", to_hex(hash), network)}};
}

} // namespace

std::string which_network(Context& ctx, const std::optional<std::string>& named) {
    if (const auto chosen = named ? named : ctx.chosen_network()) {
        out::refuse_elsewhere(*chosen, ctx.globals().yes); // before any server is asked
        return *chosen;
    }
    auto names = ctx.declared_networks();
    for (const auto& network : stellar::k_known_networks)
        if (std::find(names.begin(), names.end(), network.name) == names.end()) names.emplace_back(network.name);
    throw Error{{Kind::usage, "network.which", "no network is named",
                 fmt::format("choose one with --network NAME, PASSA_NETWORK, or network in passa.yaml; known are: {}",
                             join(names, ", "))}};
}

stellar::xdr::AccountId which_account(Context& ctx, const std::string& word) {
    if (word.size() == 56) return {stellar::parse_account(word).value_or_throw()};
    const auto key = crypto::Keystore{ctx.home() / "keys"}.get(word);
    return {stellar::parse_account(key.account).value_or_throw()};
}

stellar::tx::Finding submit_and_wait(Submission submission) {
    auto& client = submission.client;
    const auto source = submission.source.value_or(stellar::xdr::AccountId{submission.signer.public_key()});
    auto ready =
        stellar::tx::make_ready(client, {source, std::move(submission.operations)}, submission.signer).value_or_throw();
    if (!submission.others.empty()) stellar::tx::sign(ready.envelope, client.network_id(), submission.others);
    const auto pending =
        stellar::tx::make_pending(ready.envelope, client.network_id(), ready.first_ledger).value_or_throw();
    return wait_for_end(client, pending);
}

stellar::tx::Finding wait_for_end(stellar::rpc::Client& client, const stellar::tx::Pending& pending) {
    out::write_stderr(fmt::format("sending transaction {}\n", to_hex(pending.hash))); // the only trace: --quiet or not
    const auto finding =
        stellar::tx::send_and_wait(client, pending, {[](Duration d) { std::this_thread::sleep_for(d); }, k_patience});
    switch (finding.fate) {
    case stellar::tx::Fate::applied: return finding;
    case stellar::tx::Fate::failed:
    case stellar::tx::Fate::dead:
    case stellar::tx::Fate::refused:
        throw Error{{Kind::failed, "tx.failed",
                     fmt::format("the network rejected the transaction: {}", printable(finding.reason)), ""}};
    case stellar::tx::Fate::accepted:
    case stellar::tx::Fate::unknown: break;
    }
    throw unknown_fate(client.network_name(), pending.hash, finding.reason);
}

} // namespace passa::cli
