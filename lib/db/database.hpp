// Where the database is and how to work in it. transact() is the only way to write: one function, one transaction,
// retried when PostgreSQL asks for it, with the organizer's rows alone in sight.
#pragma once
#include "lib/base/random.hpp"
#include "lib/db/connection.hpp"

#include <functional>
#include <optional>

namespace passa::db {

class Database {
public:
    explicit Database(ConnectOptions options) : m_options(std::move(options)) {}
    Connection& connection();         // opened at first use, kept
    void take_role(std::string role); // this connection and all that may follow it
    // For another thread: a connection of its own, the same rights and fence.
    [[nodiscard]] Database fork() const;
    void forget_connection() { m_connection.reset(); }
    [[nodiscard]] const ConnectOptions& options() const { return m_options; }
    void check_fence(const Scope& scope, Transaction& tx) const;

private:
    friend class Fence;
    ConnectOptions m_options;
    std::unique_ptr<Connection> m_connection;
    std::function<void(Transaction&)> m_fence;
};

// While it lives, every transaction of the database that writes for an organizer begins with `check`, which throws
// where the right to write is gone. One at a time.
class [[nodiscard]] Fence {
public:
    Fence(Database& database, std::function<void(Transaction&)> check);
    ~Fence();
    Fence(const Fence&) = delete;
    Fence& operator=(const Fence&) = delete;

private:
    Database& m_database;
};

inline constexpr int k_most_tries = 5;

namespace detail {
void commit(Connection& connection, const Scope& scope); // with the scope's fault points
bool is_retry(const Error& error);
void wait_before_retry(int attempt);
} // namespace detail

// What ended a transaction that is rolled back already, thrown on; db.locked says who holds what was waited for.
[[noreturn]] void give_up(Database& database, const Error& error);

// fn(Transaction&) may run several times: it must not touch the network, and what it captured must not be changed
// before it returns. Everything it threw rolls back. Error db.commit_in_doubt is not retried: the caller looks first.
template <typename F>
auto transact(Database& database, const Scope& scope, F&& fn) { // NOLINT(readability-function-size): one story
    for (int attempt = 1;; ++attempt) {
        auto& connection = database.connection();
        try {
            connection.begin(scope);
            Transaction tx{connection}; // NOLINT(misc-const-correctness): what fn takes decides
            database.check_fence(scope, tx);
            if constexpr (std::is_void_v<decltype(fn(tx))>) {
                fn(tx);
                detail::commit(connection, scope);
                return;
            } else {
                auto result = fn(tx);
                detail::commit(connection, scope);
                return result;
            }
        } catch (const Error& error) {
            connection.rollback();
            if (!connection.is_open()) database.forget_connection();
            if (!detail::is_retry(error) || attempt == k_most_tries) give_up(database, error);
        } catch (...) { // not to hide: only to leave no transaction open behind an exception that is not ours
            connection.rollback();
            throw;
        }
        detail::wait_before_retry(attempt);
    }
}

} // namespace passa::db
