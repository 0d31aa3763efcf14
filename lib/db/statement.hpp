// One SQL statement from a .sql file: the file, the accessor and the prepared statement share its name.
#pragma once
#include <string_view>

namespace passa::db {

struct Statement {
    std::string_view name; // "settle.load_pools"
    std::string_view text;
};

} // namespace passa::db
