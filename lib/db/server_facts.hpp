// What a server says of itself, for people who look after it.
#pragma once
#include "lib/db/database.hpp"

namespace passa::db {

struct ServerFacts {
    std::string version;
    std::int64_t bytes = 0; // of this database on disk
    Instant clock;          // the server's, now
};

ServerFacts get_server_facts(Database& database);

} // namespace passa::db
