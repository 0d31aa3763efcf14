// Templates are filled in by name; what is put in was checked: names of manifests, a path and a server without quotes.
#include "cli/job/units.hpp"

#include "job_templates.hpp"
#include "lib/base/assert.hpp"
#include "lib/base/schedule.hpp"
#include "lib/base/text.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace passa::cli {
namespace {

using std::chrono::minutes;

constexpr std::array<std::string_view, 8> k_weekdays = {"", "Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "};
constexpr int k_retries_an_hour = 6; // on top of those of the schedule, which systemd counts too
constexpr int k_day = 24 * 60;
constexpr int k_quarter = 15;                       // every zone is so many minutes from UTC, or a multiple
constexpr std::chrono::minutes k_time_to_drain{10}; // beyond the job's own timeout

std::string_view text_of(std::string_view file) {
    const auto* found = std::find_if(job_templates::k_files.begin(), job_templates::k_files.end(),
                                     [&](const auto& named) { return named.first == file; });
    PASSA_ASSERT(found != job_templates::k_files.end());
    return found->second;
}

using Replacements = std::vector<std::pair<std::string_view, std::string>>;

std::string filled(std::string_view file, const Replacements& words) {
    std::string text{text_of(file)};
    for (const auto& [word, value] : words) {
        const auto mark = fmt::format("{{{}}}", word);
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
            text.replace(at, mark.size(), value);
    }
    return text;
}

std::string without_end(std::string_view text) { return std::string{trim(text)}; }

std::string prefix(const Placement& placement) { return fmt::format("passa.{}.", placement.organizer); }

// In a unit a percent sign begins a specifier.
std::string specified(std::string text) {
    for (auto at = text.find('%'); at != std::string::npos; at = text.find('%', at + 2)) text.insert(at, "%");
    return text;
}

int starts_an_hour(const runner::Declared& job) {
    const auto step = static_cast<int>(parse_schedule(job.schedule).value_or_throw().every.count());
    return step == 0 ? 1 : std::max(1, 60 / step);
}

std::string home_of(const Placement& placement) { return placement.is_user ? placement.home : "/var/lib/passa"; }

std::string environment_of(const Placement& placement) {
    return fmt::format("Environment=\"PASSA_DB={}\"\nEnvironment=PASSA_HOME={}", specified(placement.db),
                       home_of(placement));
}

// What the units of these jobs need beyond the others.
std::string needs_of(const std::vector<runner::Declared>& jobs) {
    std::set<std::string> lines;
    for (const auto& job : jobs) {
        if (job.network) lines.insert("\nLoadCredentialEncrypted=passa-passphrase"); // where the machine has it
        if (job.upkeep && job.upkeep->folder) lines.insert("\nReadWritePaths=-" + *job.upkeep->folder);
    }
    std::string all;
    for (const auto& line : lines) all += line;
    return all;
}

Replacements words_of(const Placement& placement, const std::string& unit, const std::string& environment) {
    return {{"unit", unit},
            {"organizer", placement.organizer},
            {"passa", specified(placement.passa)},
            {"environment", environment},
            {"target", placement.is_user ? "default.target" : "multi-user.target"},
            {"hardening", without_end(text_of(placement.is_user ? "hardening-user" : "hardening"))}};
}

Replacements words_of(const Placement& placement, const runner::Declared& job) {
    std::vector<std::string> ticks;
    for (const auto& tick : on_calendar(job)) ticks.push_back("OnCalendar=" + tick);
    const auto limit =
        job.timeout
            ? fmt::format("{}s",
                          std::chrono::duration_cast<std::chrono::seconds>(*job.timeout + k_time_to_drain).count())
            : std::string{"infinity"};
    auto words = words_of(placement, prefix(placement) + job.name, environment_of(placement) + needs_of({job}));
    words.insert(words.end(), {{"name", job.name},
                               {"starts", std::to_string(starts_an_hour(job) + k_retries_an_hour)},
                               {"timeout", limit},
                               {"schedule", job.schedule},
                               {"on_calendar", join(ticks, "\n")}});
    return words;
}

std::string work_unit(const Placement& placement) { return "passa-work." + placement.organizer; }
std::string failed_unit(const Placement& placement) { return fmt::format("passa-failed.{}@", placement.organizer); }
std::string notices_unit(const Placement& placement) { return "passa-notices." + placement.organizer; }

void add_work(Files& files, const Placement& placement, const std::vector<runner::Declared>& jobs) {
    const auto unit = work_unit(placement);
    files[unit + ".service"] =
        filled("work.service", words_of(placement, unit, environment_of(placement) + needs_of(jobs)));
}

void add_notices(Files& files, const Placement& placement) {
    auto environment = environment_of(placement);
    for (const auto& name : *placement.notices) environment += "\nLoadCredentialEncrypted=" + name;
    const auto unit = notices_unit(placement);
    const auto words = words_of(placement, unit, environment);
    files[unit + ".service"] = filled("notices.service", words);
    files[unit + ".timer"] = filled("notices.timer", words);
}

Files make_units(const Placement& placement, const std::vector<runner::Declared>& jobs) {
    Files files;
    for (const auto& job : jobs) {
        const auto words = words_of(placement, job);
        files[prefix(placement) + job.name + ".service"] = filled("job.service", words);
        files[prefix(placement) + job.name + ".timer"] = filled("job.timer", words);
    }
    if (!jobs.empty()) add_work(files, placement, jobs);
    if (placement.notices) add_notices(files, placement);
    const auto failed = failed_unit(placement);
    files[failed + ".service"] = filled("failed.service", words_of(placement, failed, environment_of(placement)));
    return files;
}

// A machine's crontab names the user in each line; /etc/cron.d takes no name with a dot in it.
Files make_crontab(const Placement& placement, const std::vector<runner::Declared>& jobs) {
    std::vector<std::string> lines;
    for (const auto& job : jobs)
        lines.push_back(fmt::format("{} {}{} job run {} --organizer {} --quiet --jitter 1m >/dev/null",
                                    cron_fields(job), placement.is_user ? "" : "passa ", placement.passa, job.name,
                                    placement.organizer));
    if (placement.notices)
        lines.push_back(fmt::format("* * * * * {}{} notice deliver --organizer {} --quiet >/dev/null",
                                    placement.is_user ? "" : "passa ", placement.passa, placement.organizer));
    const auto environment =
        fmt::format("PASSA_DB={0}\nPASSA_HOME={1}\nPASSA_LOG_FILE={1}/jobs.log", placement.db, home_of(placement));
    return {{"passa-" + placement.organizer,
             filled("crontab", {{"environment", environment}, {"lines", join(lines, "\n")}})}};
}

std::string at_time(int weekday, int minute, std::string_view zone) {
    return fmt::format("{}*-*-* {:02}:{:02}:00 {}", k_weekdays.at(static_cast<std::size_t>(weekday)), minute / 60,
                       minute % 60, zone);
}

} // namespace

