// Create, start, watch, stop.
#include "lib/db/cluster.hpp"

#include "lib/base/detached.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/db/postgres_programs.hpp"
#include "lib/log/log.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace passa::db {

namespace fs = std::filesystem;

namespace {

constexpr int k_start_tries = 8;
constexpr Duration k_start_limit = std::chrono::seconds{60};
constexpr std::size_t k_longest_socket_folder = 90; // a socket path has 107 bytes at most
constexpr std::uintmax_t k_longest_log = std::uintmax_t{10} * 1024 * 1024;

Error failed(std::string code, std::string what, const fs::path& log) {
    return Error{{Kind::unavailable, std::move(code), std::move(what), fmt::format("see {}", log.string())}};
}

std::string short_hash(const fs::path& path) { return to_hex(crypto::sha256(as_bytes(path.string()))).substr(0, 12); }

// However it was written: x, ./x, x/ and a link to it are one home.
fs::path plain_home(const fs::path& home) {
    return (fs::weakly_canonical(fs::absolute(home)) / "").lexically_normal().parent_path();
}

bool holds_cluster(const fs::path& folder) { return fs::exists(folder / "data" / "PG_VERSION"); }

// A cluster that is there wins over what folder modes would say today: nobody's data may seem to be gone.
fs::path choose_folder(const fs::path& home) {
    auto wanted = plain_home(home) / "db";
    if (!server_user().differs) return wanted;
    const auto hidden = [](const fs::path& named) { return fs::path{"/var/lib/passa"} / short_hash(named) / "db"; };
    auto elsewhere = hidden(plain_home(home));
    if (!holds_cluster(elsewhere) && holds_cluster(hidden(fs::absolute(home)))) // made when each spelling had its own
        elsewhere = hidden(fs::absolute(home));
    if (holds_cluster(wanted) && holds_cluster(elsewhere))
        throw Error{{Kind::configuration, "db.two_clusters",
                     fmt::format("there are two private databases for this home: {} and {}", wanted.string(),
                                 elsewhere.string()),
                     "move the one away that is not in use"}};
    if (holds_cluster(wanted)) return wanted;
    if (holds_cluster(elsewhere) || !may_pass(server_user(), home)) return elsewhere;
    return wanted;
}

// Means the same in a shell, in a connect text and in a setting.
bool is_plain(const fs::path& path) {
    const auto text = path.string();
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' ||
               c == '_' || c == '-';
    });
}

// The same for every process of a home, whatever its environment: under /run for root, where nobody else can prepare a
// trap; else beside the data, or in /tmp when that path is too long for a socket or has characters that need quoting.
fs::path choose_sockets(const fs::path& folder) {
    const auto name = fmt::format("passa-{}-{}", server_user().uid, short_hash(folder));
    if (server_user().differs) return fs::path{"/run"} / name;
    const auto beside = folder / "sockets";
    return beside.string().size() <= k_longest_socket_folder && is_plain(beside) ? beside : fs::path{"/tmp"} / name;
}

// A folder of the server's user or ours, not a link: anything else in /tmp may be a trap of somebody else.
bool is_ours(const fs::path& path) {
    struct stat info {};
    return lstat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode) &&
           (info.st_uid == server_user().uid || info.st_uid == geteuid());
}

// Creates what is missing on the way; the server's user may pass through it, but not look around.
void make_way(const fs::path& path) {
    if (path.empty() || fs::exists(path)) return;
    make_way(path.parent_path());
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        throw Error{{Kind::configuration, "db.cluster_folder",
                     fmt::format("cannot create {}: {}", path.string(), std::strerror(errno)),
                     "set PASSA_HOME to a folder you may write to"}};
    if (server_user().differs) chmod(path.c_str(), 0711);
}

void make_folder_for_server(const fs::path& path, mode_t mode) {
    const auto user = server_user();
    make_way(path);
    const int fd = is_ours(path) ? open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    const bool ready = fd >= 0 && fchmod(fd, mode) == 0 && (!user.differs || fchown(fd, user.uid, user.gid) == 0);
    const int why = errno;
    if (fd >= 0) close(fd);
    if (ready) return;
    throw Error{{Kind::configuration, "db.cluster_folder",
                 fd < 0 && !is_ours(path) ? fmt::format("{} belongs to somebody else", path.string())
                                          : fmt::format("cannot prepare {}: {}", path.string(), std::strerror(why)),
                 "remove it, or set PASSA_HOME to another folder"}};
}

