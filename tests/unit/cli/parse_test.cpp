// From words to typed arguments: required and optional by type, letters, lists, and words that an enum is limited to.
#include "cli/spec/parse.hpp"

#include <catch2/catch.hpp>

namespace passa::cli {

enum class Colour : std::uint8_t { red, green };
template <>
struct Words<Colour> {
    static constexpr std::pair<std::string_view, Colour> k_all[] = {{"red", Colour::red}, {"green", Colour::green}};
};

namespace {

struct Args {
    std::string name;
    std::vector<std::string> rest;
    std::optional<std::int64_t> count;
    std::optional<Duration> wait;
    std::optional<Colour> colour;
    std::vector<Day> days;
    bool loud = false;
};

ExitCode run(Context&, const Args&) { return ExitCode::ok; }

const Command k_show{.path = "thing show",
                     .summary = "Show a thing",
                     .options = {positional("NAME", &Args::name, "The thing"), positional("REST", &Args::rest, "More"),
                                 short_form('c', option("count", &Args::count, "N", "How many")),
                                 option("wait", &Args::wait, "TIME", "How long"),
                                 option("colour", &Args::colour, "COLOUR", "Which"),
                                 option("day", &Args::days, "DAY", "When; may be repeated"),
                                 short_form('l', flag("loud", &Args::loud, "Louder"))},
                     .run = runner(run)};
const Command k_send{.path = "thing",
                     .summary = "Send a thing",
                     .options = {at_least_one(positional("WORD", &Args::rest, "What"))},
                     .effect = Effect::moves_money,
                     .run = runner(run)};
const std::vector<const Command*> k_registry{&k_show, &k_send};

struct Read {
    Args args;
    Globals globals;
};

Read read(const std::vector<std::string>& words) {
    const auto parsed = parse(k_registry, words);
    INFO((parsed ? "" : parsed.problem().message));
    REQUIRE(parsed.ok());
    REQUIRE(parsed->args);
    return {*static_cast<const Args*>(parsed->args.get()), parsed->globals};
}

std::string message_of(const std::vector<std::string>& words) {
    const auto parsed = parse(k_registry, words);
    REQUIRE_FALSE(parsed.ok());
    for (const auto& problem : parsed.problems()) REQUIRE(exit_code_for(problem.kind) == ExitCode::usage);
    return parsed.problem().message;
}

} // namespace

TEST_CASE("typed targets are filled from options, letters and positionals in any order", "[unit]") {
    const auto r = read({"thing", "show", "--colour", "green", "a", "-c", "3", "--wait=15m", "b", "-lq", "--day",
                         "2027-03-06", "--day=2027-03-07", "c"});
    REQUIRE(r.args.name == "a");
    REQUIRE(r.args.rest == std::vector<std::string>{"b", "c"});
    REQUIRE(r.args.count == 3);
    REQUIRE(r.args.wait == Duration{std::chrono::minutes{15}});
    REQUIRE(r.args.colour == Colour::green);
    REQUIRE(r.args.days.size() == 2);
    REQUIRE(r.args.loud);
    REQUIRE(r.globals.quiet);
    REQUIRE_FALSE(r.globals.json);
}

TEST_CASE("what is not given keeps its default; negative numbers and a dash are values", "[unit]") {
    const auto r = read({"thing", "show", "-", "--count", "-5"});
    REQUIRE(r.args.name == "-");
    REQUIRE(r.args.count == -5);
    REQUIRE_FALSE(r.args.wait);
    REQUIRE(r.args.rest.empty());
}

TEST_CASE("behind -- everything is a value", "[unit]") {
    const auto r = read({"thing", "show", "--", "--loud", "-h", "--json"});
    REQUIRE(r.args.name == "--loud");
    REQUIRE(r.args.rest == std::vector<std::string>{"-h", "--json"});
    REQUIRE_FALSE(r.args.loud);
    REQUIRE_FALSE(r.globals.json);
}

TEST_CASE("a value may look like an option only behind an equals sign", "[unit]") {
    REQUIRE(message_of({"thing", "show", "a", "--colour", "--loud"}).find("--colour needs a value") !=
            std::string::npos);
    REQUIRE(read({"thing", "--", "x"}).args.rest.size() == 1);
    REQUIRE(read({"thing", "x", "--organizer=--loud"}).globals.organizer == "--loud");
}

TEST_CASE("errors name the option and never speak CLI11", "[unit]") {
    REQUIRE(message_of({"thing", "show"}) == "NAME is missing");
    REQUIRE(message_of({"thing"}) == "WORD is missing");
    REQUIRE(message_of({"thing", "show", "a", "-c"}) == "passa thing show: --count needs a value");
    REQUIRE(message_of({"thing", "show", "a", "--count", "1", "-c", "2"}) ==
            "passa thing show: --count is given twice");
    REQUIRE(message_of({"thing", "show", "a", "--colour", "blue"}) == "--colour: 'blue' is not a valid value");
    REQUIRE(message_of({"thing", "show", "a", "--lod"}) == "passa thing show has no option --lod");
    REQUIRE(message_of({"thing", "show", "a", "--count", "99999999999999999999"}).find("not a whole number") !=
            std::string::npos);
}

TEST_CASE("the effect decides which common options there are", "[unit]") {
    REQUIRE(message_of({"thing", "show", "a", "--yes", "testnet"}).find("no option --yes") != std::string::npos);
    REQUIRE(message_of({"thing", "show", "a", "--dry-run"}).find("no option --dry-run") != std::string::npos);
    const auto r = read({"thing", "x", "--yes", "testnet", "--network", "testnet", "-n"});
    REQUIRE(r.globals.yes == "testnet");
    REQUIRE(r.globals.dry_run);
}

TEST_CASE("help is found anywhere before --, and only for what exists", "[unit]") {
    for (const auto& words : std::vector<std::vector<std::string>>{{"help", "thing", "show"},
                                                                   {"thing", "show", "-h"},
                                                                   {"-h", "thing", "show"},
                                                                   {"thing", "show", "--colour", "blue", "--help"}}) {
        const auto parsed = parse(k_registry, words);
        REQUIRE(parsed.ok());
        REQUIRE(parsed->command == &k_show);
        REQUIRE_FALSE(parsed->args);
    }
    REQUIRE(message_of({"help", "thong"}) == "there is no command 'thong'");
    REQUIRE(message_of({"thong", "x"}) == "there is no command 'thong'");
}

TEST_CASE("--json and --format json are the same wish", "[unit]") {
    REQUIRE(read({"thing", "x", "--json"}).globals.format == Format::json);
    REQUIRE(read({"thing", "x", "--format", "json"}).globals.json);
    REQUIRE_FALSE(read({"thing", "x", "--format", "csv"}).globals.json);
}

} // namespace passa::cli
