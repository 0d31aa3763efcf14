// What came of one HTTP request: an answer, or none and why. Never an exception, because after a request has left, not
// to know what it did is an ordinary state that callers store.
#pragma once
#include "lib/base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace passa::http {

struct Answer {
    int status = 0;
    std::string body;
    std::optional<Duration> retry_after; // at most an hour
};

enum class Failure : std::uint8_t {
    no_address,  // the name has no address
    no_route,    // refused, unreachable, or no connection in time
    tls,         // no trust: certificate, name or version
    timeout,     // connected, but no whole answer in time
    stalled,     // bytes stopped coming
    too_large,   // more bytes than allowed
    cut_off,     // the connection ended within the answer, or before it
    not_allowed, // where the name led is not where passa may send
    other,
};
std::string_view name(Failure failure);

struct NoAnswer {
    Failure failure = Failure::other;
    std::string reason; // for people; no path, header or body of ours in it
    bool sent = false;  // false: proof that no byte of the request left. True: it may have arrived
};

using Reply = std::variant<Answer, NoAnswer>;

} // namespace passa::http
