// passa audit tail: the newest acts, and what follows as it happens.
#include "cli/context.hpp"
#include "cli/spec/limited.hpp"
#include "lib/audit/trail.hpp"

#include <chrono>
#include <set>
#include <thread>

namespace passa::cli::audit_tail {

struct Args {
    RowLimit limit{10};
    bool follow = false;
};

namespace {

constexpr Duration k_pause = std::chrono::seconds{1};
constexpr Duration k_late =
    std::chrono::minutes{2};                     // an act shows when it is committed, which may be later than its time
constexpr std::int64_t k_most_at_once = 100'000; // one apply may be thousands of acts

const std::vector<out::Column> k_columns{
    {"at", "AT"}, {"actor", "ACTOR"}, {"action", "ACTION"}, {"subject", "SUBJECT"}, {"details", "DETAILS"}};

using Told = std::tuple<Instant, std::string, std::string, std::string, std::string>;

class Tail {
public:
    explicit Tail(Context& ctx) : m_ctx(ctx) {}

    void show(const audit::TrailFilter& filter) {
        const auto acts =
            m_ctx.read([&](db::Transaction& tx) { return audit::load_trail(tx, m_ctx.organizer(), filter); });
        out::Records records;
        for (const auto& act : acts) {
            if (!m_told.insert({act.at, act.actor, act.action, act.subject, act.details}).second) continue;
            records.push_back({{"at", act.at},
                               {"actor", act.actor},
                               {"action", act.action},
                               {"subject", act.subject},
                               {"details", act.details}});
        }
        if (!records.empty() && m_is_first) m_ctx.list(k_columns, records);
        if (!records.empty() && !m_is_first) m_ctx.list_page(line_format(), records, false, k_columns);
        m_is_first = m_is_first && records.empty();
        forget_old();
    }
    [[nodiscard]] std::optional<Instant> since() const {
        if (m_told.empty()) return std::nullopt;
        return std::get<Instant>(*m_told.rbegin()) - k_late;
    }

private:
    // A table's widths are those of its rows: what follows comes as lines.
    [[nodiscard]] Format line_format() const {
        const auto format = m_ctx.globals().format.value_or(Format::plain);
        return format == Format::table ? Format::plain : format;
    }
    void forget_old() {
        while (!m_told.empty() && std::get<Instant>(*m_told.begin()) < *since()) m_told.erase(m_told.begin());
    }
    Context& m_ctx;
    std::set<Told> m_told;
    bool m_is_first = true;
};

bool is_stopped(Context& ctx, Duration pause) {
    constexpr auto k_step = std::chrono::milliseconds{50};
    for (Duration waited{}; waited < pause && !ctx.stop().requested(); waited += k_step)
        std::this_thread::sleep_for(k_step);
    return ctx.stop().requested();
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (args.follow && ctx.globals().format == Format::json)
        throw Error{{Kind::usage, "audit.endless", "one JSON document never ends while it follows",
                     "say --format jsonl: one object a line"}};
    Tail tail{ctx};
    tail.show({{}, {}, args.limit.rows});
    if (!args.follow) return ExitCode::ok;
    while (!is_stopped(ctx, k_pause)) tail.show({tail.since(), {}, k_most_at_once});
    return ctx.stop().exit_code();
}

extern const Command k_command = {
    .path = "audit tail",
    .summary = "Show the newest acts, and follow what is done",
    .details = "With --follow it looks every second until Ctrl-C, and shows each act once. --format jsonl gives a line "
               "of JSON each, for whatever collects them.",
    .options = {limit_option(&Args::limit), flag("follow", &Args::follow, "Go on until Ctrl-C")},
    .examples = {{"passa audit tail --follow", "what is done now"}},
    .run = runner(run),
};

} // namespace passa::cli::audit_tail
