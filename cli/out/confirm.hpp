// Plan before money: what a command is about to move is shown, and somebody agrees to it by name.
#pragma once
#include "cli/out/table.hpp"

namespace passa::cli::out {

struct Plan {
    std::string network; // where the money moves
    std::string phrase;  // what a person types to agree, such as the total or the batch
    Record shown;        // totals, fees, the balance after
};

struct Asking {
    std::optional<std::string> yes; // --yes NETWORK
    bool may_ask = true;            // a terminal is there, and --no-input is not
};

enum class Consent : std::uint8_t { given, must_ask };

// What is about to happen, for whoever consents; issued assets with the ends of their issuer.
std::string echo(const Plan& plan, const Terminal& terminal);

// Error cli.yes_elsewhere when --yes names another network.
void refuse_elsewhere(const std::string& network, const std::optional<std::string>& yes);

// Errors cli.yes_elsewhere when --yes names another network, cli.needs_yes when nobody is there to be asked.
Consent find_consent(const Plan& plan, const Asking& asking);

// Asks on the terminal; error cli.not_confirmed for anything but the phrase.
void ask_consent(const Plan& plan);

} // namespace passa::cli::out
