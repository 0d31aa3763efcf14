// pg_dump at the end of a pipe.
#include "lib/db/dump.hpp"

#include "lib/db/client_program.hpp"
#include "lib/db/piped_program.hpp"
#include "lib/db/target.hpp"

#include <array>

namespace passa::db {

void dump(const std::string& target, const std::function<void(ByteView)>& take) {
    const auto parsed = parse_target(target).value_or_throw();
    Connection server{{target, "passa.dump", ""}};
    PipedProgram child{{find_client_program(server, "pg_dump"), "--format=custom", "--no-owner",
                        "--lock-wait-timeout=30s", "--no-password",
                        fmt::format("--dbname={}{}", parsed.text, k_liveness)},
                       parsed.password,
                       PipedProgram::Pipe::writes};
    std::array<std::uint8_t, std::size_t{64} * 1024> some{};
    while (const auto n = child.read_some(some)) take(std::span{some}.first(n));
    child.hang_up();
    if (child.await() != 0)
        throw Error{{Kind::unavailable, "db.dump", "pg_dump did not finish: " + child.complaints(),
                     "nothing was kept of this backup; mend what it says and run it again"}};
}

} // namespace passa::db
