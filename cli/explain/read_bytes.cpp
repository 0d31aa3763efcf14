// A hash belongs to a network's passphrase; of a network that is no longer declared nobody here knows it.
#include "cli/explain/read_bytes.hpp"

#include "lib/stellar/change.hpp"
#include "lib/stellar/known_networks.hpp"
#include "lib/stellar/rpc/client.hpp"

#include <algorithm>

namespace passa::cli {
namespace {

using Finding = report::BytesReader::Finding;

std::optional<std::string> find_passphrase(Context& ctx, const std::string& network) {
    if (const auto known = stellar::find_known_network(network)) return std::string{known->passphrase};
    const auto declared = ctx.declared_networks();
    if (std::find(declared.begin(), declared.end(), network) == declared.end()) return std::nullopt;
    return ctx.network(network).passphrase;
}

} // namespace

report::BytesReader make_bytes_reader(Context& ctx) {
    return {[&ctx](const report::AttemptFacts& attempt, const rail::Order& order) -> Finding {
                const auto passphrase =
                    attempt.rail == "stellar" ? find_passphrase(ctx, attempt.stored.network) : std::nullopt;
                if (!passphrase) return std::nullopt;
                return stellar::find_change(stellar::make_network_id(*passphrase), attempt.stored, order,
                                            static_cast<std::size_t>(attempt.operation));
            },
            [](const std::string& rail, const rail::Evidence& evidence) -> Finding {
                return rail == "stellar" ? stellar::find_change(evidence) : std::nullopt;
            }};
}

} // namespace passa::cli
