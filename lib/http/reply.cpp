// The words for failures.
#include "lib/http/reply.hpp"

namespace passa::http {

std::string_view name(Failure failure) {
    switch (failure) {
    case Failure::no_address: return "no_address";
    case Failure::no_route: return "no_route";
    case Failure::tls: return "tls";
    case Failure::timeout: return "timeout";
    case Failure::stalled: return "stalled";
    case Failure::too_large: return "too_large";
    case Failure::cut_off: return "cut_off";
    case Failure::not_allowed: return "not_allowed";
    case Failure::other: return "other";
    }
    return "other";
}

} // namespace passa::http
