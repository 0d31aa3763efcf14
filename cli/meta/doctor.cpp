// passa doctor: everything passa needs, checked one by one, each with what to do about it.
#include "cli/context.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/db/migrate.hpp"
#include "lib/db/postgres_programs.hpp"

#include <chrono>
#include <fstream>

namespace passa::cli::doctor {

struct Args {};

struct Finding {
    std::string check;
    bool good = false;
    std::string found;
    std::string hint = {};
    std::string code = {}; // of the error found
};

// A check that throws has found its problem.
template <typename F>
Finding look(std::string check, F&& f) {
    try {
        auto found = f();
        return {std::move(check), true, std::move(found)};
    } catch (const Error& error) {
        return {std::move(check), false, error.first().message, error.first().hint, error.first().code};
    }
}

Finding data_folder(Context& ctx) {
    return look("data folder", [&] {
        const auto home = ctx.home();
        std::error_code failed;
        std::filesystem::create_directories(home, failed);
        const auto probe = home / ".doctor";
        if (!(std::ofstream{probe} << "x").flush())
            throw Error{{Kind::configuration, "config.home", fmt::format("cannot write in {}", home.string()),
                         "set PASSA_HOME to a folder you may write to"}};
        std::filesystem::remove(probe);
        return home.string();
    });
}

Finding programs(Context& ctx) {
    return look("postgresql programs", [&] {
        if (ctx.db_server()) return std::string{"not needed: a server is named"};
        const auto folder = db::find_postgres_programs();
        return fmt::format("{} (version {})", folder.string(), db::major_version(folder));
    });
}

Finding database(Context& ctx) {
    return look("database", [&] {
        const auto status = db::migration_status(ctx.db_owner());
        if (ctx.db_server() && !status.pending.empty())
            throw Error{{Kind::configuration, "db.not_migrated",
                         fmt::format("{} migrations are pending", status.pending.size()), "run: passa db migrate"}};
        return fmt::format("reachable, schema version {}",
                           status.pending.empty() ? status.applied : static_cast<int>(db::migrations().size()));
    });
}

Finding clocks(Context& ctx) {
    return look("clock", [&] {
        const auto theirs = ctx.db_owner().connection().raw("SELECT clock_timestamp() AS t").one().get<Instant>("t");
        const auto off = std::chrono::duration_cast<std::chrono::seconds>(theirs - ctx.clock().now());
        if (std::chrono::abs(off) > std::chrono::seconds{5})
            throw Error{{Kind::configuration, "config.clock",
                         fmt::format("this machine's clock and the database's differ by {} s", off.count()),
                         "set the clock, for example with systemd-timesyncd"}};
        return fmt::format("within 5 s of the database's ({})",
                           to_text(std::chrono::floor<std::chrono::seconds>(theirs)));
    });
}

Finding keystore(Context& ctx) {
    return look("keystore", [&] {
        const crypto::Keystore store{ctx.home() / "keys"};
        const auto names = store.names();
        for (const auto& name : names) static_cast<void>(store.get(name));
        return fmt::format("{} keys, all private", names.size());
    });
}

// A wrong file is refused before any command begins; what is left to say is which were read, and which were not.
Finding configuration(Context& ctx) {
    const auto& warnings = ctx.settings().warnings();
    if (!warnings.empty())
        return {"settings", false, warnings.front(), "mend or remove it: passa config explain", "config.ignored"};
    return {"settings", true, "no file is ignored"};
}

ExitCode run(Context& ctx, const Args&) {
    out::Records records;
    bool good = true;
    for (const auto& f :
         {configuration(ctx), data_folder(ctx), programs(ctx), database(ctx), clocks(ctx), keystore(ctx)}) {
        records.push_back({{"check", f.check},
                           {"good", f.good},
                           {"found", f.found},
                           {"hint", f.hint},
                           {"code", f.code.empty() ? out::Value{nullptr} : out::Value{f.code}}});
        good = good && f.good;
    }
    ctx.list({{"good", "GOOD"}, {"check", "CHECK"}, {"found", "FOUND"}, {"hint", "TRY"}}, records);
    return good ? ExitCode::ok : ExitCode::configuration;
}

extern const Command k_command = {
    .path = "doctor",
    .summary = "Check everything passa needs on this machine",
    .examples = {{"passa doctor --json", "for a deployment script"}},
    .exits = {{ExitCode::configuration, "something is wrong; each line says what to do"}},
    .run = runner(run),
};

} // namespace passa::cli::doctor
