// PostgreSQL's programs for its clients: pg_dump, pg_restore.
#pragma once
#include "lib/db/connection.hpp"

namespace passa::db {

// Of the server's major version or newer: a newer one reads an older server, never the reverse. Error
// db.no_dump_program.
std::string find_client_program(Connection& server, const std::string& name);

} // namespace passa::db
