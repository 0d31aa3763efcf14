// The move table: complete names, no way out of final states, unknown leaves only by proof, nothing is sent twice.
#include "lib/payout/state.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace passa;
using namespace passa::payout;

TEST_CASE("every state is reachable from planned and has a name that reads back", "[unit]") {
    std::set<State> reached{State::planned};
    for (std::size_t round = 0; round < moves().size(); ++round)
        for (const auto& move : moves())
            if (reached.contains(move.from)) reached.insert(move.to);
    for (int i = 0; i <= static_cast<int>(State::cancelled); ++i) {
        const auto state = static_cast<State>(i);
        CAPTURE(name(state));
        REQUIRE(reached.contains(state));
        REQUIRE(parse_state(name(state)).value() == state);
    }
    REQUIRE(parse_state("paid").problem().code == "payout.state");
}

TEST_CASE("unknown leaves only by proof, or by the rail taking it", "[unit]") {
    const std::set<Cause> allowed{Cause::proof_of_success, Cause::proof_of_failure, Cause::proof_of_absence,
                                  Cause::rail_accepted};
    for (const auto& move : moves())
        if (move.from == State::unknown) REQUIRE(allowed.contains(move.cause));
}

TEST_CASE("a payout that may have left can neither be withdrawn nor sent again without proof", "[unit]") {
    for (const auto state : {State::sending, State::accepted, State::unknown, State::confirmed, State::settled}) {
        for (const auto cause : {Cause::withdrawn, Cause::attempt_stored, Cause::money_reserved}) {
            CAPTURE(name(state), name(cause));
            REQUIRE_THROWS_AS(next(state, cause), Error);
        }
    }
}

TEST_CASE("a cause leads from one state to one state", "[unit]") {
    std::set<std::pair<State, Cause>> seen;
    for (const auto& move : moves()) REQUIRE(seen.emplace(move.from, move.cause).second);
    for (const auto state : {State::failed, State::returned, State::cancelled}) REQUIRE(is_final(state));
    REQUIRE_FALSE(is_final(State::settled));
}

TEST_CASE("a move that is not in the table is a defect, not a state", "[unit]") {
    try {
        static_cast<void>(next(State::planned, Cause::proof_of_success));
        FAIL("moved");
    } catch (const Error& error) {
        REQUIRE(error.first().code == "payout.move");
    }
}
