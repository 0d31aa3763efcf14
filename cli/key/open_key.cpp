// A wrong passphrase and a changed key file cannot be told apart: both are named.
#include "cli/key/open_key.hpp"

namespace passa::cli {
namespace {

constexpr int k_tries = 3;

Problem with_names(Problem problem, Context& ctx, const crypto::StoredKey& key, const out::PassphraseSource& source) {
    const auto key_file = (ctx.home() / "keys" / (key.name + ".key")).string();
    const auto given = source.file ? fmt::format("the passphrase in {}", source.file->string()) : "the passphrase";
    problem.message = fmt::format("{} does not open the key {}, or {} was changed", given, key.name, key_file);
    problem.hint = source.file
                       ? "name the file with this key's passphrase; a changed key file comes back from your backup"
                       : "try again; a changed key file comes back from your backup";
    return problem;
}

} // namespace

Secret open_key(Context& ctx, const crypto::StoredKey& key, const out::PassphraseSource& source) {
    if (key.program)
        throw Error{{Kind::configuration, "key.elsewhere",
                     fmt::format("the key {} is not in this keystore: a program signs with it", key.name),
                     "use a key of the keystore for this"}};
    auto asked = source;
    asked.of = "key " + key.name;
    for (int left = out::will_ask(source) ? k_tries : 1;; --left) {
        const auto passphrase = out::read_passphrase(asked, ctx.terminal());
        auto seed = crypto::open(key.box, passphrase, crypto::bound_text(key.name, key.account));
        if (seed || seed.problem().code != "crypto.wrong_passphrase") return std::move(seed).value_or_throw();
        if (left == 1) throw Error{with_names(seed.problem(), ctx, key, source)};
        ctx.note(fmt::format("that does not open the key {}", key.name));
    }
}

} // namespace passa::cli
