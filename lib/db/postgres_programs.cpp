// fork, step down, exec.
#include "lib/db/postgres_programs.hpp"

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace passa::db {

namespace fs = std::filesystem;

namespace {

int leading_number(std::string_view text) { // 0: there is none
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

fs::path find_postgres_programs(int wanted_major) {
    const auto complete = [](const fs::path& dir) {
        std::error_code unreadable; // a folder of PATH that we may not look into holds nothing for us
        return fs::exists(dir / "initdb", unreadable) && fs::exists(dir / "pg_ctl", unreadable) &&
               fs::exists(dir / "postgres", unreadable);
    };
    std::vector<fs::path> found;
    std::error_code ignored; // a folder that is not there holds no programs
    for (const auto& entry : fs::directory_iterator{"/usr/lib/postgresql", ignored})
        if (complete(entry.path() / "bin")) found.push_back(entry.path() / "bin");
    std::sort(found.begin(), found.end(), [](const fs::path& a, const fs::path& b) {
        return leading_number(a.parent_path().filename().string()) >
               leading_number(b.parent_path().filename().string());
    });
    const char* path = std::getenv("PATH");
    for (const auto dir : split_at(path == nullptr ? "" : path, ':'))
        if (complete(dir)) found.emplace_back(dir);
    if (found.empty())
        throw Error{{Kind::configuration, "db.no_postgresql",
                     "PostgreSQL's programs (initdb, pg_ctl, postgres) are not installed",
                     "install postgresql-15, or name a server with --db or PASSA_DB"}};
    const auto fitting = std::find_if(found.begin(), found.end(), [&](const fs::path& dir) {
        return wanted_major != 0 && major_version(dir) == wanted_major;
    });
    return fitting == found.end() ? found.front() : *fitting;
}

int major_version(const fs::path& programs) {
    FILE* pipe = popen(fmt::format("'{}' --version", (programs / "postgres").string()).c_str(), "re");
    if (pipe == nullptr) return 0;
    char line[128] = {};
    const bool read = std::fgets(line, sizeof line, pipe) != nullptr;
    pclose(pipe);
    const std::string_view text = line;
    const auto digit = text.find_first_of("0123456789");
    return !read || digit == std::string_view::npos ? 0 : leading_number(text.substr(digit));
}

ServerUser server_user() {
    if (geteuid() != 0) {
        const auto* self = getpwuid(geteuid());
        return {geteuid(), getegid(), self == nullptr ? std::to_string(geteuid()) : self->pw_name, false};
    }
    for (const auto* name : {"postgres", "nobody"})
        if (const auto* user = getpwnam(name)) return {user->pw_uid, user->pw_gid, name, true};
    throw Error{{Kind::configuration, "db.no_server_user",
                 "PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it",
                 "run passa as a normal user, or name a server with --db"}};
}

bool may_pass(const ServerUser& user, const fs::path& path) {
    for (auto on_the_way = fs::weakly_canonical(path); on_the_way.has_relative_path();
         on_the_way = on_the_way.parent_path()) {
        struct stat info {};
        if (stat(on_the_way.c_str(), &info) != 0) continue;
        const mode_t needed = info.st_uid == user.uid ? S_IXUSR : info.st_gid == user.gid ? S_IXGRP : S_IXOTH;
        if ((info.st_mode & needed) == 0) return false;
    }
    return true;
}

int run_as(const ServerUser& user, const std::vector<std::string>& command, const fs::path& log) {
    std::vector<char*> argv;
    for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const auto folder = log.parent_path();
    const auto pid = fork();
    if (pid < 0) return 127;
    if (pid == 0) {
        const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
        const int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
        dup2(in, 0);
        dup2(out, 1);
        dup2(out, 2);
        if (user.differs && fchown(out, user.uid, user.gid) != 0) _exit(127);
        // Our own locks and sockets must not live on in the server.
        closefrom(3);
        const bool stepped_down =
            !user.differs || (setgroups(0, nullptr) == 0 && setgid(user.gid) == 0 && setuid(user.uid) == 0);
        if (!stepped_down || chdir(folder.c_str()) != 0) _exit(127);
        umask(077);
        setenv("LC_ALL", "C", 1);
        execv(argv[0], argv.data());
        _exit(127);
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

} // namespace passa::db
