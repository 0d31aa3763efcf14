// pg_restore at the end of a pipe, between two looks at the catalog.
#include "lib/db/restore.hpp"

#include "lib/base/fault.hpp"
#include "lib/base/random.hpp"
#include "lib/base/text.hpp"
#include "lib/db/client_program.hpp"
#include "lib/db/migrate.hpp"
#include "lib/db/piped_program.hpp"
#include "lib/db/target.hpp"
#include "lib/log/log.hpp"
#include "restore_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

namespace passa::db {
namespace {

constexpr std::size_t k_most_named = 8;
constexpr int k_tries = 20;

std::string_view text_of(std::string_view file) {
    const auto& files = restore_files::k_files;
    return std::find_if(files.begin(), files.end(), [&](const auto& one) { return one.first == file; })->second;
}

// What a restore left that was cut off does not count: nobody uses it.
void require_empty(Connection& server) {
    if (server
            .raw("SELECT 1 AS there FROM pg_class WHERE relnamespace = 'public'::regnamespace AND "
                 "pg_get_userbyid(relowner) <> 'passa_restoring' LIMIT 1")
            .empty())
        return;
    throw Error{{Kind::conflict, "db.not_empty", "the database that would be restored into is not empty",
                 "restore into a new one: PASSA_HOME=NEWFOLDER passa db restore FILE, or --db with an empty database"}};
}

Error at_work(std::string_view where) {
    return Error{{Kind::busy, "db.in_use", fmt::format("another restore {} is at work", where), "wait for it to end"}};
}

// Held by this session until it ends; that of one who was killed ends when the server notices.
void take_turn(Connection& server) {
    for (int tries = 0; tries < k_tries; ++tries) {
        if (server.raw("SELECT pg_try_advisory_lock(7238002) AS mine").one().get<bool>("mine"))
            return; // migrate.cpp's is ..1
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    throw at_work("into this database");
}

using Schema = std::vector<std::string>; // lines, in order

Schema load_schema(Transaction& tx) {
    tx.raw("SET LOCAL search_path = ''");
    Schema lines;
    for (const auto& row : tx.raw(text_of("catalog.sql"))) lines.push_back(row.get<std::string>("line"));
    return lines;
}

// Made in the empty database itself, and rolled back.
Schema schema_of_migrations(Connection& server, int version) {
    server.begin({});
    Transaction tx{server};
    try {
        apply_up_to(tx, version);
        tx.raw(text_of("views_again.sql"));
        auto lines = load_schema(tx);
        server.rollback();
        return lines;
    } catch (...) { // rethrown: nothing of it may stay
        server.rollback();
        throw;
    }
}

struct Difference {
    Schema foreign, missing;
};

Difference compare(const Schema& wanted, const Schema& found) {
    Difference difference;
    std::set_difference(found.begin(), found.end(), wanted.begin(), wanted.end(),
                        std::back_inserter(difference.foreign));
    std::set_difference(wanted.begin(), wanted.end(), found.begin(), found.end(),
                        std::back_inserter(difference.missing));
    return difference;
}

// Things first; then what about them, or about one of passa's own, is other.
std::string name_some(Schema lines) {
    std::stable_partition(lines.begin(), lines.end(),
                          [](const auto& line) { return line.find(": ") == line.npos && !line.starts_with("grant "); });
    std::vector<std::string> some;
    for (const auto& line : lines) {
        if (some.size() == k_most_named)
            return join(some, "; ") + fmt::format("; and {} more", lines.size() - some.size());
        some.push_back(printable(line.substr(0, line.find('\n')), 120));
    }
    return join(some, "; ");
}

void judge(const Difference& difference, Foreign foreign) {
    if (difference.missing.empty() && (difference.foreign.empty() || foreign == Foreign::keep)) return;
    if (!difference.missing.empty())
        throw Error{{Kind::invalid_input, "db.foreign_schema",
                     fmt::format("the backup's schema is not the one that passa makes; it lacks: {}{}",
                                 name_some(difference.missing),
                                 difference.foreign.empty() ? "" : "; and holds: " + name_some(difference.foreign)),
                     "nothing was restored; the database that it was made of had been changed: use an older backup"}};
    throw Error{
        {Kind::invalid_input, "db.foreign_schema",
         fmt::format("the backup holds what passa never made: {}", name_some(difference.foreign)),
         "nothing was restored; if you made these yourself: --keep-foreign, which lets them work on your books"}};
}

// The role that owns nothing yet, and nothing afterwards, whatever ends this.
class Newcomer {
public:
    explicit Newcomer(Database& owner) : m_owner(owner) {
        std::array<std::uint8_t, 32> bytes{};
        SystemRandom{}.fill(bytes);
        m_password = to_hex(bytes);
        try {
            transact(m_owner, Scope{}, [&](Transaction& tx) {
                tx.raw(fmt::format("SET LOCAL passa.restoring = '{}'", m_password));
                tx.raw(text_of("begin.sql"));
            });
        } catch (const Error& error) { // into another database of the server, which has the role for all of them
            const auto& problem = error.first();
            const bool met =
                problem.code == "db.exists" || problem.message.find("tuple concurrently updated") != std::string::npos;
            if (!met) throw;
            throw at_work("on this server");
        }
    }
    ~Newcomer() {
        if (m_is_gone) return;
        try {
            transact(m_owner, Scope{}, [](Transaction& tx) { tx.raw(text_of("end.sql")); });
        } catch (const std::exception& error) { // the next restore takes it away
            log::warning("db", "what was restored stays, unused: {}", error.what());
        }
    }
    Newcomer(const Newcomer&) = delete;
    Newcomer& operator=(const Newcomer&) = delete;

    void run(const std::string& program, const Restore& wish) {
        const auto target = parse_target(m_owner.options().target).value_or_throw();
        PipedProgram child{{program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-password",
                            fmt::format("--dbname={} user=passa_restoring{}", target.text, k_liveness)},
                           m_password,
                           PipedProgram::Pipe::reads};
        std::array<std::uint8_t, std::size_t{64} * 1024> some{};
        bool listens = true;
        while (listens) {
            const auto n = wish.give(some);
            if (n == 0) break;
            listens = child.write_all(std::span{some}.first(n));
        }
        child.hang_up();
        if (const auto status = child.await(); status != 0 || !listens)
            throw Error{{Kind::failed, "db.restore", fmt::format("pg_restore did not finish: {}", child.complaints()),
                         "nothing was restored; the database is as it was"}};
        fault_point("restore.unproved");
    }

    Schema hand_over(const Schema& wanted, Foreign foreign) {
        auto beside = transact(m_owner, Scope{}, [&](Transaction& tx) {
            auto difference = compare(wanted, load_schema(tx));
            judge(difference, foreign);
            tx.raw(text_of("keep.sql"));
            tx.raw(text_of("end.sql"));
            return difference.foreign;
        });
        m_is_gone = true;
        return beside;
    }

private:
    Database& m_owner;
    std::string m_password;
    bool m_is_gone = false;
};

} // namespace

std::vector<std::string> restore(Database& owner, const Restore& wish) {
    take_turn(owner.connection());
    require_empty(owner.connection());
    wish.begin();
    const auto program = find_client_program(owner.connection(), "pg_restore");
    make_role(owner);
    Newcomer newcomer{owner};
    fault_point("restore.begun");
    const auto wanted = schema_of_migrations(owner.connection(), wish.schema_version);
    newcomer.run(program, wish);
    return newcomer.hand_over(wanted, wish.foreign);
}

} // namespace passa::db
