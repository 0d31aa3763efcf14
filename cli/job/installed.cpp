// Only files of this organizer's jobs are looked at, written or taken away.
#include "cli/job/installed.hpp"

#include "cli/environment.hpp"
#include "cli/job/due.hpp"
#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/read.hpp"
#include "lib/notify/channel.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

namespace passa::cli {
namespace {

namespace fs = std::filesystem;

constexpr unsigned k_mode = 0644; // timers hold no secret

fs::path folder_of(const InstallWish& wish) {
    if (wish.to) return *wish.to;
    if (wish.scheduler == Scheduler::cron && wish.is_user)
        throw Error{{Kind::usage, "job.install_place", "a user's crontab is no file of passa's",
                     "(crontab -l; passa job install cron --user --print) | crontab -"}};
    if (wish.scheduler == Scheduler::cron) return "/etc/cron.d";
    if (!wish.is_user) return "/etc/systemd/system";
    const auto home = environment("HOME");
    if (!home) throw Error{{Kind::configuration, "job.install_place", "HOME is not set", "name the folder: --to DIR"}};
    return fs::path{*home} / ".config/systemd/user";
}

// A private cluster would live and die within one job's unit.
std::string server_of(Context& ctx) {
    const auto server = ctx.db_server();
    if (!server)
        throw Error{{Kind::configuration, "job.install_db", "timers need a database server that outlives each job",
                     "set one: --db, PASSA_DB, or db in passa.yaml"}};
    const bool is_plain = std::none_of(server->begin(), server->end(),
                                       [](char c) { return c == '"' || c == '\\' || c == '\'' || c < ' '; });
    if (!is_plain || config::shown(config::Key::db, *server) != *server)
        throw Error{{Kind::configuration, "job.install_db", "the database's words hold a password, or quotes",
                     "a unit is no place for a password: use a password file (~/.pgpass), or peer authentication"}};
    return *server;
}

// No unit and no crontab would take it apart.
bool is_plain_path(const fs::path& path) {
    const auto& text = path.native();
    return path.is_absolute() && std::none_of(text.begin(), text.end(), [](char c) {
               return c <= ' ' || c == '"' || c == '\\' || c == '\'' || c == '%';
           });
}

// Its keys, and the log of its jobs.
std::string home_of(Context& ctx) {
    const auto path = (fs::absolute(ctx.home()) / "").lexically_normal().parent_path();
    if (!is_plain_path(path))
        throw Error{{Kind::usage, "job.install_place",
                     fmt::format("{} is no home for a unit", printable(path.string(), 200)),
                     "set PASSA_HOME to a folder whose name has no blanks and no quotes"}};
    return path.string();
}

std::string path_of_passa(const InstallWish& wish) {
    std::error_code gone;
    const auto path = wish.passa ? *wish.passa : fs::read_symlink("/proc/self/exe", gone);
    const auto text = path.string();
    if (!is_plain_path(path))
        throw Error{{Kind::usage, "job.install_place", fmt::format("{} is no path for a unit", printable(text, 200)),
                     "name passa by an absolute path without blanks: --passa /usr/bin/passa"}};
    return text;
}

// By ProtectHome and PrivateTmp (templates/systemd/hardening).
bool is_hidden(const fs::path& path) {
    const auto text = path.lexically_normal().string();
    const auto lies_in = [&](std::string_view folder) { return text.starts_with(folder); };
    return lies_in("/root/") || lies_in("/home/") || lies_in("/run/user/") || lies_in("/tmp/") || lies_in("/var/tmp/");
}

// Of the channels that notices go to, where there are any.
std::optional<std::vector<std::string>> find_credentials(db::Transaction& tx, OrganizerId organizer) {
    std::set<std::string> names;
    const auto channels = notify::load_channel_names(tx, organizer);
    for (const auto& name : channels)
        if (const auto channel = notify::find_channel(tx, organizer, name); channel && !channel->credential.empty())
            names.insert(channel->credential);
    if (channels.empty()) return std::nullopt;
    return std::vector<std::string>{names.begin(), names.end()};
}

Placement placement_of(Context& ctx, const InstallWish& wish) {
    Placement placement{{}, path_of_passa(wish), server_of(ctx), wish.is_user ? home_of(ctx) : "", wish.is_user};
    const auto org = ctx.organizer();
    for (const auto& each : ctx.read([](auto& tx) { return catalog::load_organizers(tx); }))
        if (each.id == org) placement.organizer = each.name;
    placement.notices = ctx.read([&](db::Transaction& tx) { return find_credentials(tx, org); });
    return placement;
}

std::optional<std::string> find_text(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

// Somebody's own file, a unit that was masked, or one that we may not read is none of ours to write over.
std::optional<std::string> find_difference(const fs::path& path, const std::string& wanted) {
    const auto stands = find_text(path);
    std::error_code unknown;
    if (!stands && !fs::exists(fs::symlink_status(path, unknown))) return "missing";
    if (!stands || !is_written_here(*stands)) return "foreign";
    return *stands == wanted ? std::nullopt : std::optional<std::string>{"differs"};
}

std::vector<Difference> compare(const Installation& installation, const std::vector<std::string>& ours) {
    std::vector<Difference> found;
    for (const auto& [name, text] : installation.wanted)
        if (auto what = find_difference(installation.folder / name, text)) found.push_back({name, std::move(*what)});
    for (const auto& name : ours)
        if (!installation.wanted.contains(name)) found.push_back({name, "not declared"});
    return found;
}

} // namespace

Installation find_installation(Context& ctx, const InstallWish& wish) {
    const auto placement = placement_of(ctx, wish);
    const auto org = ctx.organizer();
    const auto now = time_of_books(ctx);
    const auto jobs = ctx.read([&](auto& tx) { return runner::load_declared(tx, org, now); });
    Installation installation{folder_of(wish), make_files(wish.scheduler, placement, jobs), {}, {}};
    if (wish.scheduler == Scheduler::systemd && !wish.is_user && !wish.to && is_hidden(placement.passa))
        installation.hidden_passa = placement.passa;
    std::vector<std::string> ours;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator{installation.folder, gone})
        if (const auto name = entry.path().filename().string();
            entry.is_regular_file(gone) &&
            is_ours(wish.scheduler, placement, name, find_text(entry.path()).value_or("")))
            ours.push_back(name);
    std::sort(ours.begin(), ours.end());
    installation.differences = compare(installation, ours);
    return installation;
}

namespace {
void mend(const Installation& installation, const Difference& difference) {
    const auto wanted = installation.wanted.find(difference.file);
    if (wanted == installation.wanted.end()) {
        fs::remove(installation.folder / difference.file);
        for (const auto* by : {"timers.target.wants", "multi-user.target.wants", "default.target.wants"})
            if (const auto link = installation.folder / by / difference.file; fs::is_symlink(link))
                fs::remove(link); // what systemctl disable does
        return;
    }
    FreshFile file{installation.folder / difference.file, k_mode};
    file.write(wanted->second);
    file.replace();
}

void require_no_foreign(const Installation& installation) {
    Problems problems;
    for (const auto& each : installation.differences)
        if (each.what == "foreign")
            problems.push_back(
                {Kind::refused, "job.install_foreign",
                 fmt::format("{} was not written by passa", printable((installation.folder / each.file).string(), 200)),
                 "look at it; then move it away, or rename the job, and install again"});
    if (!problems.empty()) throw Error{problems};
}

void require_seen(const Installation& installation) {
    if (!installation.hidden_passa) return;
    throw Error{{Kind::usage, "job.install_place",
                 fmt::format("no unit could start {}: units that are hardened do not see that folder",
                             printable(*installation.hidden_passa, 200)),
                 "install passa for everybody (cmake --install) and name it: --passa /usr/local/bin/passa; or --user"}};
}
} // namespace

void install(const Installation& installation) {
    require_seen(installation);
    require_no_foreign(installation);
    try {
        fs::create_directories(installation.folder);
        for (const auto& difference : installation.differences) mend(installation, difference);
    } catch (const std::system_error& error) {
        throw Error{{Kind::failed, "job.install_failed",
                     fmt::format("{} could not be written: {}", printable(installation.folder.string(), 200),
                                 error.code().message()),
                     "as root for the machine; or --user, or look at it first: --print"}};
    }
}

} // namespace passa::cli
