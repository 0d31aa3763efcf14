// Declared jobs as timers of systemd or lines of a crontab, from templates/systemd and templates/cron. Every tick of a
// schedule has one that follows it soon; what fires while nothing is due does nothing. Beside them a service that does
// the same as one long process, for whoever likes that better, and a timer that sends notices where there are channels.
#pragma once
#include "lib/runner/declared.hpp"

#include <map>

namespace passa::cli {

enum class Scheduler : std::uint8_t { systemd, cron };

struct Placement {
    std::string organizer;
    std::string passa;                                    // the binary's path
    std::string db;                                       // the server that outlives each call
    std::string home;                                     // of a user's own; the machine's is /var/lib/passa
    bool is_user = false;                                 // of one user's own, not of the machine
    std::optional<std::vector<std::string>> notices = {}; // credentials of their channels; none: there are no channels
};

using Files = std::map<std::string, std::string>; // text by name

Files make_files(Scheduler scheduler, const Placement& placement, const std::vector<runner::Declared>& jobs);
bool is_written_here(std::string_view text); // by its first line
// Whether a file of this name and text is of this organizer, and was written here.
bool is_ours(Scheduler scheduler, const Placement& placement, std::string_view name, std::string_view text);

std::vector<std::string> on_calendar(const runner::Declared& job); // systemd.time(7)
std::string cron_fields(const runner::Declared& job);              // the five fields of crontab(5)

} // namespace passa::cli
