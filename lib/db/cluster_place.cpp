// What a cluster has beside its data: settings of its place, files for its server, and data that comes from elsewhere.
#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"
#include "lib/db/cluster.hpp"
#include "lib/db/postgres_programs.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passa::db {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const fs::path& path, std::string_view why) {
    throw Error{{Kind::failed, "db.cluster_folder", fmt::format("cannot prepare {}: {}", path.string(), why),
                 "make room, or look who it belongs to"}};
}

// Clusters of an earlier build do not have them.
void append_if_missing(const fs::path& file, std::string_view line) {
    std::ifstream in{file};
    for (std::string known; std::getline(in, known);)
        if (known == line) return;
    std::ofstream out{file, std::ios::app};
    out << line << '\n';
    if (!out.flush()) refuse(file, std::strerror(errno));
}

// In the place of whatever has the name: in a copy that is a link, it would be written elsewhere.
void write_lines(const fs::path& file, std::string_view text) {
    fs::remove_all(file);
    std::ofstream out{file, std::ios::trunc};
    out << text;
    if (!out.flush()) refuse(file, std::strerror(errno));
}

constexpr std::string_view k_restoring_role = "passa_restoring"; // lib/db/restore.hpp
constexpr std::string_view k_who_connects = "local all all peer map=passa\nlocal replication all peer map=passa\n";
constexpr std::string_view k_settings =
    "listen_addresses = ''\nport = 5432\nshared_buffers = 256MB\nmax_wal_size = 2GB\njit = off\nmax_connections = 60\n"
    "log_timezone = 'UTC'\ntimezone = 'UTC'\ninclude_if_exists = '../own.conf'\n";

std::string who_may_be(std::string_view role) {
    return fmt::format("passa {} {}\npassa root {}\n", server_user().name, role, role);
}

} // namespace

void Cluster::write_settings(const fs::path& data) const {
    const auto who_may = who_may_be(k_user) + who_may_be(k_restoring_role);
    for (const auto& [name, text] :
         std::initializer_list<std::pair<const char*, std::string_view>>{{"pg_hba.conf", k_who_connects},
                                                                         {"pg_ident.conf", who_may},
                                                                         {"postgresql.conf", k_settings},
                                                                         {"postgresql.auto.conf", ""}}) {
        write_lines(data / name, text);
        hand_over(data / name);
    }
}

void Cluster::complete_settings() const {
    const auto lines = who_may_be(k_restoring_role);
    for (const auto line : split_at(lines, '\n'))
        if (!line.empty()) append_if_missing(m_folder / "data" / "pg_ident.conf", line);
}

void Cluster::set_own_settings(std::string_view lines) const {
    const auto file = m_folder / "own.conf";
    append_if_missing(m_folder / "data" / "pg_hba.conf", "local replication all peer map=passa");
    append_if_missing(m_folder / "data" / "postgresql.conf", "include_if_exists = '../own.conf'");
    if (lines.empty()) return static_cast<void>(fs::remove(file));
    try {
        FreshFile fresh{file};
        fresh.write(lines);
        fresh.replace();
    } catch (const std::system_error& error) {
        refuse(file, error.code().message());
    }
    hand_over(file);
}

void Cluster::hand_over(const fs::path& path) const {
    const auto user = server_user();
    const auto give = [&](const fs::path& one) {
        if (user.differs && lchown(one.c_str(), user.uid, user.gid) != 0) refuse(one, std::strerror(errno));
    };
    give(path);
    if (!fs::is_directory(fs::symlink_status(path))) return;
    for (const auto& entry : fs::recursive_directory_iterator{path}) give(entry.path());
}

int Cluster::run_as_server(const std::vector<std::string>& words) const {
    return run_as(server_user(), words, log_file());
}

void Cluster::install(const std::function<void(const fs::path&)>& fill) {
    if (exists()) refuse(m_folder, "it holds a database");
    const auto fresh = make_fresh();
    fill(fresh);
    write_settings(fresh); // those that came with it could name any program to run
    fs::remove(fresh / "standby.signal");
    hand_over(fresh);
    fs::permissions(fresh, fs::perms::owner_all);
    claim();
    fs::rename(fresh, m_folder / "data");
    sync_folder(m_folder);
}

void Cluster::adopt(const Cluster& other) {
    fs::remove(make_fresh());
    if (m_lock < 0) m_lock = open_lock("lock");
    if (flock(m_lock, LOCK_EX | LOCK_NB) != 0 || exists())
        throw Error{{Kind::conflict, "db.not_empty", fmt::format("{} holds a database", m_folder.string()),
                     "restore into a new one: PASSA_HOME=NEWFOLDER passa db restore FILE"}};
    claim();
    fs::rename(other.m_folder / "data", m_folder / "data");
    sync_folder(m_folder);
    flock(m_lock, LOCK_UN);
}

} // namespace passa::db
