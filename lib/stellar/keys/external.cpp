// Whatever goes wrong here, nothing is signed: what the program may have done with what it was shown is its own affair,
// and nothing was sent.
#include "lib/stellar/keys/external.hpp"

#include "lib/base/ask_program.hpp"
#include "lib/base/text.hpp"
#include "lib/stellar/known_networks.hpp"
#include "lib/stellar/network_id.hpp"
#include "lib/stellar/strkey.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace passa::stellar {
namespace {

using Ordered = nlohmann::ordered_json;
using End = ProgramAnswer::End;

constexpr std::size_t k_most_answer = 4096;
constexpr int k_deepest_answer = 2;

std::string_view name_of(SignKind kind) {
    static constexpr std::array<std::string_view, 3> k_names{"transaction", "authorization", "message"};
    return k_names.at(static_cast<std::size_t>(kind));
}

Ordered passphrase_of(const Hash256& network) {
    for (const auto& known : k_known_networks)
        if (make_network_id(known.passphrase).hash == network) return std::string{known.passphrase};
    return nullptr;
}

Problem problem(Kind kind, std::string code, std::string message, std::string hint) {
    return {kind, std::move(code), std::move(message), std::move(hint)};
}

std::string how_it_ended(const ProgramAnswer& answer, Duration time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time).count();
    switch (answer.end) {
    case End::killed: return fmt::format("was killed by signal {} ({})", answer.code, strsignal(answer.code));
    case End::too_late: return fmt::format("took longer than {} s, and was stopped", seconds);
    case End::too_long: return fmt::format("answered with more than {} bytes", k_most_answer);
    case End::not_started: return fmt::format("cannot be started: {}", std::strerror(answer.code));
    case End::exited: break;
    }
    return fmt::format("ended with exit code {}", answer.code);
}

Problem not_an_answer(const char* why) {
    return problem(Kind::failed, "key.answer", fmt::format("the signing program's answer cannot be read: {}", why),
                   R"(it must be one line: {"signature":"..."} or {"refused":"..."})");
}

} // namespace

std::string sign_request(const ToSign& shown, const crypto::PublicKey& key) {
    const bool has_network = shown.kind != SignKind::message;
    const Ordered request{{"schema", "passa.sign/1"},
                          {"kind", std::string{name_of(shown.kind)}},
                          {"hash", to_hex(shown.hash)},
                          {"publicKey", format_account(key)},
                          {"network", has_network ? passphrase_of(shown.network) : Ordered()},
                          {"networkId", has_network ? Ordered(to_hex(shown.network)) : Ordered()},
                          {"envelope", to_base64(shown.bytes)},
                          {"words", shown.words}};
    return request.dump(-1, ' ', true, Ordered::error_handler_t::replace);
}

Result<SignAnswer> parse_sign_answer(std::string_view text) {
    if (text.size() > k_most_answer) return not_an_answer("it is too long");
    const auto shallow = [](int depth, Ordered::parse_event_t, const Ordered&) { return depth < k_deepest_answer; };
    const auto json = Ordered::parse(trim(text), shallow, false);
    if (json.is_discarded() || !json.is_object()) return not_an_answer("it is no JSON object");
    const auto signature = json.find("signature"), refused = json.find("refused");
    if ((signature == json.end()) == (refused == json.end()))
        return not_an_answer("it has neither a signature nor a refusal, or both");
    if (refused != json.end()) {
        if (!refused->is_string()) return not_an_answer("its refusal is no text");
        return SignAnswer{{}, printable(refused->get<std::string>(), 300)};
    }
    const auto bytes = parse_base64(signature->is_string() ? signature->get<std::string>() : std::string{});
    crypto::Signature read{};
    if (!bytes || bytes->size() != read.size()) return not_an_answer("its signature is not 64 bytes in base64");
    std::copy(bytes->begin(), bytes->end(), read.begin());
    return SignAnswer{read, {}};
}

Result<Done> check_program(const std::string& path) {
    const auto bad = [&](const std::string& why, std::string hint) {
        return problem(Kind::configuration, "key.program", fmt::format("{} cannot sign: {}", printable(path, 300), why),
                       std::move(hint));
    };
    if (!path.starts_with('/')) return bad("this is no full path", "write it from / on: nothing is looked up in PATH");
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) return bad(std::strerror(errno), "install it there, or connect the key anew");
    if (!S_ISREG(info.st_mode) || access(path.c_str(), X_OK) != 0)
        return bad("it is no program that may be run", fmt::format("chmod u+x {}", printable(path, 300)));
    if (info.st_uid != 0 && info.st_uid != geteuid())
        return bad("it belongs to somebody else", "use a program of root's or of your own");
    if ((info.st_mode & 022) != 0)
        return bad("others may change it", fmt::format("chmod go-w {}", printable(path, 300)));
    return Done{};
}

crypto::Signature ExternalSigner::sign(const Hash256&) {
    throw Error{
        problem(Kind::refused, "key.blind",
                fmt::format("the key {} signs only what its program can be shown, and this is a bare hash", m_key.name),
                "use a key of the keystore for this")};
}

std::string ExternalSigner::ask(const std::string& request) const {
    check_program(m_key.words.front()).value_or_throw();
    const auto answer = ask_program({m_key.words, request, m_key.time, k_most_answer, m_say});
    const auto program = printable(m_key.words.front(), 300);
    if (answer.end == End::exited && answer.code == 0) return answer.output;
    if (answer.end == End::not_started)
        throw Error{problem(Kind::configuration, "key.program",
                            fmt::format("{} {}", program, how_it_ended(answer, m_key.time)), "look at the program")};
    throw Error{problem(Kind::failed, "key.signer",
                        fmt::format("the program {} of the key {} {}: nothing was signed, and nothing was sent",
                                    program, m_key.name, how_it_ended(answer, m_key.time)),
                        "what it said stands above; then run the same command again")};
}

crypto::Signature ExternalSigner::sign_shown(const ToSign& shown) {
    const auto answer = parse_sign_answer(ask(sign_request(shown, m_key.key) + "\n")).value_or_throw();
    if (!answer.signature)
        throw Error{problem(Kind::refused, "key.refused",
                            fmt::format("the key {} was not used: its program refused: {}", m_key.name, answer.refused),
                            "nothing was signed, and nothing was sent")};
    if (!crypto::verify(m_key.key, shown.hash, *answer.signature))
        throw Error{problem(Kind::failed, "key.signature",
                            fmt::format("what the program of the key {} gave is no signature of {} over this",
                                        m_key.name, format_account(m_key.key)),
                            "it signs with another key, or something else: nothing was sent")};
    return *answer.signature;
}

} // namespace passa::stellar
