// Standard Webhooks 1.0: id, timestamp and signature as headers. The receiver computes HMAC-SHA256 over
// "id.timestamp.body" and refuses what is older than five minutes; the id is the same at every try.
#pragma once
#include "lib/base/result.hpp"
#include "lib/base/secret.hpp"
#include "lib/base/time.hpp"

#include <string>
#include <vector>

namespace passa::notify {

// One whsec_BASE64 a line, of 24 to 64 bytes each, the newest first: several while receivers change over to a new one.
// Errors notice.webhook_secret.
Result<std::vector<Secret>> parse_webhook_secrets(std::string_view text);

struct Signed {
    std::string id;
    Instant at;
    std::string_view body;
};
std::vector<std::string> webhook_headers(const Signed& what, const std::vector<Secret>& secrets); // NAME: VALUE

} // namespace passa::notify
