// passa db archive on: from now on the private database's log is kept elsewhere too.
#include "cli/db/archive.hpp"
#include "lib/base/fault.hpp"
#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/crypto/own_key.hpp"
#include "lib/db/recover.hpp"
#include "lib/stellar/strkey.hpp"

#include <chrono>

namespace passa::cli::db_archive_on {

namespace fs = std::filesystem;

struct Args {
    std::string key;
    fs::path to;
    std::optional<Duration> every;
};

namespace {

constexpr Duration k_most = std::chrono::seconds{300}; // what may be lost
constexpr Duration k_usual = std::chrono::seconds{240};

std::string in_quotes(std::string_view text, std::string_view instead) {
    std::string out;
    for (const char c : text) c == '\'' ? out += instead : out += c;
    return out;
}

// A command of a shell, in which PostgreSQL looks for %, in a setting between quotes.
std::string settings_of(const fs::path& program, Duration every) {
    std::string word;
    for (const char c : "'" + in_quotes(program.string(), "'\\''") + "'") word += c == '%' ? "%%" : std::string{c};
    // A disk that does not answer ends as a failure, which the server counts and tells.
    const auto command = "/usr/bin/env -i /usr/bin/timeout 120 " + word + " db archive keep %p";
    return fmt::format("archive_mode = on\narchive_timeout = {}\narchive_command = '{}'\nwal_compression = on\n",
                       std::chrono::duration_cast<std::chrono::seconds>(every).count(), in_quotes(command, "''"));
}

Duration checked(const std::optional<Duration>& every) {
    if (!every) return k_usual;
    if (*every >= std::chrono::seconds{1} && *every <= k_most) return *every;
    throw Error{{Kind::usage, "db.archive_every", "a segment is kept every 1 to 300 seconds",
                 "what is newer than that is lost with the machine; the usual 4m is a good choice"}};
}

// But for the folder that we make in it ourselves, and may have been killed behind.
bool is_unused(const fs::path& folder) {
    std::error_code unreadable; // then it cannot be made either
    for (const auto& entry : fs::directory_iterator{folder, unreadable})
        if (entry.path().filename() != "wal" || !fs::is_empty(entry.path(), unreadable)) return false;
    return true;
}

// Of this database alone: another's segments have the same names.
void make_folder(const db::Cluster& cluster, const fs::path& folder) {
    std::error_code unreadable; // then it cannot be made either
    if (!is_unused(folder))
        throw Error{{Kind::conflict, "db.archive_taken", fmt::format("{} is not empty", folder.string()),
                     "give each database, and each restored one, an archive folder of its own"}};
    fs::create_directories(folder / "wal", unreadable);
    if (unreadable)
        throw Error{{Kind::failed, "db.archive_folder",
                     fmt::format("cannot make {}: {}", folder.string(), unreadable.message()), "name another folder"}};
    fs::permissions(folder / "wal", fs::perms::owner_all);
    if (geteuid() == 0) fs::permissions(folder, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
    cluster.hand_over(folder / "wal");
}

crypto::PublicKey make_signer(const db::Cluster& cluster) {
    const auto file = cluster.folder() / k_archive_seed;
    fs::remove(file); // of an archive before this one
    const auto key = crypto::load_own_key(file).public_key();
    cluster.hand_over(file);
    return key;
}

void write_plan(const db::Cluster& cluster, const backup::ArchivePlan& plan) {
    FreshFile file{cluster.folder() / k_archive_plan};
    file.write(backup::to_text(plan));
    file.replace();
    cluster.hand_over(cluster.folder() / k_archive_plan);
}

void begin(Context& ctx, const backup::ArchivePlan& plan, const std::string& settings) {
    auto& cluster = ctx.cluster();
    const auto program = fs::read_symlink("/proc/self/exe");
    write_plan(cluster, plan);
    fault_point("archive.plan");
    if (cluster.run_as_server({program.string(), "db", "archive", "keep"}) != 0)
        throw Error{
            {Kind::configuration, "db.archive_folder",
             fmt::format("the server's user cannot run {}, or not write to {}", program.string(), plan.folder.string()),
             fmt::format("see {}", cluster.log_file().string())}};
    ctx.forget_database();
    cluster.stop();
    fault_point("archive.stopped");
    cluster.set_own_settings(settings);
    fault_point("archive.settings");
    cluster.ensure_running();
}

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    require_private(ctx);
    const auto every = checked(args.every);
    const auto key = crypto::Keystore{ctx.home() / "keys"}.get(args.key);
    const auto folder = fs::weakly_canonical(fs::absolute(args.to));
    auto& cluster = ctx.cluster();
    static_cast<void>(ctx.db()); // there is one, and it is up to date
    const auto plan_file = cluster.folder() / k_archive_plan;
    if (backup::find_plan(plan_file) && db::get_archiver(ctx.db_owner().connection()).is_on)
        throw Error{{Kind::conflict, "db.archive_on", "the private database has an archive already",
                     "see it with: passa db archive status"}};
    make_folder(cluster, folder);
    const backup::ArchivePlan plan{folder, key.name, key.account, stellar::format_account(make_signer(cluster)),
                                   db::serial_of(cluster.folder() / "data")};
    try {
        begin(ctx, plan, settings_of(fs::read_symlink("/proc/self/exe"), every));
    } catch (...) { // rethrown: it is not on
        cluster.set_own_settings("");
        fs::remove(plan_file);
        throw;
    }
    ctx.note("the log is kept from now on; begin with a base copy: passa db archive base");
    ctx.show({{"folder", folder.string()},
              {"key", key.name},
              {"every_seconds", std::chrono::duration_cast<std::chrono::seconds>(every).count()}});
    return ExitCode::ok;
}

extern const Command k_command = {
    .path = "db archive on",
    .summary = "Keep the private database's write-ahead log in a folder, sealed",
    .details =
        "Restarts the private database with an archive_command that seals each segment of its log to the key, signs "
        "it and has it on the disk before PostgreSQL may forget it; one that is there is never overwritten. A segment "
        "ends when it is full, or after the time that --every says: that much is lost at most when the machine is. Put "
        "the folder on another disk, or have it copied away. A base copy (db archive base) must follow: the log alone "
        "restores nothing. The folder must be empty. A server of somebody else is archived by its own tools.",
    .options = {option("key", &Args::key, "NAME", "Seal it to this key"),
                option("to", &Args::to, "FOLDER", "An empty folder that the database's user can reach"),
                option("every", &Args::every, "TIME", "What may be lost, at most 300s; default 240s")},
    .examples = {{"passa db archive on --key backup --to /srv/passa-archive", "at most four minutes are lost"}},
    .exits = {{ExitCode::failed, "it has an archive already, or the folder is not empty"},
              {ExitCode::configuration, "the server's user cannot write to the folder, or not run passa"},
              {ExitCode::busy, "another passa is using the database"}},
    .effect = Effect::writes,
    .run = runner(run),
};

} // namespace passa::cli::db_archive_on
