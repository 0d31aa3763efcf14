// One GET: FRIENDBOT?addr=G...
#include "lib/stellar/rpc/friendbot.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/known_networks.hpp"
#include "lib/stellar/strkey.hpp"

#include <algorithm>

namespace passa::stellar::rpc {
namespace {

constexpr std::size_t k_longest_words = 200;

// A server may name any address, of machines too that only we can reach: it is followed to where we send our questions
// anyway, and to the friendbots that everybody knows.
bool is_expected(const http::Url& url, const std::vector<http::Url>& endpoints) {
    return std::any_of(k_known_friendbots.begin(), k_known_friendbots.end(),
                       [&](auto host) { return host == url.host; }) ||
           std::any_of(endpoints.begin(), endpoints.end(), [&](const auto& known) { return known.host == url.host; });
}

} // namespace

Result<http::Url> find_friendbot(Client& client) {
    auto text = client.servers().friendbot;
    const bool declared = !text.empty();
    if (!declared) {
        const auto network = client.get_network();
        if (!network) return network.problems();
        text = network->friendbot;
    }
    if (text.empty())
        return Problem{Kind::not_found, "network.no_friendbot",
                       fmt::format("nobody gives away money on {}", printable(client.network_name(), 40)),
                       "fund the account from another one with --from KEY"};
    auto url = http::parse_url(text);
    if (!url) return url.problems();
    if (!declared && !is_expected(*url, client.servers().endpoints))
        return Problem{Kind::refused, "friendbot.elsewhere",
                       fmt::format("the server names {} as its friendbot, which is none of the network's endpoints",
                                   printable(url->origin, 100)),
                       "if that is right, declare the Network with this friendbot"};
    return url;
}

Result<Done> ask_friendbot(Client& client, const http::Url& friendbot, const xdr::AccountId& account) {
    const auto separator = friendbot.text.find('?') == std::string::npos ? '?' : '&';
    const auto url =
        http::parse_url(fmt::format("{}{}addr={}", friendbot.text, separator, format_account(account.ed25519)));
    if (!url) return url.problems();
    const auto reply = client.poster().post({*url, {}, client.servers().limits});
    if (const auto* none = std::get_if<http::NoAnswer>(&reply))
        return Problem{Kind::unavailable, "friendbot.no_answer",
                       fmt::format("the friendbot at {} did not answer: {}", printable(url->origin, 100), none->reason),
                       "try again in a moment"};
    const auto& answer = std::get<http::Answer>(reply);
    if (answer.status == 200) return Done{};
    return Problem{
        Kind::failed, "friendbot.refused",
        fmt::format("the friendbot refused (HTTP {}): {}", answer.status, printable(answer.body, k_longest_words)), ""};
}

} // namespace passa::stellar::rpc
