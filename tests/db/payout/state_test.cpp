// The table of states and moves, against what the database takes.
#include "lib/payout/state.hpp"
#include "tests/support/check_words.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;

TEST_CASE("the database knows the states of a payout that the code knows", "[db][payout]") {
    test::FreshDatabase db;
    const auto words = test::words_of_check(db, "payout_state_check");
    REQUIRE(words == test::words_up_to(State::cancelled));
    for (const auto& word : words) REQUIRE(name(parse_state(word).value()) == word);
}

TEST_CASE("the moves that the database allows are those of the code's table, and no others", "[db][payout]") {
    test::FreshDatabase db;
    std::set<std::string> ours;
    for (const auto& move : moves())
        ours.insert(fmt::format("{} {} {}", name(move.from), name(move.cause), name(move.to)));
    std::set<std::string> theirs;
    for (const auto& row : db.owner().connection().raw(
             "SELECT state_from || ' ' || cause || ' ' || state_to AS move FROM payout_move_allowed"))
        theirs.insert(row.get<std::string>("move"));
    REQUIRE(theirs == ours);
}

TEST_CASE("every state of a payout is reached from the first, and every move is by a cause of its own",
          "[db][payout]") {
    std::set<State> reached{State::planned};
    for (std::size_t before = 0; before != reached.size();) {
        before = reached.size();
        for (const auto& move : moves())
            if (reached.contains(move.from)) reached.insert(move.to);
    }
    REQUIRE(reached.size() == test::words_up_to(State::cancelled).size());
    std::set<std::pair<State, Cause>> seen;
    for (const auto& move : moves()) REQUIRE(seen.insert({move.from, move.cause}).second);
}
