// passa key connect: a key that is elsewhere, and the program that asks whatever holds it to sign.
#include "cli/context.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/stellar/keys/external.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli::key_connect {

struct Args {
    std::string name;
    std::string account;
    std::vector<std::string> program;
    std::optional<Duration> timeout;
};

crypto::SigningProgram read_program(const Args& args) {
    crypto::SigningProgram program{args.program, args.timeout.value_or(std::chrono::seconds{60})};
    if (program.time < std::chrono::seconds{1} || program.time > crypto::k_longest_signing)
        throw Error{{Kind::usage, "key.timeout", "a signature may take 1s to 10m", "leave --timeout out: 60s"}};
    std::size_t bytes = 0;
    for (const auto& word : program.words) bytes += word.size();
    const bool is_odd = std::any_of(program.words.begin(), program.words.end(), [](const auto& word) {
        return !is_utf8(word) || word.find('\n') != std::string::npos;
    });
    if (is_odd || bytes > crypto::k_most_program_bytes || program.words.size() > crypto::k_most_program_words)
        throw Error{{Kind::usage, "key.words",
                     fmt::format("a signing program takes at most {} words of one line each, {} bytes in all",
                                 crypto::k_most_program_words, crypto::k_most_program_bytes),
                     "put what is long into a file of its own"}};
    return program;
}

ExitCode run(Context& ctx, const Args& args) {
    const auto account = stellar::format_account(stellar::parse_account(args.account).value_or_throw());
    auto program = read_program(args);
    stellar::check_program(program.words.front()).value_or_throw();
    const auto shown = join(program.words, " ");
    crypto::Keystore{ctx.home() / "keys"}.add({args.name, account, {}, args.name, std::move(program)});
    ctx.show({{"name", args.name}, {"account", account}, {"program", printable(shown, 300)}});
    ctx.note("it was not asked to sign anything: its first signature is checked against the account");
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "key connect",
    .summary = "Name a key that is elsewhere, and the program that has it sign",
    .details =
        "For keys in a device, a service or on another machine. The program is run without a shell for each signature; "
        "it is shown on its standard input what it is to sign, as a line of JSON (passa.sign/1: hash, envelope, "
        "words), "
        "and answers with a line of JSON: its signature, or a refusal. What it says on its standard error is passed "
        "on. "
        "It gets no passphrase, no open file and no PASSA_ variable of passa's. PROGRAM and its words are stored in "
        "the "
        "clear: they are no place for secrets. templates/signers/openssl.py is one to begin with.",
    .options = {positional("NAME", &Args::name, "The key's name"),
                option("account", &Args::account, "ACCOUNT", "Whose key it is: G..."),
                option("timeout", &Args::timeout, "DURATION", "For how long a signature may take; default: 60s"),
                at_least_one(
                    the_rest(positional("PROGRAM", &Args::program,
                                        "The program's full path, and its words; behind -- where one is called "
                                        "like an option of passa")))},
    .examples = {{"passa key connect board --account GDRXE2BQUC3AZNPVFSCEZ76NJ3WWL25FYFK6RGZGIEKWE4SOOHSUJUJ6 "
                  "/usr/local/bin/sign-by-card --slot 2",
                  "then: --key board, as with any other"}},
    .exits = {{ExitCode::configuration, "the program or the keystore cannot be used"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::key_connect
