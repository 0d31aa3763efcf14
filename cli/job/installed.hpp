// What is installed of the declared jobs, and what should be.
#pragma once
#include "cli/context.hpp"
#include "cli/job/units.hpp"

#include <filesystem>

namespace passa::cli {

template <>
struct Words<Scheduler> {
    static constexpr std::pair<std::string_view, Scheduler> k_all[] = {{"systemd", Scheduler::systemd},
                                                                       {"cron", Scheduler::cron}};
};

struct InstallWish {
    Scheduler scheduler{};
    bool is_user = false;
    std::optional<std::filesystem::path> to = {};    // default: where the scheduler looks
    std::optional<std::filesystem::path> passa = {}; // default: this binary
};

struct Difference {
    std::string file;
    std::string what; // missing, differs, foreign, not declared
};

struct Installation {
    std::filesystem::path folder;
    Files wanted;
    std::vector<Difference> differences;     // of what the folder holds
    std::optional<std::string> hidden_passa; // that units of this machine name and could not see
};

Installation find_installation(Context& ctx, const InstallWish& wish); // errors job.install_db, job.install_place
// Nothing is written where somebody's own file has one of the names. Errors job.install_foreign, job.install_failed.
void install(const Installation& installation);

} // namespace passa::cli
