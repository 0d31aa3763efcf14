// A database as one stream of bytes, by PostgreSQL's own pg_dump: a snapshot of one moment, taken while others work on.
#pragma once
#include "lib/base/bytes.hpp"

#include <functional>
#include <string>

namespace passa::db {

// The bytes, some at a time. Errors db.dump with what pg_dump said; db.no_dump_program.
void dump(const std::string& target, const std::function<void(ByteView)>& take);

} // namespace passa::db
