// The kept connection, and waiting between tries.
#include "lib/db/database.hpp"

#include "lib/base/fault.hpp"
#include "lib/db/holder.hpp"
#include "lib/log/log.hpp"

#include <chrono>
#include <thread>

namespace passa::db {

Connection& Database::connection() {
    if (!m_connection) m_connection = std::make_unique<Connection>(m_options);
    return *m_connection;
}

Database Database::fork() const {
    Database other{m_options};
    other.m_fence = m_fence;
    return other;
}

void Database::take_role(std::string role) {
    connection().take_role(role);
    m_options.role = std::move(role);
}

void Database::check_fence(const Scope& scope, Transaction& tx) const {
    if (m_fence && scope.organizer && !scope.read_only) m_fence(tx);
}

Fence::Fence(Database& database, std::function<void(Transaction&)> check) : m_database(database) {
    PASSA_ASSERT(!database.m_fence);
    database.m_fence = std::move(check);
}

Fence::~Fence() { m_database.m_fence = nullptr; }

namespace detail {

void commit(Connection& connection, const Scope& scope) {
    if (scope.read_only || scope.what.empty()) return connection.commit();
    fault_point(std::string{scope.what} + ".before");
    connection.commit();
    fault_point(std::string{scope.what} + ".after");
}

bool is_retry(const Error& error) { return error.first().code == "db.retry"; }

void wait_before_retry(int attempt) {
    log::info("db", "another transaction came first: try {} follows", attempt + 1);
    SystemRandom random;
    std::this_thread::sleep_for(std::chrono::milliseconds{random.below(20ULL << attempt)}); // full jitter
}

} // namespace detail

void give_up(Database& database, const Error& error) {
    if (error.first().code != "db.locked") throw;
    throw Error{name_holder(database.options(), database.connection().backend_pid(), error.first())};
}

} // namespace passa::db
