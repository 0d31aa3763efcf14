// pg_basebackup and tar at the ends of pipes; PostgreSQL replays by itself.
#include "lib/db/recover.hpp"

#include "lib/base/fault.hpp"
#include "lib/base/text.hpp"
#include "lib/db/piped_program.hpp"
#include "lib/db/postgres_programs.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <sys/stat.h>
#include <thread>

namespace passa::db {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_some = std::size_t{64} * 1024;
constexpr Duration k_replay_limit = std::chrono::hours{24};

void unpack(const std::function<std::size_t(std::span<std::uint8_t>)>& give, const fs::path& into) {
    PipedProgram tar{
        {"/bin/tar", "-x", "-f", "-", "--no-same-owner", "-C", into.string()}, {}, PipedProgram::Pipe::reads};
    std::array<std::uint8_t, k_some> some{};
    bool listens = true;
    while (listens) {
        const auto n = give(some);
        if (n == 0) break;
        listens = tar.write_all(std::span{some}.first(n));
        fault_point("restore.unpack");
    }
    tar.hang_up();
    if (tar.await() != 0 || !listens)
        throw Error{{Kind::failed, "db.restore", "the base copy cannot be unpacked: " + tar.complaints(),
                     "nothing was restored; make room and run it again"}};
}

// PostgreSQL says it in its log alone.
bool log_says(const Cluster& cluster, std::string_view words) {
    std::ifstream in{cluster.log_file()};
    for (std::string line; std::getline(in, line);)
        if (line.find(words) != std::string::npos) return true;
    return false;
}

std::string replay_settings(const std::optional<Instant>& to) {
    std::string lines = "restore_command = 'cp ../log/%f %p'\nrecovery_target_action = 'promote'\n";
    if (!to) return lines;
    auto moment = to_text(*to);
    moment.pop_back(); // Z: an abbreviation, which the server does not know yet when it reads this
    return lines + fmt::format("recovery_target_time = '{}+00'\n", moment);
}

// Its server answers from the moment on at which the copy is consistent, and replays on.
std::optional<Instant> wait_until_replayed(Cluster& cluster, const std::function<void()>& go_on) {
    const auto target = cluster.ensure_running();
    for (;;) {
        go_on();
        Connection server{{target, "passa.replay", ""}};
        const auto row =
            server.raw("SELECT pg_is_in_recovery() AS replays, pg_last_xact_replay_timestamp() AS at").one();
        if (!row.get<bool>("replays")) return row.get<std::optional<Instant>>("at");
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        if (!cluster.is_running())
            throw Error{{Kind::failed, "db.restore", "the server ended while it replayed the log",
                         fmt::format("see {}", cluster.log_file().string())}};
    }
}

std::optional<Instant> replay(Cluster& cluster, const Recovery& recovery) {
    const auto& to = recovery.to;
    cluster.be_patient(k_replay_limit);
    try {
        const auto last = wait_until_replayed(cluster, recovery.go_on);
        cluster.stop();
        return last;
    } catch (const Error&) { // said in better words where its log has them
        if (to && log_says(cluster, "recovery ended before configured recovery target was reached"))
            throw Error{{Kind::failed, "db.short_log", fmt::format("the archive ends before {}", to_text(*to)),
                         "name an earlier moment, or leave out --to-time: then all of it is restored"}};
        if (to && log_says(cluster, "before consistent recovery point"))
            throw Error{{Kind::failed, "db.short_log",
                         fmt::format("the base copy was not complete yet at {}", to_text(*to)),
                         "name a later moment, or move it away: the base copy before it is used then"}};
        throw;
    }
}

} // namespace