// After a reboot the number in postmaster.pid may be that of any other process, and PostgreSQL would not start beside
// it. Only with the lock "starting" in hand. A server whose processes live on without their parent is still refused, by
// its shared memory.
void forget_reused_pid(const fs::path& data) {
    pid_t pid = 0;
    std::ifstream{data / "postmaster.pid"} >> pid;
    std::error_code gone; // no such process, or not ours to look at: PostgreSQL decides
    const fs::path works_in{fmt::format("/proc/{}/cwd", pid)};
    if (pid <= 0 || !fs::exists(works_in, gone) || fs::equivalent(works_in, data, gone) || gone) return;
    log::info("db", "postmaster.pid names process {}, which is no server of {}", pid, data.string());
    fs::remove(data / "postmaster.pid");
}

bool answers(const fs::path& sockets) {
    const auto path = (sockets / ".s.PGSQL.5432").string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return false;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return false;
    const bool up = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return up;
}

} // namespace

Cluster::Cluster(const fs::path& home, Duration idle_stop)
    : m_home(plain_home(home)), m_folder(choose_folder(home)), m_sockets(choose_sockets(m_folder)),
      m_idle_stop(idle_stop) {}

Cluster::~Cluster() {
    if (m_lock >= 0) close(m_lock);
}

bool Cluster::exists() const { return holds_cluster(m_folder); }
bool Cluster::is_running() const { return is_ours(m_sockets) && answers(m_sockets); }
std::string Cluster::connect_text() const {
    return fmt::format("host={} user={} dbname=passa", m_sockets.string(), k_user);
}

std::string Cluster::ensure_running() {
    require_own();
    bring_up();
    watch();
    recognise_home();
    return connect_text();
}

void Cluster::bring_up() {
    make_way(m_folder);
    if (m_lock < 0) m_lock = open_lock("lock");
    if (flock(m_lock, LOCK_SH) == 0 && is_running()) return;
    // Starting needs the lock alone; whoever comes second finds the server running.
    flock(m_lock, LOCK_UN);
    const int starting = open_lock("starting");
    flock(starting, LOCK_EX);
    flock(m_lock, LOCK_SH);
    try {
        if (!is_running()) {
            if (!exists()) create();
            start();
        }
    } catch (...) { // rethrown: the lock must not outlive the attempt
        close(starting);
        throw;
    }
    close(starting);
}

int Cluster::open_lock(const char* name) const {
    const auto path = m_folder / name;
    const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        throw Error{{Kind::configuration, "db.cluster_folder",
                     fmt::format("cannot open {}: {}", path.string(), std::strerror(errno)), ""}};
    return fd;
}

void Cluster::keep_up_after_exec() const { fcntl(m_lock, F_SETFD, 0); }

// Renamed when complete: a killed initdb leaves nothing half-made.
fs::path Cluster::make_fresh() {
    auto fresh = m_folder / "data.new";
    fs::remove_all(fresh);
    make_folder_for_server(m_folder, server_user().differs ? 0711 : 0700);
    make_folder_for_server(fresh, 0700);
    return fresh;
}

void Cluster::create() {
    const auto user = server_user();
    const auto programs = find_postgres_programs();
    const auto fresh = make_fresh();
    const auto status = run_as(user,
                               {(programs / "initdb").string(), "-D", fresh.filename().string(), "-U",
                                std::string{k_user}, "--data-checksums", "--encoding=UTF8", "--locale=C",
                                "--auth-local=peer", "--auth-host=reject", "--no-instructions"},
                               log_file());
    if (status != 0) throw failed("db.cluster_create", "the private database could not be created", log_file());
    write_settings(fresh);
    claim();
    fs::rename(fresh, m_folder / "data");
}

