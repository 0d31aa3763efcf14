// The only moves there are.
#include "lib/payout/state.hpp"

#include <algorithm>
#include <array>

namespace passa::payout {
namespace {

using S = State;
using C = Cause;

constexpr auto k_moves = std::to_array<Move>({
    {S::planned, C::checked, S::ready},
    {S::planned, C::refused_by_check, S::blocked},
    {S::planned, C::withdrawn, S::cancelled},
    {S::ready, C::refused_by_check, S::blocked},
    {S::ready, C::money_reserved, S::reserved},
    {S::ready, C::withdrawn, S::cancelled},
    {S::blocked, C::withdrawn, S::cancelled},
    {S::reserved, C::attempt_stored, S::sending},
    {S::reserved, C::refused_by_check, S::failed}, // found out just before sending: never left
    {S::reserved, C::withdrawn, S::cancelled},
    {S::sending, C::rail_accepted, S::accepted},
    {S::sending, C::no_answer, S::unknown},
    {S::sending, C::proof_of_success, S::confirmed},
    {S::sending, C::proof_of_failure, S::failed},
    {S::sending, C::proof_of_absence, S::reserved},
    {S::accepted, C::no_answer, S::unknown},
    {S::accepted, C::proof_of_success, S::confirmed},
    {S::accepted, C::proof_of_failure, S::failed},
    {S::accepted, C::proof_of_absence, S::reserved},
    {S::unknown, C::rail_accepted, S::accepted},
    {S::unknown, C::proof_of_success, S::confirmed},
    {S::unknown, C::proof_of_failure, S::failed},
    {S::unknown, C::proof_of_absence, S::reserved},
    {S::confirmed, C::statement_matched, S::settled},
    // The payee sent it back, or the exchange that its address belongs to: a person closed the break about that.
    {S::confirmed, C::came_back, S::returned},
    {S::settled, C::came_back, S::returned},
});

constexpr auto k_states = std::to_array<std::pair<State, std::string_view>>({
    {S::planned, "planned"},
    {S::ready, "ready"},
    {S::reserved, "reserved"},
    {S::sending, "sending"},
    {S::accepted, "accepted"},
    {S::confirmed, "confirmed"},
    {S::settled, "settled"},
    {S::unknown, "unknown"},
    {S::failed, "failed"},
    {S::returned, "returned"},
    {S::blocked, "blocked"},
    {S::cancelled, "cancelled"},
});

constexpr auto k_causes = std::to_array<std::pair<Cause, std::string_view>>({
    {C::checked, "checked"},
    {C::refused_by_check, "refused_by_check"},
    {C::money_reserved, "money_reserved"},
    {C::attempt_stored, "attempt_stored"},
    {C::rail_accepted, "rail_accepted"},
    {C::no_answer, "no_answer"},
    {C::proof_of_success, "proof_of_success"},
    {C::proof_of_failure, "proof_of_failure"},
    {C::proof_of_absence, "proof_of_absence"},
    {C::statement_matched, "statement_matched"},
    {C::came_back, "came_back"},
    {C::withdrawn, "withdrawn"},
});

} // namespace

std::span<const Move> moves() { return k_moves; }

std::string_view name(State state) { return k_states[static_cast<std::size_t>(state)].second; }
std::string_view name(Cause cause) { return k_causes[static_cast<std::size_t>(cause)].second; }

Result<State> parse_state(std::string_view text) {
    const auto it =
        std::find_if(k_states.begin(), k_states.end(), [&](const auto& entry) { return entry.second == text; });
    if (it != k_states.end()) return it->first;
    return Problem{Kind::invalid_input, "payout.state",
                   fmt::format("'{}' is not a state of a payout", text.substr(0, 40)), ""};
}

State next(State from, Cause cause) {
    const auto it =
        std::find_if(k_moves.begin(), k_moves.end(), [&](const Move& m) { return m.from == from && m.cause == cause; });
    if (it != k_moves.end()) return it->to;
    throw Error{{Kind::internal, "payout.move",
                 fmt::format("a payout that is {} cannot move by {}", name(from), name(cause)), ""}};
}

bool is_final(State state) {
    return std::none_of(k_moves.begin(), k_moves.end(), [&](const Move& m) { return m.from == state; });
}

bool is_unsent(State state) { return state == State::planned || state == State::ready || state == State::reserved; }

bool may_have_left(State state) {
    return state == State::sending || state == State::accepted || state == State::unknown;
}

} // namespace passa::payout
