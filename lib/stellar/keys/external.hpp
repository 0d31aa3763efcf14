// A key that is elsewhere (a device, a service, another machine): a program of the owner's is asked to sign, is shown
// what, and its answer is believed only when it is a signature of that key over that hash.
//
// One line of JSON to its standard input, one back from its standard output:
//   {"schema":"passa.sign/1","kind":"transaction","hash":"<hex>","publicKey":"G...","network":"<passphrase>" or null,
//    "networkId":"<hex>" or null,"envelope":"<base64>","words":["..."]}
//   {"signature":"<base64 of 64 bytes>"}  or  {"refused":"why"}
// Of an authorisation (kind authorization) "envelope" is the HashIdPreimage, of a message (kind message) the message.
#pragma once
#include "lib/base/time.hpp"
#include "lib/stellar/keys/signer.hpp"

#include <functional>
#include <optional>

namespace passa::stellar {

struct ExternalKey {
    std::string name;
    crypto::PublicKey key{};
    std::vector<std::string> words; // the program's full path first
    Duration time = std::chrono::seconds{60};
};

// The line without its end.
std::string sign_request(const ToSign& shown, const crypto::PublicKey& key);

struct SignAnswer {
    std::optional<crypto::Signature> signature; // none: refused
    std::string refused;                        // why
};
// Error key.answer: it is none.
Result<SignAnswer> parse_sign_answer(std::string_view text);

class ExternalSigner final : public Signer {
public:
    using Say = std::function<void(std::string_view line)>; // what the program says on its standard error
    explicit ExternalSigner(ExternalKey key, Say say) : m_key(std::move(key)), m_say(std::move(say)) {}

    [[nodiscard]] const crypto::PublicKey& public_key() const override { return m_key.key; }
    crypto::Signature sign(const Hash256& hash) override; // error key.blind: it shows what it has signed
    // Errors: key.program (it cannot be run, or others may change it), key.signer (it died, took too long, said too
    // much), key.refused, key.answer, key.signature (not of this key, or over something else).
    crypto::Signature sign_shown(const ToSign& shown) override;
    [[nodiscard]] bool looks() const override { return true; }

private:
    [[nodiscard]] std::string ask(const std::string& request) const;
    ExternalKey m_key;
    Say m_say;
};

// Error key.program: it is no program, or somebody else than its owner and root may change it.
Result<Done> check_program(const std::string& path);

} // namespace passa::stellar
