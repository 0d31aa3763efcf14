// passa metrics write: figures into a file that node_exporter's textfile collector reads.
#include "cli/context.hpp"
#include "cli/version.hpp"
#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"
#include "lib/metrics/exposition.hpp"

#include <algorithm>
#include <system_error>

namespace passa::cli::metrics_write {

struct Args {
    std::string file;
};

namespace {

constexpr unsigned k_for_everybody = 0644; // the collector is another user

void put(const std::string& file, const std::string& text) {
    try {
        FreshFile fresh{file};
        fresh.write(text);
        fresh.set_mode(k_for_everybody);
        fresh.replace();
    } catch (const std::system_error& error) {
        throw Error{{Kind::failed, "metrics.file",
                     fmt::format("cannot write {}: {}", printable(file, 300), error.code().message()),
                     "name a file in a folder that you may write; what was there stays as it was"}};
    }
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    if (!args.file.ends_with(".prom"))
        throw Error{{Kind::usage, "metrics.file_name",
                     fmt::format("{} does not end in .prom", printable(args.file, 300)),
                     "the textfile collector reads no other: --file passa.prom"}};
    const auto org = ctx.organizer();
    const auto text =
        metrics::text_of(ctx.read([&](db::Transaction& tx) { return metrics::load_figures(tx, org); }), code_version());
    put(args.file, text);
    std::int64_t series = 0;
    for (const auto line : split_at(text, '\n')) series += !line.empty() && !line.starts_with('#') ? 1 : 0;
    ctx.show({{"file", args.file}, {"series", series}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "metrics write",
    .summary = "Write figures for Prometheus into a file",
    .details = "For the textfile collector of node_exporter: written beside its place, flushed, then renamed, so that "
               "nobody reads half of it; readable by everybody. Labels are job and scope alone, of the 200 pairs that "
               "ran last. Rules for alerts are in templates/prometheus, a dashboard in templates/grafana.",
    .options = {option("file", &Args::file, "FILE", "Where to; its name ends in .prom")},
    .examples = {{"passa metrics write --file /var/lib/prometheus/node-exporter/passa.prom --quiet",
                  "every minute, from a timer"}},
    .run = runner(run),
};

} // namespace passa::cli::metrics_write
