// pg_dump at one end of a pipe, or pg_restore.
#include "lib/db/dump.hpp"

#include "lib/db/migrate.hpp"
#include "lib/db/piped_program.hpp"
#include "lib/db/postgres_programs.hpp"
#include "lib/db/target.hpp"

#include <array>
#include <filesystem>

namespace passa::db {
namespace {

// The server's major version decides which of several installed programs is used: a newer one reads an older server,
// never the reverse.
std::string find_program(Connection& server, const std::string& name) {
    const auto major = server.raw("SELECT current_setting('server_version_num')::integer / 10000 AS major").one();
    const auto path = find_postgres_programs(major.get<int>("major")) / name;
    std::error_code unreadable; // then it cannot be run either
    if (std::filesystem::exists(path, unreadable)) return path.string();
    throw Error{{Kind::configuration, "db.no_dump_program", fmt::format("{} is not installed", path.string()),
                 fmt::format("install postgresql-client-{}", major.get<int>("major"))}};
}

void require_empty(Connection& server) {
    if (server.raw("SELECT 1 AS there FROM pg_class WHERE relnamespace = 'public'::regnamespace LIMIT 1").empty())
        return;
    throw Error{{Kind::conflict, "db.not_empty", "the database that would be restored into is not empty",
                 "restore into a new one: PASSA_HOME=NEWFOLDER passa db restore FILE, or --db with an empty database"}};
}

} // namespace

void dump(const std::string& target, const std::function<void(ByteView)>& take) {
    const auto parsed = parse_target(target).value_or_throw();
    Connection server{{target, "passa.dump", ""}};
    PipedProgram child{{find_program(server, "pg_dump"), "--format=custom", "--no-owner", "--lock-wait-timeout=30s",
                        "--no-password", "--dbname=" + parsed.text},
                       parsed.password,
                       PipedProgram::Pipe::writes};
    std::array<std::uint8_t, std::size_t{64} * 1024> some{};
    while (const auto n = child.read_some(some)) take(std::span{some}.first(n));
    child.hang_up();
    if (child.await() != 0)
        throw Error{{Kind::unavailable, "db.dump", "pg_dump did not finish: " + child.complaints(),
                     "nothing was kept of this backup; mend what it says and run it again"}};
}

void restore(Database& owner, const std::function<std::size_t(std::span<std::uint8_t>)>& give) {
    const auto target = parse_target(owner.options().target).value_or_throw();
    auto& server = owner.connection();
    require_empty(server);
    const auto program = find_program(server, "pg_restore");
    make_role(owner);
    PipedProgram child{
        {program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-password", "--dbname=" + target.text},
        target.password,
        PipedProgram::Pipe::reads};
    std::array<std::uint8_t, std::size_t{64} * 1024> some{};
    bool listens = true;
    while (listens) {
        const auto n = give(some);
        if (n == 0) break;
        listens = child.write_all(std::span{some}.first(n));
    }
    child.hang_up();
    if (const auto status = child.await(); status != 0 || !listens)
        throw Error{{Kind::failed, "db.restore", fmt::format("pg_restore did not finish: {}", child.complaints()),
                     "nothing was restored; the database is as it was"}};
}

} // namespace passa::db
