// Where a database is, as libpq reads it: a postgresql:// URL or keyword=value text. libpq quotes what it cannot read,
// password and all; this never does.
#pragma once
#include "lib/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace passa::db {

struct Target {
    std::string text; // keyword=value, without the password
    std::optional<std::string> password;
    [[nodiscard]] std::string whole() const;
};

// Keywords for every connection, ours and that of a program: a server that is gone is noticed within about a minute.
constexpr std::string_view k_liveness =
    " connect_timeout=5 keepalives_idle=30 keepalives_interval=10 keepalives_count=3 tcp_user_timeout=60000";

Result<Target> parse_target(std::string_view text); // error db.target

} // namespace passa::db