// A time of day also fires an hour later: where clocks change, PostgreSQL takes a time that comes twice as the later
// one and one that is jumped over as before the jump; systemd takes the earlier one, and none.
std::vector<std::string> on_calendar(const runner::Declared& job) {
    const auto schedule = parse_schedule(job.schedule).value_or_throw();
    const auto step = static_cast<int>(schedule.every.count());
    if (step > 0 && step < 60) return {fmt::format("*-*-* *:00/{:02}:00 UTC", step)};
    if (step > 0) return {fmt::format("*-*-* 00/{:02}:00:00 UTC", step / 60)};
    const auto minute = static_cast<int>(schedule.time_of_day.count());
    const bool is_next_day = minute + 60 >= k_day;
    const int weekday = schedule.weekday == 0 || !is_next_day ? schedule.weekday : schedule.weekday % 7 + 1;
    return {at_time(schedule.weekday, minute, job.zone), at_time(weekday, (minute + 60) % k_day, job.zone)};
}

std::string cron_fields(const runner::Declared& job) {
    const auto schedule = parse_schedule(job.schedule).value_or_throw();
    const auto step = static_cast<int>(schedule.every.count());
    const int pace = step > 0 ? std::gcd(step, k_quarter) : k_quarter;
    const int first = static_cast<int>(schedule.time_of_day.count()) % pace;
    return fmt::format("{}-59/{} * * * *", first, pace);
}

Files make_files(Scheduler scheduler, const Placement& placement, const std::vector<runner::Declared>& jobs) {
    return scheduler == Scheduler::systemd ? make_units(placement, jobs) : make_crontab(placement, jobs);
}

bool is_written_here(std::string_view text) { return text.starts_with("# Written by passa job install"); }

bool is_ours(Scheduler scheduler, const Placement& placement, std::string_view name, std::string_view text) {
    if (!is_written_here(text)) return false; // somebody's own, called like ours
    if (scheduler == Scheduler::cron) return name == "passa-" + placement.organizer;
    const auto unit = name.substr(0, name.rfind('.'));
    const bool is_named = name.starts_with(prefix(placement)) || unit == work_unit(placement) ||
                          unit == notices_unit(placement) || unit == failed_unit(placement);
    return is_named && (name.ends_with(".service") || name.ends_with(".timer"));
}

} // namespace passa::cli
