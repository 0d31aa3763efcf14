// A passphrase from where secrets may come: a file descriptor, a file, a systemd credential, or the terminal without
// echo. Never from the command line or the environment.
#pragma once
#include "cli/out/terminal.hpp"
#include "lib/base/secret.hpp"

#include <filesystem>
#include <optional>

namespace passa::cli::out {

struct PassphraseSource {
    std::optional<std::int64_t> fd;
    std::optional<std::filesystem::path> file;
    bool twice = false; // ask again on a terminal, for a new key
    bool may_ask = true;
    std::string_view what = "passphrase"; // in questions and errors
    std::string of = {};                  // whose: said in the question
};

// Whether a person will be asked, who may mistype.
bool will_ask(const PassphraseSource& source);

// One line, without its line break; that of a descriptor or a pipe again for whoever asks again. Errors
// key.no_passphrase, key.passphrase.
Secret read_passphrase(const PassphraseSource& source, const Terminal& terminal);

} // namespace passa::cli::out
