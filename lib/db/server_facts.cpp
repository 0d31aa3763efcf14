// One question.
#include "lib/db/server_facts.hpp"

namespace passa::db {

ServerFacts get_server_facts(Database& database) {
    const auto facts = database.connection()
                           .raw("SELECT version() AS version, pg_database_size(current_database()) AS bytes, "
                                "clock_timestamp() AS clock")
                           .one();
    return {facts.get<std::string>("version"), facts.get<std::int64_t>("bytes"), facts.get<Instant>("clock")};
}

} // namespace passa::db
