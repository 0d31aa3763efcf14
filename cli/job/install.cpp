// passa job install: timers of systemd or lines of a crontab for every declared job.
#include "cli/context.hpp"
#include "cli/job/installed.hpp"

namespace passa::cli::job_install {

struct Args {
    Scheduler scheduler{};
    bool print = false;
    bool user = false;
    std::optional<std::filesystem::path> to;
    std::optional<std::filesystem::path> passa;
};

namespace {

void print_files(Context& ctx, const Installation& installation) {
    std::string all;
    for (const auto& [name, text] : installation.wanted) {
        if (installation.wanted.size() > 1) all += fmt::format("{}# {}\n", all.empty() ? "" : "\n", name);
        all += text;
    }
    ctx.document("text", all);
}

std::string what_next(const Args& args, const Installation& installation) {
    if (args.scheduler == Scheduler::cron) return "cron reads it by itself";
    const auto* user = args.user ? " --user" : "";
    std::string timers, gone, work;
    for (const auto& [name, text] : installation.wanted) {
        if (name.ends_with(".timer")) timers += " " + name;
        if (name.starts_with("passa-work.")) work = name;
    }
    for (const auto& each : installation.differences)
        if (each.what == "not declared" && !each.file.ends_with("@.service")) gone += " " + each.file;
    auto next = fmt::format("now: systemctl{} daemon-reload", user);
    if (!gone.empty()) next += fmt::format("; systemctl{} stop{}", user, gone);
    if (!timers.empty()) next += fmt::format("; systemctl{} enable --now{}", user, timers);
    if (!work.empty()) next += fmt::format("; or one process instead of the jobs' timers: {}", work);
    return next;
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    // What is only printed has no place.
    const auto place = args.print && !args.to ? std::optional<std::filesystem::path>{"/nonexistent"} : args.to;
    const auto installation = find_installation(ctx, {args.scheduler, args.user, place, args.passa});
    if (args.print) {
        print_files(ctx, installation);
        return ExitCode::ok;
    }
    install(installation);
    out::Records records;
    for (const auto& each : installation.differences)
        records.push_back({{"file", (installation.folder / each.file).string()},
                           {"done", each.what == "not declared" ? "removed" : "written"}});
    ctx.list({{"file", "FILE"}, {"done", "DONE"}}, records);
    ctx.note(records.empty() ? "everything is installed as declared" : what_next(args, installation));
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "job install",
    .summary = "Write timers of systemd, or a crontab, for every declared job",
    .details =
        "systemd: a service and a timer for each job, with the user passa, its state in /var/lib/passa and hardened; a "
        "start that fails for good is told by passa-failed.ORGANIZER@.service, in the journal and as a notice. "
        "passa-work.ORGANIZER.service is passa job work, "
        "watched by systemd: enable it instead of the timers of jobs. Where there are channels for notices, a timer "
        "sends them every minute. cron: lines that run at least at every tick of "
        "the schedule, in whatever zone cron is; what runs while nothing is due does nothing. --user is for your own "
        "systemd. Files of jobs that are no longer declared are taken away, and will not start again at boot; files of "
        "yours that are called like them stay; one that stands where a file of a job would is refused, and nothing is "
        "written. Nothing is started: what to type is "
        "said.",
    .options = {positional("SCHEDULER", &Args::scheduler, "systemd or cron"),
                flag("print", &Args::print, "Print the files instead"),
                flag("user", &Args::user, "For your own user, not for the machine"),
                option("to", &Args::to, "DIR", "Another folder than the scheduler's own"),
                option("passa", &Args::passa, "PATH", "The path of passa in them; default: this one's")},
    .examples = {{"passa job install systemd", "as root, on the machine that runs the jobs"},
                 {"(crontab -l; passa job install cron --user --print) | crontab -",
                  "without systemd, for your own user"}},
    .exits = {{ExitCode::configuration, "no database server is set, or its words hold a password"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::job_install
