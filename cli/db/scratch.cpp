// The lock is on the folder itself: it is gone with it, and cannot be left behind.
#include "cli/db/scratch.hpp"

#include "lib/base/detached.hpp"
#include "lib/base/text.hpp"
#include "lib/db/postgres_programs.hpp"
#include "lib/log/log.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <stdlib.h> // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX's
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace passa::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view k_name = "passa-verify-";
constexpr const char* k_mark = "scratch-of-passa"; // without it a folder is somebody's own, whatever its name
constexpr int k_clear_tries = 50;                  // a program that outlived its owner still writes for a moment

Error no_place(const std::string& why) {
    return Error{
        {Kind::failed, "backup.scratch", why, "name a folder with room for the database: --scratch FOLDER, or TMPDIR"}};
}

bool is_same(int fd, const fs::path& path) {
    struct stat open_one {};
    struct stat there {};
    return fstat(fd, &open_one) == 0 && lstat(path.c_str(), &there) == 0 && open_one.st_dev == there.st_dev &&
           open_one.st_ino == there.st_ino;
}

// The folder with the lock on it; -1 when somebody else holds it, or it is gone.
int hold(const fs::path& home, int how) {
    const int fd = open(home.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return -1;
    int held = flock(fd, how);
    while (held != 0 && errno == EINTR) held = flock(fd, how);
    if (held == 0 && is_same(fd, home)) return fd;
    close(fd);
    return -1;
}

void remove_all_but_mark(const fs::path& home, std::error_code& why) {
    for (fs::directory_iterator at{home, why}, end; !why && at != end; at.increment(why))
        if (at->path().filename() != k_mark) fs::remove_all(at->path(), why);
}

// With the lock in hand. The mark goes last, so that what is cut off in the middle is found again.
void clear(const fs::path& home) {
    db::Cluster cluster{home, Duration::zero()};
    cluster.stop();
    std::error_code why;
    for (int tries = 0; tries < k_clear_tries; ++tries) {
        fs::remove_all(cluster.folder(), why);
        if (!why) remove_all_but_mark(home, why);
        if (!why) fs::remove_all(home, why);
        if (!why) return;
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    throw Error{{Kind::failed, "backup.scratch", fmt::format("cannot remove {}: {}", home.string(), why.message()),
                 fmt::format("it may hold books in the clear: rm -r {}", home.string())}};
}

void clear_after_owner(const fs::path& home) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        static_cast<void>(std::signal(signal, SIG_IGN)); // meant for the owner
    const int lock = hold(home, LOCK_EX);
    if (lock < 0) return; // the owner has cleared it
    clear(home);
    close(lock);
}

fs::path make_folder(const fs::path& parent) {
    const auto user = db::server_user();
    auto name = (fs::absolute(parent) / (std::string{k_name} + "XXXXXX")).string();
    if (user.differs && !db::may_pass(user, parent))
        throw no_place(fmt::format("the user {}, who runs the server, may not enter {}", user.name, parent.string()));
    if (mkdtemp(name.data()) == nullptr)
        throw no_place(fmt::format("cannot make a folder in {}: {}", parent.string(), std::strerror(errno)));
    if (user.differs) chmod(name.c_str(), 0711); // entered, not looked into
    std::ofstream{fs::path{name} / k_mark} << "passa db verify removes this folder\n";
    return name;
}

bool is_ours(const fs::path& path) {
    struct stat info {};
    return lstat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid() &&
           lstat((path / k_mark).c_str(), &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid();
}

} // namespace

Scratch::Scratch(const fs::path& parent) {
    while (m_lock < 0) { // a folder that was not held yet may be taken for an orphan
        m_home = make_folder(parent);
        m_lock = hold(m_home, LOCK_EX | LOCK_NB);
    }
    m_cluster.emplace(m_home, Duration::zero());
    if (!run_detached([home = m_home] { clear_after_owner(home); }))
        log::warning("db", "nobody clears {} if this is killed, but the next verify", m_home.string());
}

Scratch::~Scratch() {
    try {
        m_cluster.reset(); // its lock is needed to stop it
        clear(m_home);
    } catch (const std::exception& error) { // what was asked for is known by now
        log::warning("db", "the scratch database in {} stays: {}", m_home.string(), error.what());
    }
    close(m_lock);
}

int Scratch::clear_orphans(const fs::path& parent) {
    int cleared = 0;
    std::error_code unreadable; // said when a folder is to be made there
    for (fs::directory_iterator at{fs::absolute(parent), unreadable}, end; !unreadable && at != end;
         at.increment(unreadable)) {
        if (!at->path().filename().string().starts_with(k_name) || !is_ours(at->path())) continue;
        const int lock = hold(at->path(), LOCK_EX | LOCK_NB);
        if (lock < 0) continue;
        try {
            clear(at->path());
            ++cleared;
        } catch (const Error& error) { // it may be in the hands of an earlier build, which holds no lock on it
            log::warning("db", "{}", error.first().message);
        }
        close(lock);
    }
    return cleared;
}

} // namespace passa::cli
