// Forward-only migrations that the binary carries. Refuses a database that is newer than the binary, whose past was
// changed, or that has a gap; runs under one lock, one transaction a file.
#pragma once
#include "lib/db/database.hpp"

#include <string>
#include <vector>

namespace passa::db {

struct Migration {
    int version = 0;
    std::string name;
    std::string sha256; // hex, of the file
    std::string_view text;
};

const std::vector<Migration>& migrations();

struct MigrationStatus {
    int applied = 0;                // newest version in the database; 0: an empty one
    std::vector<Migration> pending; // in order
};

// The options must name no role: migrations run as the owner of the database.
// Errors db.newer, db.migration_changed, db.migration_gap, db.restore_cut (lib/db/restore.hpp).
MigrationStatus migration_status(Database& owner);
std::vector<Migration> migrate(Database& owner); // what was applied now

// In an empty database and one transaction, for who wants to know what a schema looks like.
void apply_up_to(Transaction& tx, int version);

// The application's role, which belongs to the server: every database of it needs one. Error db.role.
void make_role(Database& owner);

} // namespace passa::db
