// passa metrics serve: answers Prometheus until it is asked to stop.
#include "cli/context.hpp"
#include "cli/version.hpp"
#include "lib/metrics/server.hpp"

#include <chrono>
#include <thread>

namespace passa::cli::metrics_serve {

struct Args {
    std::optional<std::string> listen;
};

namespace {

// Away now, back later: whoever watches is to see that, instead of a service that does not start.
void look_first(Context& ctx) {
    try {
        ctx.organizer();
    } catch (const Error& error) {
        if (exit_code_for(error.first().kind) != ExitCode::busy) throw;
        ctx.note(fmt::format("passa_up is 0 until the database can be asked: {}", error.first().message));
    }
}

metrics::Figures load(Context& ctx) {
    try {
        return ctx.read([&](db::Transaction& tx) { return metrics::load_figures(tx, ctx.organizer()); });
    } catch (const Error&) { // rethrown: passa_up is 0
        ctx.forget_database();
        throw;
    }
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    constexpr auto k_look = std::chrono::milliseconds{100}; // how soon a wish to stop is heard
    look_first(ctx);
    auto& stop = ctx.stop();
    const metrics::Server server{args.listen.value_or("127.0.0.1:9464"), code_version(), [&ctx] { return load(ctx); }};
    ctx.show({{"url", server.url()}});
    while (!stop.requested()) std::this_thread::sleep_for(k_look);
    return stop.exit_code();
}

extern const Command k_command = {
    .path = "metrics serve",
    .summary = "Answer Prometheus over HTTP on this machine",
    .details = "The figures of passa metrics write, and passa_up: 0 while the database cannot be asked, from the start "
               "on. There is no "
               "login, so it listens on this machine alone; an answer serves whoever asks within five seconds.",
    .options = {option("listen", &Args::listen, "ADDRESS", "127.0.0.1:PORT, 0 for any; default: 127.0.0.1:9464")},
    .examples = {{"passa metrics serve --quiet", "as a service; Prometheus scrapes http://127.0.0.1:9464/metrics"}},
    .exits = {{ExitCode::busy, "the port is not free"},
              {ExitCode::interrupted, "stopped by Ctrl-C"},
              {ExitCode::terminated, "stopped by TERM"}},
    .run = runner(run),
};

} // namespace passa::cli::metrics_serve
