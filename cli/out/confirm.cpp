// Consent names the network, so that a script written for a test network cannot move live money.
#include "cli/out/confirm.hpp"

#include "lib/base/text.hpp"

#include <cerrno>
#include <unistd.h>

namespace passa::cli::out {
namespace {

constexpr std::size_t k_longest_answer = 256;

std::string read_answer() { // byte by byte: what follows belongs to others
    std::string answer;
    for (char c = 0; answer.size() < k_longest_answer;) {
        const auto got = read(0, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || c == '\n') break;
        answer += c;
    }
    return answer;
}

// Anybody may issue a USDC: who consents must see whose it is.
Record with_issuers(Record record) {
    constexpr std::size_t k_shown = 4;
    for (auto& [key, value] : record) {
        if (const auto* amount = std::get_if<money::Amount>(&value.data);
            amount != nullptr && amount->asset().is_issued()) {
            const auto issuer = amount->asset().id.substr(amount->asset().code().size() + 1);
            value = amount->for_people() + ":" +
                    (issuer.size() <= 2 * k_shown
                         ? issuer
                         : issuer.substr(0, k_shown) + ".." + issuer.substr(issuer.size() - k_shown));
        } else if (auto* nested = std::get_if<Records>(&value.data)) {
            for (auto& inner : *nested) inner = with_issuers(std::move(inner));
        }
    }
    return record;
}

} // namespace

std::string echo(const Plan& plan, const Terminal& terminal) {
    return fmt::format("network: {}\n{}", printable(plan.network, 60),
                       fields(terminal.stdout_is_tty ? with_issuers(plan.shown) : plan.shown, terminal));
}

void refuse_elsewhere(const std::string& network, const std::optional<std::string>& yes) {
    if (!yes || *yes == network) return;
    throw Error{
        {Kind::usage, "cli.yes_elsewhere",
         fmt::format("--yes names {}, but the money would move on {}", printable(*yes, 40), printable(network, 40)),
         fmt::format("if that is meant, write --yes {}", printable(network, 40))}};
}

Consent find_consent(const Plan& plan, const Asking& asking) {
    refuse_elsewhere(plan.network, asking.yes);
    if (asking.yes) return Consent::given;
    if (asking.may_ask) return Consent::must_ask;
    throw Error{{Kind::usage, "cli.needs_yes",
                 fmt::format("money would move on {}, and nobody is here to be asked", printable(plan.network, 40)),
                 fmt::format("look at it with --dry-run, then write --yes {}", printable(plan.network, 40))}};
}

void ask_consent(const Plan& plan) {
    write_stderr(fmt::format("To go on, type {}: ", printable(plan.phrase, 100)));
    if (trim(read_answer()) == plan.phrase) return;
    throw Error{{Kind::refused, "cli.not_confirmed", "not confirmed: nothing was done",
                 fmt::format("run it again and type exactly: {}", printable(plan.phrase, 100))}};
}

} // namespace passa::cli::out
