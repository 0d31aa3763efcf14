// season: the seeded simulator. Seasons are played by as many processes as there are cores, each with a database and a
// local network of its own; how many steps of each kind there were, and what went wrong in them, is told at the end.
//
//   season LOCALNET [--seed S] [--steps N] [--season K [--tell]] [--jobs J]
//
// Season K of seed S is the same whoever plays it, so a failure is looked at again with --seed S --season K --tell.
#include "tests/sim/season/season.hpp"

#include <nlohmann/json.hpp>

#include <csignal>
#include <cstdlib>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace passa;
using namespace passa::test;

namespace {

constexpr std::int64_t k_season = 2'500; // steps: books stay small, and a failure is near its beginning

struct Options {
    std::string localnet;
    std::uint64_t seed = 1;
    std::int64_t steps = 100'000;
    std::int64_t only = 0; // a season; 0: all
    int jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    bool tells = false;
};

Options parse(int count, char** words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const auto number = [&] { return std::strtoll(++i < count ? words[i] : "", nullptr, 10); };
        if (word == "--seed")
            options.seed = static_cast<std::uint64_t>(number());
        else if (word == "--steps")
            options.steps = number();
        else if (word == "--season")
            options.only = number();
        else if (word == "--jobs")
            options.jobs = static_cast<int>(number());
        else if (word == "--tell")
            options.tells = true;
        else
            options.localnet = word;
    }
    return options;
}

// Season K of a run has a seed of its own.
std::uint64_t seed_of(const Options& options, std::int64_t season) {
    SeededRandom random{options.seed * 1'000'003 + static_cast<std::uint64_t>(season)};
    return random.next_u64() >> 16U;
}

Tally play(const Options& options, std::int64_t season) {
    const auto before = (season - 1) * k_season;
    SeasonPlan plan{seed_of(options, season), std::min(k_season, options.steps - before), options.localnet,
                    options.tells};
    try {
        return Season{plan}.play();
    } catch (const std::exception& error) {
        fmt::print(stderr,
                   "seed {}, season {}: {}\nlook again: season LOCALNET --seed {} --steps {} --season {} --tell\n",
                   options.seed, season, error.what(), options.seed, options.steps, season);
        throw;
    }
}

// Every jobs-th season, beginning with this one; their tally goes to the parent.
int work(const Options& options, std::int64_t first, int to) {
    Tally all;
    const auto seasons = (options.steps + k_season - 1) / k_season;
    try {
        for (auto season = first; season <= seasons; season += options.jobs) {
            if (options.only != 0 && season != options.only) continue;
            for (const auto& [what, times] : play(options, season)) all[what] += times;
        }
    } catch (const std::exception&) { // told already
        return 1;
    }
    const auto text = nlohmann::json(all).dump();
    return write(to, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1;
}

// Of so many steps everything that can go wrong did: a kind that never came is a test that tests nothing.
constexpr std::int64_t k_many = 30'000;
bool has_all(const Tally& tally) {
    bool all = true;
    for (const auto& what : kinds_of_steps()) {
        if (tally.contains(what)) continue;
        fmt::print(stderr, "there was never: {}\n", what);
        all = false;
    }
    return all;
}

} // namespace

int main(int count, char** words) {
    const auto options = parse(count, words);
    if (!std::filesystem::exists(options.localnet)) {
        fmt::print("skipped: {} was not built (scripts/build)\n", options.localnet);
        return 77;
    }
    fmt::print("seed {}, {} steps\n", options.seed, options.steps);
    std::fflush(stdout);
    std::vector<std::pair<pid_t, int>> workers;
    for (int job = 1; job <= options.jobs; ++job) {
        int line[2];
        if (pipe(line) != 0) return 1;
        const auto child = fork();
        if (child == 0) std::exit(work(options, job, line[1])); // the cluster goes with it
        close(line[1]);
        workers.emplace_back(child, line[0]);
    }
    Tally all;
    bool good = true;
    for (const auto& [child, line] : workers) {
        std::string text;
        char part[4096];
        for (ssize_t n = 0; (n = read(line, part, sizeof part)) > 0;) text.append(part, static_cast<std::size_t>(n));
        int status = 0;
        waitpid(child, &status, 0);
        good = good && status == 0;
        if (status == 0)
            for (const auto& [what, times] : nlohmann::json::parse(text).get<Tally>()) all[what] += times;
    }
    for (const auto& [what, times] : all) fmt::print("{:8} {}\n", times, what);
    return good && (options.steps < k_many || options.only != 0 || has_all(all)) ? 0 : 1;
}
