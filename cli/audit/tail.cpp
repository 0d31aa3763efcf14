// passa audit tail: the newest acts, and what follows as it happens.
#include "cli/following.hpp"
#include "cli/spec/limited.hpp"
#include "lib/audit/trail.hpp"

#include <chrono>
#include <set>

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
    explicit Tail(Context& ctx) : m_ctx(ctx), m_list(ctx, k_columns) {}

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
        m_list.show(records);
        forget_old();
    }
    [[nodiscard]] std::optional<Instant> since() const {
        if (m_told.empty()) return std::nullopt;
        return std::get<Instant>(*m_told.rbegin()) - k_late;
    }

private:
    void forget_old() {
        while (!m_told.empty() && std::get<Instant>(*m_told.begin()) < *since()) m_told.erase(m_told.begin());
    }
    Context& m_ctx;
    Following m_list;
    std::set<Told> m_told;
};

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (args.follow) require_endless_format(ctx);
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
