// A database as one stream of bytes, by PostgreSQL's own pg_dump and pg_restore: a snapshot of one moment, taken while
// others work on.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/db/database.hpp"

#include <functional>

namespace passa::db {

// The bytes, some at a time. Errors db.dump with what pg_dump said; db.no_dump_program.
void dump(const std::string& target, const std::function<void(ByteView)>& take);

// Into a database that holds nothing of passa's: all of it in one transaction, or nothing. `give` fills some of the
// buffer; 0 is the end. Errors db.not_empty, db.restore with what pg_restore said, db.no_dump_program.
void restore(Database& owner, const std::function<std::size_t(std::span<std::uint8_t>)>& give);

} // namespace passa::db
