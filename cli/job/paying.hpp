// What a job that moves money needs of whoever calls it: that somebody agreed to the network, and the key's passphrase.
#pragma once
#include "cli/context.hpp"
#include "lib/runner/declared.hpp"

namespace passa::cli {

struct KeyWish {
    std::optional<std::filesystem::path> passphrase_file = {};
};

// Options of a command whose Args are a KeyWish, behind its own.
template <typename Args>
std::vector<Option> with_key(std::vector<Option> options) {
    options.push_back(option<Args, std::optional<std::filesystem::path>>(
        "passphrase-file", &Args::passphrase_file, "FILE",
        "Of a job that pays: read the key's passphrase from the first line of this file; default: the systemd "
        "credential passa-passphrase, or credentials/passa-passphrase in passa's folder"));
    return options;
}

struct Paying {
    std::optional<std::string> network = {}; // that money may move on
    out::PassphraseSource key = {};
};

// A person is asked, or has said --yes. Errors job.which_network, cli.needs_yes, cli.not_confirmed, cli.other_network,
// cli.yes_elsewhere.
Paying agree(Context& ctx, const runner::RunKey& key, const KeyWish& wish);
// Whoever applied the declaration has agreed to what it names. Errors cli.other_network, cli.yes_elsewhere.
Paying agree(Context& ctx, const runner::Declared& declared, const KeyWish& wish);
// The network that agree would choose, for whoever only looks: nobody is asked. Errors job.which_network,
// cli.other_network, cli.yes_elsewhere.
Paying rehearse(Context& ctx, const runner::RunKey& key);

} // namespace passa::cli
