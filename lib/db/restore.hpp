// A dump becomes the database. pg_restore runs whatever the file says, so it works as a role that may make things in
// the schema public and nothing else; and what it made is looked at before anything uses it: a schema other than the
// one that migrations make could hold triggers and functions of a stranger.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/db/database.hpp"

#include <functional>

namespace passa::db {

enum class Foreign : std::uint8_t { refuse, keep };

struct Restore {
    std::function<std::size_t(std::span<std::uint8_t>)> give; // fills some of the buffer; 0 is the end
    int schema_version = 0;                                   // that the dump must turn out to have
    Foreign foreign = Foreign::refuse;
    std::function<void()> begin = [] {}; // called once it is known to be empty, before anything is made there
};

// Into a database that holds nothing of passa's: all of it, or nothing. Killed, what is there belongs to nobody who
// could use it (db.restore_cut), until it is run again. One at a time (db.in_use). What there is beside passa's own,
// where that may stay. Errors db.not_empty, db.restore with what pg_restore said, db.foreign_schema,
// db.no_dump_program, db.restoring_role.
std::vector<std::string> restore(Database& owner, const Restore& wish);

} // namespace passa::db
