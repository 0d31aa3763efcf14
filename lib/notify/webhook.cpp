// Signatures, one for each secret, blanks between them.
#include "lib/notify/webhook.hpp"

#include "lib/base/text.hpp"
#include "lib/crypto/hmac.hpp"

#include <chrono>

namespace passa::notify {
namespace {

constexpr std::string_view k_prefix = "whsec_";
constexpr std::size_t k_shortest = 24; // bytes
constexpr std::size_t k_longest = 64;
constexpr std::size_t k_most_secrets = 4;

Problem refuse(std::size_t line, const char* why) {
    return {
        Kind::configuration, "notice.webhook_secret", fmt::format("line {} of the webhook's secrets {}", line, why),
        "write whsec_ and 24 to 64 random bytes in base64, such as: echo whsec_$(head -c 32 /dev/urandom | base64)"};
}

} // namespace

Result<std::vector<Secret>> parse_webhook_secrets(std::string_view text) {
    std::vector<Secret> secrets;
    std::size_t number = 0;
    for (const auto line : split_at(text, '\n')) {
        ++number;
        const auto word = trim(line);
        if (word.empty()) continue;
        if (!word.starts_with(k_prefix)) return refuse(number, "does not begin with whsec_");
        auto read = parse_base64(word.substr(k_prefix.size()));
        if (!read) return refuse(number, "is not base64");
        Bytes bytes = std::move(read).value_or_throw();
        if (bytes.size() < k_shortest || bytes.size() > k_longest) return refuse(number, "has the wrong length");
        secrets.push_back(Secret::take(bytes));
        if (secrets.size() > k_most_secrets) return refuse(number, "is one too many");
    }
    if (secrets.empty()) return refuse(1, "is empty");
    return secrets;
}

std::vector<std::string> webhook_headers(const Signed& what, const std::vector<Secret>& secrets) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(what.at.time_since_epoch()).count();
    const auto content = fmt::format("{}.{}.{}", what.id, seconds, what.body);
    std::vector<std::string> signatures;
    for (const auto& secret : secrets)
        signatures.push_back("v1," + to_base64(crypto::hmac_sha256(secret.reveal(), as_bytes(content))));
    return {"webhook-id: " + what.id, fmt::format("webhook-timestamp: {}", seconds),
            "webhook-signature: " + join(signatures, " ")};
}

} // namespace passa::notify
