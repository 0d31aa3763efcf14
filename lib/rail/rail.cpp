// The words of the port, as they are stored and shown.
#include "lib/rail/rail.hpp"

namespace passa::rail {

std::string_view name(Standing standing) {
    switch (standing) {
    case Standing::accepted: return "accepted";
    case Standing::confirmed: return "confirmed";
    case Standing::failed: return "failed";
    case Standing::absent: return "absent";
    case Standing::unknown: return "unknown";
    }
    return "unknown";
}

std::string_view name(StatementLine::Kind kind) {
    switch (kind) {
    case StatementLine::Kind::payment: return "payment";
    case StatementLine::Kind::fee: return "fee";
    case StatementLine::Kind::funding: return "funding";
    case StatementLine::Kind::other: return "other";
    }
    return "other";
}

} // namespace passa::rail
