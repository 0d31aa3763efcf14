// passa contract events: what a contract told, in the terms of its own interface: from a server, or from the books.
#include "lib/stellar/contract/events.hpp"

#include "cli/contract/place.hpp"
#include "cli/following.hpp"
#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"
#include "lib/contract/event.hpp"
#include "lib/stellar/contract/told.hpp"
#include "lib/stellar/xdr/text_forms.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace passa::cli::contract_events {

namespace fs = std::filesystem;
namespace rpc = stellar::rpc;
namespace soroban = stellar::contract;

struct Args {
    std::string contract;
    std::optional<std::int64_t> from;
    std::optional<std::string> after;
    std::optional<fs::path> cursor;
    bool follow = false;
    bool stored = false;
    std::optional<RowLimit> limit;
    std::optional<std::string> network;
};

constexpr std::size_t k_page = 200;
constexpr std::size_t k_usual = 100;
constexpr std::int64_t k_usual_past = 17'280; // ledgers: a day
constexpr Duration k_pause = std::chrono::seconds{2};
const std::vector<out::Column> k_columns{
    {"ledger", "ledger"}, {"event", "event"}, {"transaction", "transaction"}, {"id", "id"}};

out::Record record_of(const soroban::Spec& spec, const rpc::Event& event) {
    const auto told = soroban::read_event(event).value_or_throw();
    return {{"id", printable(event.id, 60)},
            {"ledger", std::int64_t{event.ledger}},
            {"transaction", printable(event.hash, 64)},
            {"event", out::JsonText{soroban::event_json(spec, told.body.get<0>()).dump(-1, ' ', true)}}};
}

Error bad_cursor(const fs::path& path, const std::string& why) {
    return Error{{Kind::invalid_input, "contract.cursor_file", fmt::format("{} {}", printable(path.string(), 300), why),
                  "name a file that this command wrote, or one that is not there yet"}};
}

// Empty: it is not there yet.
std::string read_cursor(const fs::path& path) {
    std::error_code none;
    if (!fs::exists(path, none)) return {};
    if (!fs::is_regular_file(path, none)) throw bad_cursor(path, "is no file");
    std::ifstream file{path};
    std::string line(100, '\0'); // longer than any cursor
    file.read(line.data(), static_cast<std::streamsize>(line.size()));
    if (file.bad()) throw bad_cursor(path, "cannot be read");
    line.resize(static_cast<std::size_t>(file.gcount()));
    if (line.ends_with('\n')) line.pop_back();
    if (!soroban::ledger_of(line)) throw bad_cursor(path, "is not the cursor of a contract's events");
    return line;
}

// After what it stands behind was shown: cut off between the two, the last stretch is shown again, and nothing missed.
void write_cursor(const fs::path& path, const std::string& cursor) {
    try {
        FreshFile file{path, 0644};
        file.write(cursor + "\n");
        file.replace();
    } catch (const fs::filesystem_error& error) {
        throw bad_cursor(path, "cannot be written: " + error.code().message());
    }
}

rpc::EventQuestion first_question(rpc::Client& client, const contract::Place& place, const Args& args) {
    rpc::EventQuestion question;
    question.contracts = {stellar::xdr::to_text(place.id)};
    if (args.cursor) question.cursor = read_cursor(*args.cursor);
    if (args.after) question.cursor = *args.after;
    const auto health = client.get_health().value_or_throw();
    const std::int64_t oldest = health.oldest_ledger, latest = health.latest_ledger;
    const auto from = question.cursor.empty() ? args.from.value_or(std::max(oldest, latest - k_usual_past))
                                              : std::int64_t{soroban::ledger_of(question.cursor).value_or_throw()};
    if (from < oldest || from > latest)
        throw Error{{Kind::usage, "contract.from",
                     fmt::format("the server has the events of ledgers {} to {}, not of {}", oldest, latest, from),
                     fmt::format("begin with one of these: --from {}; an archive has the older ones", oldest)}};
    if (question.cursor.empty()) question.from_ledger = static_cast<std::uint32_t>(from);
    return question;
}

struct Ear { // at one contract
    rpc::Client& client;
    const soroban::Spec& spec;
    rpc::EventQuestion question; // the next
};

// What came until now, at most so many.
out::Records hear_all(Ear& ear, std::size_t most) {
    out::Records records;
    for (bool more = true; more && records.size() < most;) {
        ear.question.limit = std::min(k_page, most - records.size());
        const auto stretch = soroban::hear(ear.client, ear.question).value_or_throw();
        for (const auto& event : stretch.events) records.push_back(record_of(ear.spec, event));
        more = !stretch.is_last;
    }
    return records;
}

