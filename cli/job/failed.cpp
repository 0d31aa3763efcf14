// passa job failed: what systemd runs when a unit of passa's has failed.
#include "cli/context.hpp"
#include "cli/environment.hpp"
#include "cli/job/due.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/apply.hpp"
#include "lib/notify/outbox.hpp"

#include <algorithm>

namespace passa::cli::job_failed {

struct Args {
    std::string unit;
};

namespace {

// passa.ORGANIZER.JOB.service, passa-work.ORGANIZER.service, passa-notices.ORGANIZER.service (cli/job/units.cpp). No
// name has a dot in it.
struct Unit {
    std::string name;
    std::string organizer;
    std::string job; // as declared; empty: the long process, or the sender of notices
};

Unit parse_unit(const std::string& text) {
    const auto parts = split_at(text, '.');
    const auto is_names = std::all_of(parts.begin(), parts.end(), manifest::is_name);
    if (is_names && parts.back() == "service") {
        if (parts.size() == 4 && parts[0] == "passa") return {text, std::string{parts[1]}, std::string{parts[2]}};
        if (parts.size() == 3 && (parts[0] == "passa-work" || parts[0] == "passa-notices"))
            return {text, std::string{parts[1]}, ""};
    }
    throw Error{{Kind::usage, "job.no_unit", fmt::format("{} is no unit of passa's", printable(text, 120)),
                 "name one as passa job install writes them: passa.ORGANIZER.JOB.service"}};
}

void require_own(db::Transaction& tx, OrganizerId organizer, const Unit& unit) {
    if (catalog::find_organizer(tx, unit.organizer) == organizer) return;
    throw Error{{Kind::usage, "job.no_unit", fmt::format("{} is a unit of another organizer's", unit.name),
                 fmt::format("choose that one: --organizer {}", unit.organizer)}};
}

std::string kind_of(db::Transaction& tx, OrganizerId organizer, const std::string& declared) {
    const auto job = runner::find_declared(tx, organizer, declared, runner::get_time(tx));
    return job ? job->job : "";
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    const auto unit = parse_unit(args.unit);
    const auto org = ctx.organizer();
    const auto host = host_name();
    ctx.write([&](db::Transaction& tx) {
        require_own(tx, org, unit);
        const auto kind = unit.job.empty() ? std::string{} : kind_of(tx, org, unit.job);
        notify::tell_failed_unit(tx, org, {unit.name, host, kind, unit.job});
    });
    ctx.show({{"unit", unit.name}, {"host", host}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "job failed",
    .summary = "Tell the channels that a unit of systemd has failed",
    .details =
        "For passa-failed.ORGANIZER@.service, which passa job install writes. A run that ended badly has told it "
        "itself: then, and within the hour of one that was told, nothing is added. What is told is unit.failed.",
    .options = {positional("UNIT", &Args::unit, "The unit, as passa job install names it")},
    .examples = {{"passa job failed passa.demo-organizer.nightly.service", "to see what a failed timer would tell"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::job_failed
