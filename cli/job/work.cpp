// passa job work: a long process that runs every declared job when it is due.
#include "cli/context.hpp"
#include "cli/job/due.hpp"
#include "cli/job/worker.hpp"
#include "cli/service.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace passa::cli::job_work {

struct Args {
    std::optional<Duration> jitter;
    std::optional<std::filesystem::path> passphrase_file;
};

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::seconds;

constexpr seconds k_look{30};        // what is declared, paused or due may change meanwhile
constexpr seconds k_first_retry{60}; // of a job whose run did not end; doubled each time
constexpr seconds k_last_retry{3600};

class Watch {
public:
    Watch(Context& ctx, const Args& args) : m_ctx(ctx), m_args(args) {}

    ExitCode go() {
        for (auto& stop = m_ctx.stop(); !stop.requested(); rest()) look();
        checkpoint();
        m_ctx.show({{"runs", m_runs}, {"not_ended", m_not_ended}});
        return m_ctx.stop().exit_code();
    }

private:
    struct Retry {
        Steady::time_point at;
        seconds wait{};
    };

    // Between two items, and in every wait.
    void checkpoint() {
        if (m_ctx.stop().requested())
            m_service.stopping();
        else
            m_service.alive();
    }

    Call call_of(const std::optional<Duration>& timeout) {
        auto call = make_call(timeout);
        call.checkpoint = [this] { checkpoint(); };
        return call;
    }

    void rest() {
        m_service.status(fmt::format("waiting; {} runs, {} not ended", m_runs, m_not_ended));
        sleep_until_asked(m_ctx, call_of({}), std::exchange(m_has_more, false) ? seconds{} : k_look);
    }

    // What is wrong with the first look ends it; later the database may be away for a while.
    void look() {
        try {
            const auto org = m_ctx.organizer();
            const auto now = time_of_books(m_ctx);
            const auto all = m_ctx.read([&](auto& tx) { return runner::load_declared(tx, org, now); });
            m_service.ready();
            m_is_ready = true;
            for (const auto& declared : all)
                if (!m_ctx.stop().requested()) take(declared);
        } catch (const Error& error) {
            if (!m_is_ready) throw;
            tell("work", error.first());
        }
    }

    void take(const runner::Declared& declared) {
        const auto retry = m_retries.find(declared.name);
        if (retry != m_retries.end() && Steady::now() < retry->second.at) return;
        if (find_pause(m_ctx, declared)) return;
        const auto due = load_due(m_ctx, declared, {});
        if (due.periods.empty()) return;
        if (m_args.jitter && !wait_at_random(m_ctx, *m_args.jitter, call_of({}))) return;
        m_service.status(fmt::format("{}: {} periods are due", declared.name, due.periods.size()));
        if (run(due))
            m_retries.erase(declared.name);
        else
            put_off(declared.name);
    }

    // False: it is to be tried again.
    bool run(const Due& due) {
        auto call = call_of(due.declared.timeout);
        call.declared = due.declared.name;
        call.items_per_minute = due.declared.items_per_minute;
        try {
            call.paying = agree(m_ctx, due.declared, {m_args.passphrase_file});
            const auto worked = work_through(m_ctx, due.periods, call);
            m_runs += static_cast<std::int64_t>(worked.runs.size());
            for (const auto& problem : worked.problems)
                m_ctx.note(fmt::format("{}: {}", due.declared.name, problem.message));
            if (!worked.stopped) m_has_more |= due.has_more;
            return !worked.stopped;
        } catch (const Error& error) { // another machine has it, or it was taken over
            tell(due.declared.name, error.first());
            return false;
        }
    }

    // A unit is quiet, and its journal is all that anybody reads of it.
    void tell(const std::string& job, const Problem& why) {
        m_ctx.note(fmt::format("{}: {}", job, why.message));
        log::write(log::Summary{.job = job,
                                .exit_code = static_cast<int>(exit_code_for(why.kind)),
                                .error_code = why.code,
                                .error = why.message});
    }

    void put_off(const std::string& name) {
        ++m_not_ended;
        auto& retry = m_retries[name];
        retry.wait = std::clamp(retry.wait * 2, k_first_retry, k_last_retry);
        retry.at = Steady::now() + retry.wait;
    }

    Context& m_ctx;
    const Args& m_args;
    Service m_service;
    bool m_is_ready = false;
    bool m_has_more = false; // periods are due beyond what one call makes up for
    std::map<std::string, Retry> m_retries;
    std::int64_t m_runs = 0;
    std::int64_t m_not_ended = 0;
};

} // namespace

ExitCode run(Context& ctx, const Args& args) { return Watch{ctx, args}.go(); }

extern const Command k_command = {
    .path = "job work",
    .summary = "Run every declared job when it is due, until stopped",
    .details =
        "Looks every 30 s at what is declared, paused and due, and does it as passa job run does: missed periods "
        "first, "
        "oldest first. A job whose run did not end is tried again after a minute, and then after twice as long each "
        "time, up to an hour. Several machines may work at once: one of them has a job, the others leave it. Under "
        "systemd (Type=notify) it says when it is ready, what it does, and at every item that it lives. TERM and "
        "Ctrl-C end after the item at hand; the next one goes on with what is left.",
    .options = {option("jitter", &Args::jitter, "DURATION", "Before each job, wait for anything up to this"),
                option("passphrase-file", &Args::passphrase_file, "FILE",
                       "Of jobs that pay: read the key's passphrase from the first line of this file; default: the "
                       "systemd credential passa-passphrase, or credentials/passa-passphrase in passa's folder")},
    .examples = {{"passa job work", "in the foreground"},
                 {"passa job work --quiet --log-format journal", "as a service"}},
    .exits = {{ExitCode::interrupted, "stopped by Ctrl-C"},
              {ExitCode::terminated, "stopped by TERM"},
              {ExitCode::busy, "the database was away at the start; while passa's own comes up, that is waited for"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::job_work
