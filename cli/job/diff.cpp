// passa job diff: installed against declared.
#include "cli/context.hpp"
#include "cli/job/installed.hpp"

namespace passa::cli::job_diff {

struct Args {
    Scheduler scheduler{};
    bool user = false;
    std::optional<std::filesystem::path> to;
    std::optional<std::filesystem::path> passa;
};

ExitCode run(Context& ctx, const Args& args) {
    const auto installation = find_installation(ctx, {args.scheduler, args.user, args.to, args.passa});
    out::Records records;
    for (const auto& each : installation.differences)
        records.push_back({{"file", (installation.folder / each.file).string()}, {"what", each.what}});
    ctx.list({{"file", "FILE"}, {"what", "WHAT"}}, records);
    if (records.empty()) return ExitCode::ok;
    ctx.note("to install what is declared: passa job install");
    return ExitCode::differs;
}

extern const Command k_command = {
    .path = "job diff",
    .summary = "Show where installed timers or the crontab differ from what is declared",
    .details = "missing: a declared job has no such file; differs: the file says something else; foreign: passa did "
               "not write what stands there; not declared: a file "
               "of a job that is no longer declared. Drop-ins of yours are not looked at.",
    .options = {positional("SCHEDULER", &Args::scheduler, "systemd or cron"),
                flag("user", &Args::user, "Of your own user, not of the machine"),
                option("to", &Args::to, "DIR", "Another folder than the scheduler's own"),
                option("passa", &Args::passa, "PATH", "The path of passa in them; default: this one's")},
    .examples = {{"passa job diff systemd", "exit 5 when something differs"}},
    .exits = {{ExitCode::differs, "something differs"},
              {ExitCode::configuration, "no database server is set, or its words hold a password"}},
    .run = runner(run),
};

} // namespace passa::cli::job_diff
