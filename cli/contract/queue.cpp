// passa contract queue: what a contract is to be told, put down for the job contract-send.
#include "cli/contract/place.hpp"
#include "lib/base/text.hpp"
#include "lib/contract/outbox.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>

namespace passa::cli::contract_queue {

using Json = nlohmann::ordered_json;
using passa::contract::Wish;

struct Args {
    std::string contract;
    std::string file;
};

constexpr std::size_t k_longest_line = std::size_t{64} * 1024;
constexpr std::size_t k_most_lines = 1'000'000;
constexpr std::size_t k_longest_key = 200;
constexpr std::array<std::string_view, 5> k_words{"function", "key", "shared", "list", "item"};

struct Line {
    std::string text;
    std::size_t number = 0;
};

Problem at_line(const Args& args, const Line& line, std::string message) {
    Problem problem{
        Kind::invalid_input, "contract.queue", std::move(message),
        R"(one object a line: {"function": "mint", "key": ..., "shared": {...}, "list": ..., "item": {...}})"};
    problem.message = fmt::format("{}:{}: {}", printable(args.file, 200), line.number, problem.message);
    return problem;
}

std::string text_of(const Json& json, const char* name) {
    const auto it = json.find(name);
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

Result<Wish> read_wish(const Args& args, const Line& line) {
    if (line.text.size() > k_longest_line) return at_line(args, line, "the line is longer than 64 KiB");
    const auto json = Json::parse(line.text, nullptr, false);
    if (!json.is_object()) return at_line(args, line, "this is no JSON object");
    for (const auto& [name, value] : json.items())
        if (std::find(k_words.begin(), k_words.end(), name) == k_words.end())
            return at_line(args, line, fmt::format("'{}' means nothing here", printable(name, 40)));
    Wish wish{args.contract, text_of(json, "function"), text_of(json, "key"), "{}", {}, {}};
    if (wish.function.empty() || wish.key.empty() || wish.key.size() > k_longest_key)
        return at_line(args, line, "function and key are texts, the key of at most 200 bytes");
    const auto shared = json.find("shared");
    if (shared != json.end() && !shared->is_object())
        return at_line(args, line, "shared is an object: arguments by name");
    if (shared != json.end()) wish.shared = shared->dump();
    if (json.contains("list") != json.contains("item") || (json.contains("list") && text_of(json, "list").empty()))
        return at_line(args, line, "list names the argument that item is an element of: both, or none");
    if (!json.contains("list")) return wish;
    wish.list = text_of(json, "list");
    wish.item = json["item"].dump();
    return wish;
}

std::vector<Wish> read_wishes(std::istream& in, const Args& args) {
    std::vector<Wish> wishes;
    Problems problems;
    Line line;
    while (std::getline(in, line.text)) {
        if (++line.number > k_most_lines) problems.push_back(at_line(args, line, "more than 1,000,000 lines"));
        if (problems.size() >= 100 || line.number > k_most_lines) break;
        if (trim(line.text).empty()) continue;
        auto wish = read_wish(args, line);
        if (wish)
            wishes.push_back(std::move(wish).value());
        else
            problems.push_back(wish.problem());
    }
    if (!problems.empty()) throw Error{std::move(problems)};
    return wishes;
}

std::vector<Wish> read_source(const Args& args) {
    if (args.file == "-") return read_wishes(std::cin, args);
    std::ifstream file{args.file};
    if (!file)
        throw Error{{Kind::usage, "contract.queue_file", fmt::format("{} cannot be read", printable(args.file, 200)),
                     "name a file of JSON lines, or - for standard input"}};
    return read_wishes(file, args);
}

ExitCode run(Context& ctx, const Args& args) {
    static_cast<void>(contract::get_declared(ctx, args.contract));
    const auto wishes = read_source(args);
    const auto work = [&](db::Transaction& tx) {
        const passa::contract::Desk desk{ctx.db(), ctx.organizer(), ctx.ids(), ctx.clock(), ctx.actor()};
        return std::count_if(wishes.begin(), wishes.end(),
                             [&](const Wish& wish) { return passa::contract::queue(tx, desk, wish); });
    };
    const auto fresh = std::int64_t{ctx.globals().dry_run ? ctx.rehearse(work) : ctx.write(work)};
    ctx.show(
        {{"contract", args.contract}, {"queued", fresh}, {"known", static_cast<std::int64_t>(wishes.size()) - fresh}});
    if (ctx.globals().dry_run) ctx.note("dry run: nothing was queued");
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "contract queue",
    .summary = "Put down what a contract is to be told, for the job contract-send",
    .details =
        "Each line is one thing, told once: a ticket to issue, points to give, a root to anchor. Its key tells it from "
        "all others of that function; the same line again changes nothing, another one under the same key is refused. "
        "Lines with the same function and shared arguments go together in one call, each as an element of the list "
        "argument; a line without list is a call of its own. All lines of a file are queued, or none. The job "
        "contract-send tries each call first, gives up a line that the contract refuses, and tells the others.",
    .options = {positional("CONTRACT", &Args::contract, "A Contract's name"),
                positional("FILE", &Args::file, "JSON lines; - is standard input")},
    .examples =
        {{"passa contract queue event-tickets tickets.jsonl",
          R"({"function": "mint", "key": "7", "shared": {"tier": 1}, "list": "tickets", "item": {"id": 7, "to": "party:fan"}})"},
         {"jq -c .rows[] points.json | passa contract queue fan-points -", "from another program"}},
    .effect = Effect::writes,
    .dry_run = true,
    .run = runner(run),
};

} // namespace passa::cli::contract_queue