void Cluster::start() {
    log::info("db", "starting the private database in {}", m_folder.string());
    const auto user = server_user();
    const auto programs = find_programs_of_cluster();
    make_folder_for_server(m_sockets, 0700);
    forget_reused_pid(m_folder / "data");
    complete_settings();
    std::error_code ignored; // none yet
    if (fs::file_size(log_file(), ignored) > k_longest_log && !ignored)
        fs::rename(log_file(), m_folder / "server.log.1");
    std::string options = fmt::format("-k {}", m_sockets.string());
    for (const auto& setting : m_settings) options += " -c " + setting;
    const std::vector<std::string> command{
        (programs / "pg_ctl").string(),
        "start",
        "-s",
        "-w",
        "-t",
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(m_patience.value_or(k_start_limit)).count()),
        "-D",
        "data",
        "-l",
        log_file().filename().string(),
        "-o",
        options};
    // After kill -9 the old server's children need a moment to notice; until then the new one refuses to share their
    // memory.
    int status = run_as(user, command, log_file());
    for (int tries = 1; status != 0 && !m_patience && tries < k_start_tries; ++tries) {
        std::this_thread::sleep_for(std::chrono::seconds{1});
        status = run_as(user, command, log_file());
    }
    if (status != 0) throw failed("db.cluster_start", "the private database did not start", log_file());
    Connection bootstrap{
        {fmt::format("host={} user={} dbname=postgres", m_sockets.string(), k_user), "passa.bootstrap", ""}};
    if (bootstrap.raw("SELECT 1 AS there FROM pg_database WHERE datname = 'passa'").empty())
        bootstrap.raw("CREATE DATABASE passa");
}

fs::path Cluster::find_programs_of_cluster() const {
    std::ifstream version_file{m_folder / "data" / "PG_VERSION"};
    int made_with = 0;
    version_file >> made_with;
    const auto programs = find_postgres_programs(made_with);
    if (made_with == major_version(programs)) return programs;
    throw Error{{Kind::configuration, "db.cluster_version",
                 fmt::format("the private database was made by PostgreSQL {}, installed is {}", made_with,
                             major_version(programs)),
                 fmt::format("install postgresql-{}", made_with)}};
}

// A small process of its own, one for each server, that stops it once nobody has used it for the whole idle time. When
// it was killed, the next user of the server starts another.
void Cluster::watch() const {
    if (m_idle_stop <= Duration::zero()) return;
    const int watching = open_lock("watching");
    if (flock(watching, LOCK_EX | LOCK_NB) != 0) {
        close(watching);
        return;
    }
    run_detached([this] { stop_when_idle(); }, watching);
    close(watching); // the watcher holds the lock now; when there is none, nobody does, and the server stays up
}

void Cluster::stop_when_idle() const {
    const auto step = std::chrono::milliseconds{500};
    auto idle = std::chrono::milliseconds{0};
    const int lock = open((m_folder / "lock").c_str(), O_RDWR | O_CLOEXEC);
    while (lock >= 0 && is_running()) {
        std::this_thread::sleep_for(step);
        idle += step;
        const bool free = flock(lock, LOCK_EX | LOCK_NB) == 0;
        if (free && idle >= m_idle_stop && !has_sessions()) return static_cast<void>(stop_server());
        if (!free || idle >= m_idle_stop) idle = std::chrono::milliseconds{0};
        if (free) flock(lock, LOCK_UN);
    }
}

// Somebody's psql holds no lock of ours, and must not be cut off either.
bool Cluster::has_sessions() const {
    try {
        Connection own{{connect_text(), "passa.watch", ""}};
        return !own.raw("SELECT 1 AS there FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> "
                        "pg_backend_pid()")
                    .empty();
    } catch (const Error&) { // it cannot be asked: too busy to be idle
        return true;
    }
}

bool Cluster::stop() {
    if (!exists() || !is_running()) return false;
    if (m_lock < 0) m_lock = open_lock("lock");
    if (flock(m_lock, LOCK_EX | LOCK_NB) != 0)
        throw Error{{Kind::busy, "db.in_use", "the private database is in use by another passa",
                     "wait for it to end, then: passa db stop"}};
    const bool stopped = stop_server();
    flock(m_lock, LOCK_UN);
    if (!stopped) throw failed("db.cluster_stop", "the private database did not stop", log_file());
    return true;
}

// With the lock alone in hand.
bool Cluster::stop_server() const {
    const auto status = run_as(
        server_user(),
        {(find_programs_of_cluster() / "pg_ctl").string(), "stop", "-s", "-w", "-m", "fast", "-D", "data"}, log_file());
    std::error_code ignored; // an empty folder that stays is no harm
    if (status == 0) fs::remove(m_sockets, ignored);
    return status == 0;
}

} // namespace passa::db
