// The lock is on the home itself, and ends with whoever has it; the mark is a file in it, and stays.
#include "cli/db/restoring.hpp"

#include "lib/base/error.hpp"
#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"

#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace passa::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view k_beside = "beside";
constexpr int k_tries = 10; // who only looks whether one is at work has the lock for a moment

fs::path mark_of(const fs::path& home) { return home / "restore.unfinished"; }

int open_folder(const fs::path& home) { return open(home.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

Error at_work(const fs::path& home) {
    return Error{{Kind::busy, "db.in_use", fmt::format("another restore into {} is at work", home.string()),
                  "wait for it to end"}};
}

bool take(int folder) {
    for (int tries = 0; tries < k_tries; ++tries) {
        if (flock(folder, LOCK_EX | LOCK_NB) == 0) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return false;
}

} // namespace

Restoring::Restoring(const fs::path& home, const fs::path& file)
    : m_home(home), m_file(fs::absolute(file)), m_lock(open_folder(home)) {
    if (m_lock < 0)
        throw Error{{Kind::not_found, "backup.read", fmt::format("cannot read {}", home.string()),
                     "set PASSA_HOME to a folder with the keystore"}};
    if (!take(m_lock)) {
        close(m_lock);
        throw at_work(home);
    }
    m_was_cut_off = fs::exists(mark_of(home));
}

Restoring::~Restoring() {
    std::error_code stays; // then it is refused until a restore ends well
    fs::remove(mark_of(m_home), stays);
    close(m_lock);
}

void Restoring::begin(Place place) const {
    try {
        FreshFile fresh{mark_of(m_home)};
        fresh.write(fmt::format("{}\n{}\n", m_file.string(), place == Place::beside ? k_beside : ""));
        fresh.replace();
    } catch (const std::system_error& error) {
        throw Error{{Kind::failed, "backup.write",
                     fmt::format("cannot write {}: {}", mark_of(m_home).string(), error.code().message()),
                     "nothing was restored; make room and run it again"}};
    }
}

void Restoring::finish() const {
    std::error_code why;
    fs::remove(mark_of(m_home), why);
    if (why)
        throw Error{{Kind::failed, "backup.write",
                     fmt::format("cannot remove {}: {}", mark_of(m_home).string(), why.message()),
                     fmt::format("the books are there; remove it by hand: rm {}", mark_of(m_home).string())}};
}

void require_restored(const fs::path& home, bool has_database) {
    std::ifstream in{mark_of(home)};
    if (!in) return;
    std::string file, place;
    std::getline(in, file);
    std::getline(in, place);
    const int folder = open_folder(home);
    const bool is_free = folder >= 0 && flock(folder, LOCK_SH | LOCK_NB) == 0;
    std::error_code stays; // then the next one takes it away
    const bool is_whole = is_free && place == k_beside && has_database;
    if (is_whole) fs::remove(mark_of(home), stays);
    if (folder >= 0) close(folder);
    if (!is_free) throw at_work(home);
    if (is_whole || !fs::exists(mark_of(home))) return; // or it ended well just now
    throw Error{{Kind::conflict,
                 "db.restore_cut",
                 fmt::format("a restore into {} was cut off: unfinished, nothing of it is used", home.string()),
                 fmt::format("run it again: passa db restore {}", printable(file.empty() ? "FILE" : file, 200)),
                 {{"home", home.string()}}}};
}

} // namespace passa::cli
