// PostgreSQL's own programs, found and run for the private cluster. They refuse root, so root hands them to another
// user.
#pragma once
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace passa::db {

// Directory with initdb, pg_ctl and postgres: those of this major version where there are any, else the newest of
// /usr/lib/postgresql, else PATH's. Error db.no_postgresql.
std::filesystem::path find_postgres_programs(int wanted_major = 0);
int major_version(const std::filesystem::path& programs); // of `postgres --version`

// Who owns and runs the private cluster: ourselves, or for root `postgres`, else `nobody`.
struct ServerUser {
    uid_t uid = 0;
    gid_t gid = 0;
    std::string name;
    bool differs = false; // from the user we are
};
ServerUser server_user();
bool may_pass(const ServerUser& user,
              const std::filesystem::path& path); // through each folder on the way that is there

// Runs a program as that user in the folder of `log`, to which its output is appended; the exit status, 127 when it
// could not start. Paths below that folder are best given relative to it: pg_ctl and initdb hand them to a shell.
int run_as(const ServerUser& user, const std::vector<std::string>& command, const std::filesystem::path& log);

} // namespace passa::db
