// The fence around libpqxx: one connection, opened once, never reopened behind our back (libpqxx 6.4 would: a lost
// session means lost settings and locks, so it is an Error db.connection_lost here and somebody above decides).
#pragma once
#include "lib/db/transaction.hpp"

#include <memory>
#include <set>
#include <string>

namespace passa::db {

inline constexpr const char* k_application_role = "passa_app"; // owns nothing: row-level security holds it

struct ConnectOptions {
    std::string target;                    // a postgresql:// URL or keyword=value text; libpq reads it
    std::string application_name;          // shows in pg_stat_activity
    std::string role = k_application_role; // SET ROLE at start; empty: none
    std::string own_log = {};              // of the private server: where its log is, and it is waited for (up to a
                                           // minute) while it starts or recovers; empty: somebody else's
};

class Connection {
public:
    explicit Connection(const ConnectOptions& options); // Error db.unreachable, db.role
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void take_role(std::string_view role); // Error db.role
    void begin(const Scope& scope);
    void commit(); // Error db.commit_in_doubt (unknown_outcome) when the answer got lost
    void rollback() noexcept;
    [[nodiscard]] bool is_open() const;
    [[nodiscard]] int backend_pid() const;

    Rows run(const Statement& statement, const std::vector<Parameter>& args);
    Rows raw(std::string_view sql);
    CopyIn copy_in(std::string_view table, const std::vector<std::string>& columns);

    struct Impl;

private:
    std::unique_ptr<Impl> m_impl;
    std::set<std::string, std::less<>> m_prepared;
};

} // namespace passa::db
