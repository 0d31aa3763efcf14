// Every endpoint is asked by itself; what they say must agree.
#include "lib/stellar/tx/sequence.hpp"

#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>
#include <limits>

namespace passa::stellar::tx {
namespace {

constexpr std::int64_t k_no_account = -1;

struct Answers {
    std::vector<std::string> origins;
    std::vector<std::int64_t> used; // the account's sequence, by endpoint
    std::uint32_t ledger = std::numeric_limits<std::uint32_t>::max();
    std::optional<Problem> silent, elsewhere; // one cannot be asked; one is of another network
};

Answers ask_all(rpc::Client& client, const xdr::AccountId& source, std::int64_t used) {
    Answers answers;
    for (std::size_t endpoint = 0; endpoint < client.endpoints(); ++endpoint) {
        const auto account = rpc::find_account(client, source, endpoint);
        if (!account) {
            (client.is_of_another_network(endpoint) ? answers.elsewhere : answers.silent) = account.problem();
            continue;
        }
        answers.origins.push_back(client.origin(endpoint));
        answers.used.push_back(account->entry ? std::max(used, account->entry->seq_num) : k_no_account);
        answers.ledger = std::min(answers.ledger, account->ledger);
    }
    return answers;
}

Problem unsure(const std::string& why, const rpc::Client& client) {
    return {Kind::unavailable, "tx.number_unsure",
            fmt::format("the account's next sequence number is not sure: {}", why),
            fmt::format("try again in a moment; if it stays so, look at: passa network health {}, and take the "
                        "endpoint that is wrong out of the network",
                        client.network_name())};
}

std::optional<Problem> find_contradiction(const Answers& answers, const rpc::Client& client) {
    const auto [low, high] = std::minmax_element(answers.used.begin(), answers.used.end());
    if (*low == *high) return std::nullopt;
    const auto told = [&](auto which) {
        const auto& origin = answers.origins[static_cast<std::size_t>(which - answers.used.begin())];
        return *which == k_no_account ? fmt::format("{} knows no such account", origin)
                                      : fmt::format("{} says {}", origin, *which);
    };
    return unsure(fmt::format("{}, {}", told(low), told(high)), client);
}

} // namespace

Result<NextSequence> find_next_sequence(rpc::Client& client, const xdr::AccountId& source, const Numbers& known) {
    const auto answers = ask_all(client, source, known.used);
    if (answers.used.empty()) return answers.silent ? *answers.silent : *answers.elsewhere;
    if (auto problem = find_contradiction(answers, client)) return *std::move(problem);
    const auto used = answers.used.front();
    if (used == k_no_account)
        return Problem{
            Kind::not_found, "account.not_found",
            fmt::format("the account {} does not exist on {}", format_account(source.ed25519), client.network_name()),
            "create it: passa account create"};
    if (used == std::numeric_limits<std::int64_t>::max())
        return Problem{Kind::unavailable, "tx.sequence", "the server says that the account has used all its numbers",
                       "ask another server"};
    if (known.dead && used >= *known.dead && answers.silent)
        return unsure(fmt::format("{} says that {} was used, and not all servers can be asked: {}",
                                  answers.origins.front(), *known.dead, answers.silent->message),
                      client);
    return NextSequence{used + 1, answers.ledger};
}

} // namespace passa::stellar::tx
