// A season: some organizers on a database and a network of their own, and so many steps, each a deed that may go wrong.
// Everything in it follows from its seed. At its end nothing goes wrong any more, and everybody gets what is theirs.
#pragma once
#include "tests/sim/season/laws.hpp"

#include <deque>

namespace passa::test {

using Tally = std::map<std::string, std::int64_t>; // "deed settle", "rpc drop_after", "killed", "refused payout.funds"
std::vector<std::string> kinds_of_steps();         // every deed and every way to go wrong

struct SeasonPlan {
    std::uint64_t seed = 0;
    std::int64_t steps = 2'500;
    std::string localnet; // the program
    bool tells = false;   // every step, as it goes
};

// What was broken, where, and what led there.
struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Season {
public:
    explicit Season(const SeasonPlan& plan);
    ~Season();
    Tally play(); // throws Broken

private:
    enum class Fault : std::uint8_t { none, rpc, thrown, cut, killed, shut };
    struct Move {
        std::size_t organizer = 0;
        Deed deed{};
        Fault fault{};
        int at = 0; // the point that it strikes at
        std::vector<RpcFault> rpc;
    };
    void step(std::int64_t number);
    Move choose();
    std::vector<RpcFault> choose_rpc();
    int choose_point(Deed deed);
    std::string perform(const Move& move); // how it ended: "done", or an error's code
    std::string do_here(const Move& move);
    void plan(const Move& move, bool& was_cut);
    std::string do_in_child(const Move& move);
    void tell(std::string line);
    [[noreturn]] void fail(const std::string& law) const;
    void finish();
    void finish(std::size_t organizer);
    void pay_all(std::size_t organizer);
    void require_laws(std::size_t organizer, const test::Step& step);
    SeasonPlan m_plan;
    SeededRandom m_random;
    FixedClock m_clock;
    FreshDatabase m_db;
    std::filesystem::path m_folder;
    LocalNetwork m_network;
    std::vector<std::unique_ptr<Festival>> m_festivals;
    std::vector<Laws> m_laws;
    Tally m_tally;
    std::map<Deed, int> m_points;   // that a deed passed when it last came to its end
    std::deque<std::string> m_last; // what led to now
    std::string m_now;              // the step that is done
    std::int64_t m_number = 0;      // of it
};

} // namespace passa::test