ExitCode show_stored(Context& ctx, const contract::Place& place, const Args& args) {
    const passa::contract::Stream stream{place.network, stellar::xdr::to_text(place.id)};
    const auto owner = ctx.organizer();
    const passa::contract::EventFilter filter{args.after.value_or(""),
                                              args.limit ? args.limit->rows : static_cast<std::int64_t>(k_usual)};
    out::Records records;
    ctx.read([&](db::Transaction& tx) {
        const auto heard = passa::contract::find_heard(tx, owner, stream);
        ctx.note(heard ? fmt::format("heard from ledger {} through {}", heard->from, heard->through)
                       : std::string{"nothing was heard of it yet: passa job run chain-sync"});
        for (const auto& gap : passa::contract::load_gaps(tx, owner, stream))
            ctx.note(
                fmt::format("of ledgers {} to {} nothing is known: the servers had forgotten them", gap.from, gap.to));
        for (const auto& event : passa::contract::load_events(tx, owner, stream, filter))
            records.push_back({{"id", event.id},
                               {"ledger", event.ledger},
                               {"transaction", event.transaction},
                               {"event", event.said ? out::Value{out::JsonText{*event.said}} : out::Value{}}});
    });
    ctx.list(k_columns, records);
    return ExitCode::ok;
}

void require_one_beginning(const Args& args) {
    const int beginnings = (args.from ? 1 : 0) + (args.after ? 1 : 0) + (args.cursor ? 1 : 0);
    if (beginnings > 1 || (args.stored && (args.from || args.cursor || args.follow)))
        throw Error{{Kind::usage, "contract.beginning", "these options say two things of where to begin",
                     "choose one of --from, --after and --cursor; --stored goes with --after alone"}};
    if (args.after) static_cast<void>(soroban::ledger_of(*args.after).value_or_throw());
}

ExitCode follow(Context& ctx, Ear& ear, const Args& args) {
    Following list{ctx, k_columns};
    for (;;) {
        const auto records = hear_all(ear, k_page);
        list.show(records);
        if (args.cursor) write_cursor(*args.cursor, ear.question.cursor);
        if (is_stopped(ctx, records.empty() ? k_pause : Duration{})) return ctx.stop().exit_code();
    }
}

ExitCode run(Context& ctx, const Args& args) {
    require_one_beginning(args);
    if (args.follow) require_endless_format(ctx);
    const auto place = contract::find_place(ctx, args.contract, args.network);
    if (args.stored) return show_stored(ctx, place, args);
    const auto client = ctx.make_rpc(place.network);
    const auto told = contract::get_on_chain(*client, place);
    Ear ear{*client, told.spec, first_question(*client, place, args)};
    if (args.follow) return follow(ctx, ear, args);
    ctx.list(k_columns, hear_all(ear, args.limit ? static_cast<std::size_t>(args.limit->rows) : k_usual));
    if (args.cursor) write_cursor(*args.cursor, ear.question.cursor);
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "contract events",
    .summary = "List what a contract told",
    .details = "Servers keep events for about a week. Without --from the last day is shown. --cursor keeps in a file "
               "how far was shown, and the next call goes on there: a script sees each event, also after it was cut "
               "off, and only then one twice. --stored shows what the job chain-sync kept, without asking a server.",
    .options = {positional("CONTRACT", &Args::contract, "A Contract's name or an address"),
                option("from", &Args::from, "LEDGER", "The first ledger to look in"),
                option("after", &Args::after, "ID", "Only what came behind this event"),
                option("cursor", &Args::cursor, "FILE", "Go on behind what was shown before, as this file says"),
                flag("follow", &Args::follow, "Go on until Ctrl-C"),
                flag("stored", &Args::stored, "From the books: what was kept by the job chain-sync"),
                option("limit", &Args::limit, "N", "How many at most; default: 100; of --follow no limit"),
                option("network", &Args::network, "NAME", "The network of an address (also: PASSA_NETWORK)")},
    .examples = {{"passa contract events festival-money --format jsonl", "one event a line"},
                 {"passa contract events festival-money --cursor seen --format jsonl",
                  "what is new since the last time"},
                 {"passa contract events festival-money --stored", "what the books know of"}},
    .exits = {{ExitCode::busy, "no server can be reached"}},
    .run = runner(run),
};

} // namespace passa::cli::contract_events
