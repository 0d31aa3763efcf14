// passa db archive on: from now on the private database's log is kept elsewhere too.
#include "cli/db/archive.hpp"
#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"
#include "lib/crypto/keystore.hpp"
#include "lib/crypto/own_key.hpp"
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
    const auto command = "/usr/bin/env -i " + word + " db archive keep %p";
    return fmt::format("archive_mode = on\narchive_timeout = {}\narchive_command = '{}'\nwal_compression = on\n",
                       std::chrono::duration_cast<std::chrono::seconds>(every).count(), in_quotes(command, "''"));
}

Duration checked(const std::optional<Duration>& every) {
    if (!every) return k_usual;
    if (*every >= std::chrono::seconds{1} && *every <= k_most) return *every;
    throw Error{{Kind::usage, "db.archive_every", "a segment is kept every 1 to 300 seconds",
                 "what is newer than that is lost with the machine; the usual 4m is a good choice"}};
}

// Of this database alone: another's segments have the same names.
void make_folder(const db::Cluster& cluster, const fs::path& folder) {
    std::error_code unreadable; // then it cannot be made either
    if (fs::exists(folder) && !fs::is_empty(folder, unreadable))
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

} // namespace

ExitCode run(Context& ctx, const Args& args) {
    require_private(ctx);
    const auto every = checked(args.every);
    const auto key = crypto::Keystore{ctx.home() / "keys"}.get(args.key);
    const auto folder = fs::weakly_canonical(fs::absolute(args.to));
    auto& cluster = ctx.cluster();
    static_cast<void>(ctx.db()); // there is one, and it is up to date
    if (backup::find_plan(cluster.folder() / k_archive_plan))
        throw Error{{Kind::conflict, "db.archive_on", "the private database has an archive already",
                     "see it with: passa db archive status"}};
    make_folder(cluster, folder);
    const auto signer = make_signer(cluster);
    const auto program = fs::read_symlink("/proc/self/exe");
    write_plan(cluster, {folder, key.name, key.account, stellar::format_account(signer)});
    if (cluster.run_as_server({program.string(), "db", "archive", "keep"}) != 0) {
        fs::remove(cluster.folder() / k_archive_plan);
        throw Error{
            {Kind::configuration, "db.archive_folder",
             fmt::format("the server's user cannot run {}, or not write to {}", program.string(), folder.string()),
             fmt::format("see {}", cluster.log_file().string())}};
    }
    ctx.forget_database();
    cluster.stop();
    cluster.set_own_settings(settings_of(program, every));
    cluster.ensure_running();
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
