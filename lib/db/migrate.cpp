// The table schema_migration is the memory; an advisory lock makes two binaries take turns.
#include "lib/db/migrate.hpp"

#include "lib/base/fault.hpp"
#include "lib/crypto/hash.hpp"
#include "migrations_text.hpp"
#include "role_text.hpp"

#include <algorithm>

namespace passa::db {
namespace {

constexpr std::string_view k_memory =
    "CREATE TABLE IF NOT EXISTS schema_migration (version integer PRIMARY KEY, name text NOT NULL, sha256 text NOT "
    "NULL, "
    "applied_at timestamptz NOT NULL DEFAULT clock_timestamp(), binary_version text NOT NULL)";
constexpr std::string_view k_lock = "SELECT pg_advisory_xact_lock(7238001)"; // any number that only migrations use
constexpr std::string_view k_grant = "GRANT SELECT ON schema_migration TO passa_app";

struct Applied {
    int version;
    std::string name;
    std::string sha256;
};

std::vector<Applied> load_applied(Transaction& tx) {
    std::vector<Applied> applied;
    // Asked of the catalog's rows: to_regclass may answer from what this session remembers of a time before it waited.
    const auto there = tx.raw("SELECT pg_get_userbyid(relowner) = 'passa_restoring' AS is_unproved FROM pg_class WHERE "
                              "relname = 'schema_migration' AND pg_table_is_visible(oid)");
    if (!there.empty() && there.one().get<bool>("is_unproved"))
        throw Error{{Kind::conflict, "db.restore_cut", "a restore into this database was cut off before it was proved",
                     "nothing of it is used; run it again: passa db restore FILE"}};
    if (!there.empty())
        for (const auto& row : tx.raw("SELECT version, name, sha256 FROM schema_migration ORDER BY version"))
            applied.push_back({row.get<int>("version"), row.get<std::string>("name"), row.get<std::string>("sha256")});
    return applied;
}

MigrationStatus compare(const std::vector<Applied>& applied) {
    const auto& known = migrations();
    MigrationStatus status;
    for (std::size_t i = 0; i < applied.size(); ++i) {
        const auto& past = applied[i];
        if (i >= known.size())
            throw Error{{Kind::configuration, "db.newer",
                         fmt::format("the database is at version {} ({}), this binary knows {}", past.version,
                                     past.name, known.size()),
                         "use a newer passa"}};
        if (past.version != known[i].version)
            throw Error{{Kind::configuration, "db.migration_gap",
                         fmt::format("migration {} is missing in the database", known[i].version),
                         "restore the database from a backup"}};
        if (past.sha256 != known[i].sha256)
            throw Error{{Kind::configuration, "db.migration_changed",
                         fmt::format("migration {:04}_{} differs from the one that this database was made with",
                                     past.version, past.name),
                         "use the passa version that made the database, or one released after it"}};
        status.applied = past.version;
    }
    status.pending.assign(known.begin() + static_cast<std::ptrdiff_t>(applied.size()), known.end());
    return status;
}

} // namespace

const std::vector<Migration>& migrations() {
    static const auto list = [] {
        std::vector<Migration> out;
        for (const auto& [file, text] : migration_files::k_files) {
            const auto stem = file.substr(0, file.size() - 4); // without .sql
            out.push_back({std::stoi(std::string{stem.substr(0, 4)}), std::string{stem.substr(5)},
                           to_hex(crypto::sha256(as_bytes(text))), text});
        }
        std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.version < b.version; });
        for (std::size_t i = 0; i < out.size(); ++i) PASSA_ASSERT(out[i].version == static_cast<int>(i) + 1);
        return out;
    }();
    return list;
}

namespace {

void apply(Transaction& tx, const Migration& next) {
    const auto busy_with = in("migrating to {:04}_{}", next.version, next.name);
    tx.raw(k_memory);
    fault_point("migrate.begin");
    if (next.version == 1) tx.raw(role_file::k_files.front().second);
    tx.raw(next.text);
    fault_point("migrate.written");
    tx.raw(fmt::format(
        "INSERT INTO schema_migration (version, name, sha256, binary_version) VALUES ({}, '{}', '{}', '{}')",
        next.version, next.name, next.sha256, PASSA_VERSION));
    if (next.version == 1) tx.raw(k_grant);
}

std::optional<Migration> apply_next(Transaction& tx) {
    tx.raw(k_lock);
    const auto status = compare(load_applied(tx));
    if (status.pending.empty()) return std::nullopt;
    apply(tx, status.pending.front());
    return status.pending.front();
}

} // namespace

void apply_up_to(Transaction& tx, int version) {
    for (const auto& migration : migrations())
        if (migration.version <= version) apply(tx, migration);
}

void make_role(Database& owner) {
    transact(owner, Scope{}, [](Transaction& tx) { tx.raw(role_file::k_files.front().second); });
}

MigrationStatus migration_status(Database& owner) {
    return transact(owner, Scope{.read_only = true}, [](Transaction& tx) { return compare(load_applied(tx)); });
}

std::vector<Migration> migrate(Database& owner) {
    std::vector<Migration> done;
    for (;;) {
        const auto applied = transact(owner, Scope{.what = "migrate"}, apply_next);
        if (!applied) return done;
        done.push_back(*applied);
    }
}

} // namespace passa::db
