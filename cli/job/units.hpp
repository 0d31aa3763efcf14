// Declared jobs as timers of systemd or lines of a crontab, from templates/systemd and templates/cron. Every tick of a
// schedule has one that follows it soon; what fires while nothing is due does nothing.
#pragma once
#include "lib/runner/declared.hpp"

#include <map>

namespace passa::cli {

enum class Scheduler : std::uint8_t { systemd, cron };

struct Placement {
    std::string organizer;
    std::string passa;    // the binary's path
    std::string db;       // the server that outlives each call
    bool is_user = false; // of one user's own, not of the machine
};

using Files = std::map<std::string, std::string>; // text by name

Files make_files(Scheduler scheduler, const Placement& placement, const std::vector<runner::Declared>& jobs);
// Whether a file of this name is of this organizer's jobs.
bool is_ours(Scheduler scheduler, const Placement& placement, std::string_view name);

std::vector<std::string> on_calendar(const runner::Declared& job); // systemd.time(7)
std::string cron_fields(const runner::Declared& job);              // the five fields of crontab(5)

} // namespace passa::cli
