// passa message sign and verify: that somebody has a key, without any transaction (SEP-53).
#include "cli/account/place.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/message.hpp"
#include "lib/stellar/strkey.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

namespace passa::cli {
namespace message {
namespace {

struct MessageArgs {
    std::optional<std::string> message;
    std::optional<std::string> file;
    bool base64 = false;
};

struct SignArgs : MessageArgs {
    std::string key;
    std::optional<std::int64_t> passphrase_fd;
    std::optional<std::filesystem::path> passphrase_file;
};

struct VerifyArgs : MessageArgs {
    std::string account;
    std::string signature;
};

Problem bad_message(const std::string& why, std::string hint) {
    return {Kind::usage, "message.which", fmt::format("there is no message to look at: {}", why), std::move(hint)};
}

std::string read_all(std::istream& from) {
    std::string text(stellar::k_longest_message * 2 + 1, '\0'); // in base64 it is longer
    from.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(from.gcount()));
    return text;
}

std::string read_file(const std::string& path) {
    if (path == "-") return read_all(std::cin);
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    std::error_code none;
    if (!file || !std::filesystem::is_regular_file(path, none))
        throw Error{bad_message(fmt::format("{} cannot be read: {}", printable(path, 300),
                                            errno == 0 ? "it is no file" : std::strerror(errno)),
                                "name a file with the message, or - for standard input")};
    return read_all(file);
}

// To the byte: a file's last line break is part of it.
Bytes read_message(const MessageArgs& args) {
    if (args.message.has_value() == args.file.has_value())
        throw Error{
            bad_message("none is named, or two are", "write it, or name its file with --file; - for standard input")};
    const auto text = args.message ? *args.message : read_file(*args.file);
    auto message = Bytes(text.begin(), text.end());
    if (args.base64) message = parse_base64(trim(text)).value_or_throw();
    if (message.size() > stellar::k_longest_message)
        throw Error{bad_message(fmt::format("it is longer than {} bytes", stellar::k_longest_message),
                                "sign its SHA-256 instead")};
    return message;
}

out::Record record_of(const crypto::PublicKey& key, const Bytes& message) {
    const std::string text{message.begin(), message.end()};
    return {{"account", stellar::format_account(key)},
            {"message", is_utf8(text) ? out::Value{printable(text, stellar::k_longest_message)} : out::Value{}},
            {"hash", to_hex(stellar::message_hash(message))}};
}

ExitCode run_sign(Context& ctx, const SignArgs& args) {
    const auto message = read_message(args);
    const bool may_ask = !ctx.globals().no_input && args.file != "-";
    const auto signer = ctx.unlock(args.key, {args.passphrase_fd, args.passphrase_file, false, may_ask});
    auto record = record_of(signer->public_key(), message);
    record.emplace_back("signature", to_base64(stellar::sign_message(*signer, message)));
    ctx.show(record);
    return ExitCode::ok;
}

crypto::Signature read_signature(const std::string& text) {
    const auto bytes = parse_base64(text);
    crypto::Signature signature{};
    if (!bytes || bytes->size() != signature.size())
        throw Error{{Kind::usage, "message.signature", "this is no signature: it is not 64 bytes in base64",
                     "copy it again from who signed"}};
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    return signature;
}

ExitCode run_verify(Context& ctx, const VerifyArgs& args) {
    const auto message = read_message(args);
    const auto key = which_account(ctx, args.account).ed25519;
    if (!stellar::is_signed_message(key, message, read_signature(args.signature)))
        throw Error{{Kind::failed, "message.not_signed",
                     fmt::format("{} has not signed this message with this signature", stellar::format_account(key)),
                     "every byte counts, the last line break too"}};
    auto record = record_of(key, message);
    record.emplace_back("signed", true);
    ctx.show(record);
    return ExitCode::ok;
}

template <typename Args>
std::vector<Option> with_message(std::vector<Option> own) {
    std::vector<Option> options{
        positional("MESSAGE", static_cast<std::optional<std::string> Args::*>(&MessageArgs::message),
                   "The message; or give --file"),
        option("file", static_cast<std::optional<std::string> Args::*>(&MessageArgs::file), "FILE",
               "Read it from this file to the byte; - for standard input"),
        flag("base64", static_cast<bool Args::*>(&MessageArgs::base64), "What is given is the message in base64")};
    options.insert(options.begin() + 1, own.begin(), own.end());
    return options;
}

} // namespace
} // namespace message

namespace message_sign {
extern const Command k_command = {
    .path = "message sign",
    .summary = "Sign a message with a key, outside of any transaction",
    .details =
        "By SEP-53: no signature over a message is one over a transaction. It proves that whoever signed has the "
        "key; where several sign for an account, that is not the account. Sign nothing that you have not read.",
    .options = message::with_message<message::SignArgs>(
        {option("key", &message::SignArgs::key, "NAME", "The key that signs"),
         option("passphrase-fd", &message::SignArgs::passphrase_fd, "N",
                "Read the key's passphrase from this file descriptor"),
         option("passphrase-file", &message::SignArgs::passphrase_file, "FILE",
                "Read the key's passphrase from the first line of this file")}),
    .examples = {{"passa message sign 'The Venue accepts the offer of 1 March' --key venue",
                  "then: give the signature"}},
    .exits = {{ExitCode::configuration, "the key is not here, or its passphrase is wrong"}},
    .run = runner(message::run_sign),
};
} // namespace message_sign

namespace message_verify {
extern const Command k_command = {
    .path = "message verify",
    .summary = "Verify that a key signed a message",
    .options = message::with_message<message::VerifyArgs>(
        {option("account", &message::VerifyArgs::account, "ACCOUNT",
                "Who is said to have signed: G..., or a key's name"),
         option("signature", &message::VerifyArgs::signature, "BASE64", "The signature")}),
    .examples = {{"passa message verify 'The Venue accepts the offer of 1 March' --account "
                  "GDRXE2BQUC3AZNPVFSCEZ76NJ3WWL25FYFK6RGZGIEKWE4SOOHSUJUJ6 --signature aGVsbG8...",
                  "says yes, or exit 1"}},
    .exits = {{ExitCode::failed, "it is not signed by that key, or the message differs"}},
    .run = runner(message::run_verify),
};
} // namespace message_verify

} // namespace passa::cli