void dump_base(Cluster& cluster, const std::function<void(ByteView)>& take) {
    const auto target = cluster.ensure_running();
    std::ifstream version{cluster.folder() / "data" / "PG_VERSION"};
    int major = 0;
    version >> major;
    const auto program = find_postgres_programs(major) / "pg_basebackup";
    PipedProgram child{{program.string(), "--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast",
                        "--no-password", "--dbname=" + target},
                       {},
                       PipedProgram::Pipe::writes};
    std::array<std::uint8_t, k_some> some{};
    while (const auto n = child.read_some(some)) take(std::span{some}.first(n));
    child.hang_up();
    if (child.await() != 0)
        throw Error{{Kind::unavailable, "db.dump", "pg_basebackup did not finish: " + child.complaints(),
                     "nothing was kept of it; mend what it says and run it again"}};
}

std::optional<Instant> recover(Cluster& cluster, const Recovery& recovery) {
    cluster.install([&](const fs::path& data) {
        unpack(recovery.base, data);
        const auto log = cluster.folder() / "log";
        fs::remove_all(log);
        fs::create_directory(log);
        recovery.bring_log(data, log);
        cluster.hand_over(log);
        std::ofstream{data / "recovery.signal"}.flush();
    });
    cluster.set_own_settings(replay_settings(recovery.to));
    fault_point("restore.replay");
    const auto last = replay(cluster, recovery);
    cluster.set_own_settings("");
    fs::remove_all(cluster.folder() / "log");
    fault_point("restore.replayed");
    return last;
}

std::string first_segment(const fs::path& data) {
    std::ifstream in{data / "backup_label"};
    std::string line;
    std::getline(in, line);
    const auto at = line.find("(file ");
    const auto end = line.find(')');
    if (!line.starts_with("START WAL LOCATION: ") || at == std::string::npos || end != at + 6 + 24)
        throw Error{
            {Kind::failed, "db.restore", "the base copy does not say where its log begins", "use another base copy"}};
    return line.substr(at + 6, 24);
}

std::string serial_of(const fs::path& data) {
    struct stat of {};
    if (stat(data.c_str(), &of) == 0) return std::to_string(of.st_ino);
    throw Error{{Kind::not_found, "db.restore", fmt::format("cannot look at {}", data.string()), "is it mounted?"}};
}

std::vector<std::string> find_unkept(const fs::path& data) {
    constexpr std::string_view k_ready = ".ready";
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{data / "pg_wal" / "archive_status"}) {
        auto name = entry.path().filename().string();
        if (!name.ends_with(k_ready)) continue;
        name.resize(name.size() - k_ready.size());
        names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

// Beside segments it keeps notes on base copies (SEGMENT.OFFSET.backup), at times behind a later segment: the newest
// segment is what counts.
Archiver get_archiver(Connection& server) {
    const auto row =
        server
            .raw("SELECT greatest(done, substring(last_archived_wal FROM '^[0-9A-F]{24}$')) AS last_segment, "
                 "last_archived_time, failed_count, last_failed_time, "
                 "pg_walfile_name(pg_current_wal_insert_lsn()) AS segment, "
                 "current_setting('archive_mode') <> 'off' AS is_on, waiting, waiting_since, "
                 "coalesce(waiting_since < clock_timestamp() - "
                 "interval '1 minute', false) AS is_behind FROM pg_stat_archiver, "
                 "(SELECT count(*) AS waiting, min(modification) AS waiting_since FROM "
                 "pg_ls_archive_statusdir() WHERE name LIKE '%.ready') AS ready, "
                 "(SELECT max(left(name, 24)) AS done FROM pg_ls_archive_statusdir() "
                 "WHERE name ~ '^[0-9A-F]{24}[.]done$') AS kept")
            .one();
    return {row.get<std::string>("segment"),
            row.get<std::optional<std::string>>("last_segment"),
            row.get<std::optional<Instant>>("last_archived_time"),
            row.get<std::int64_t>("failed_count"),
            row.get<std::optional<Instant>>("last_failed_time"),
            row.get<bool>("is_on"),
            row.get<std::int64_t>("waiting"),
            row.get<std::optional<Instant>>("waiting_since"),
            row.get<bool>("is_behind")};
}

} // namespace passa::db
