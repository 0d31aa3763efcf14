// The server's major version decides which of several installed programs is used.
#include "lib/db/client_program.hpp"

#include "lib/db/postgres_programs.hpp"

namespace passa::db {

std::string find_client_program(Connection& server, const std::string& name) {
    const auto major = server.raw("SELECT current_setting('server_version_num')::integer / 10000 AS major").one();
    const auto path = find_postgres_programs(major.get<int>("major")) / name;
    std::error_code unreadable; // then it cannot be run either
    if (std::filesystem::exists(path, unreadable)) return path.string();
    throw Error{{Kind::configuration, "db.no_dump_program", fmt::format("{} is not installed", path.string()),
                 fmt::format("install postgresql-client-{}", major.get<int>("major"))}};
}

} // namespace passa::db
