// A movement as the contract tells it, in its interface's words (contracts/event-revenue/src/event.rs).
#pragma once
#include "lib/escrow/escrow.hpp"

namespace passa::escrow {

enum class Moved : std::uint8_t { deposit, refund, commission, paid, exit };
std::string_view name(Moved kind); // as the database spells it

struct Part {
    std::string address; // from whom a deposit is; to whom all others
    money::Int128 minor = 0;
};
struct Told {
    Moved kind{};
    std::string token;                    // C...
    std::optional<std::uint32_t> version; // of the contract's plan; none: of all
    std::vector<Part> parts;
};
// None: it tells of no movement (a new plan, a pause). Error escrow.unreadable.
Result<std::optional<Told>> read_told(std::string_view said);

} // namespace passa::escrow
