// The only file that names pqxx for queries. Its traps are closed here: reconnecting, NULL, commits in doubt.
#include "lib/db/connection.hpp"

#include "lib/base/text.hpp"
#include "lib/db/sqlstate.hpp"
#include "lib/db/target.hpp"
#include "lib/log/log.hpp"

#include <fmt/format.h>
#include <pqxx/pqxx>
#include <pqxx/tablewriter>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <thread>

namespace passa::db {

struct ResultSet {
    pqxx::result rows;
    std::string statement;
};

namespace {

// Settings that every session needs travel with the connection itself: no extra round trip, nothing to forget.
constexpr std::string_view k_session_options =
    "-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex -c search_path=public -c lock_timeout=5s "
    "-c idle_in_transaction_session_timeout=60s -c statement_timeout=10min";

constexpr std::chrono::seconds k_come_up_limit{60}; // as pg_ctl waits

std::string connect_text(const ConnectOptions& options) {
    return fmt::format("{}{} application_name='{}' options='{}'", parse_target(options.target).value_or_throw().whole(),
                       k_liveness, options.application_name, k_session_options);
}

Error lost(std::string_view why) {
    return Error{{Kind::unavailable, "db.connection_lost",
                  fmt::format("the connection to the database was lost: {}", why.substr(0, why.find('\n'))),
                  "run the command again; check the database with: passa db status"}};
}

// After a start, or after one of its processes was killed. SQLSTATE 57P03, which libpq 15 does not hand out here.
bool comes_up(std::string_view why) {
    return why.find("is starting up") != why.npos || why.find("in recovery mode") != why.npos ||
           why.find("not yet accepting connections") != why.npos;
}

// libpq says why it could not connect in words only. What waiting does not mend is told apart where we know the words.
Error unreachable(std::string_view why, const std::string& own_log) {
    const auto first_line = why.substr(0, why.find('\n'));
    const auto says = [&](std::string_view words) { return why.find(words) != std::string_view::npos; };
    const bool refused = says("authentication failed") || says("no password supplied") || says("does not exist") ||
                         says("no pg_hba.conf entry") || says("is not permitted to log in") ||
                         says("permission denied for database");
    if (refused)
        return Error{{Kind::configuration, "db.refused", fmt::format("the database refuses us: {}", first_line),
                      "check user, password and database in --db or PASSA_DB; the password may stand in ~/.pgpass"}};
    const bool passes = comes_up(why) || says("is shutting down"); // with an archive, the end of the log is kept first
    if (!own_log.empty())
        return Error{{Kind::unavailable, "db.unreachable", fmt::format("cannot reach the database: {}", first_line),
                      fmt::format("{}; it is passa's own, and says why in {}",
                                  passes ? "try again in a moment" : "run the command again", own_log)}};
    if (passes)
        return Error{{Kind::unavailable, "db.unreachable", fmt::format("cannot reach the database: {}", first_line),
                      "try again in a moment; while it lasts, the server's log says what it waits for"}};
    return Error{{Kind::unavailable, "db.unreachable", fmt::format("cannot reach the database: {}", first_line),
                  "check --db or PASSA_DB; without them passa keeps a private database of its own"}};
}

// What libpq says beside its errors ("terminating connection ...") goes to our log, not between the user's lines.
class ToLog : public pqxx::errorhandler {
public:
    explicit ToLog(pqxx::connection_base& connection) : pqxx::errorhandler(connection) {}
    bool operator()(const char text[]) noexcept override {
        log::debug("db", "{}", trim(text));
        return false; // nobody else is told
    }
};

// libpqxx 6.4 throws some classes without their SQLSTATE.
std::string sqlstate_of(const pqxx::sql_error& error) {
    if (!error.sqlstate().empty()) return error.sqlstate();
    if (dynamic_cast<const pqxx::insufficient_privilege*>(&error) != nullptr) return "42501";
    if (dynamic_cast<const pqxx::unique_violation*>(&error) != nullptr) return "23505";
    if (dynamic_cast<const pqxx::foreign_key_violation*>(&error) != nullptr) return "23503";
    if (dynamic_cast<const pqxx::serialization_failure*>(&error) != nullptr) return "40001";
    if (dynamic_cast<const pqxx::deadlock_detected*>(&error) != nullptr) return "40P01";
    return {};
}

// Every error of a server has a SQLSTATE; of a line that broke while we wrote, libpq 15 reports one without, and leaves
// the connection as if it were open.
Problem problem_of(const pqxx::sql_error& error, std::string_view statement) {
    static constexpr std::array<std::string_view, 7> k_broken{"server closed the connection",
                                                              "no connection to the server",
                                                              "could not receive data from server",
                                                              "could not send data to server",
                                                              "SSL SYSCALL error",
                                                              "SSL connection has been closed",
                                                              "SSL error"};
    const std::string_view said{error.what()};
    const auto sqlstate = sqlstate_of(error);
    const bool is_lost = sqlstate.empty() && std::any_of(k_broken.begin(), k_broken.end(), [&](auto words) {
                             return said.find(words) != std::string_view::npos;
                         });
    return is_lost ? lost(said).first() : problem_for(sqlstate, said, statement);
}

template <typename F>
auto fenced(std::string_view statement, F&& f) {
    try {
        return f();
    } catch (const pqxx::in_doubt_error&) {
        throw Error{{Kind::unknown_outcome, "db.commit_in_doubt",
                     "the connection was lost while committing: the change may have been made or not",
                     "run the command again: it looks before it writes"}};
    } catch (const pqxx::broken_connection& e) {
        throw lost(e.what());
    } catch (const pqxx::sql_error& e) {
        throw Error{problem_of(e, statement)};
    } catch (const pqxx::usage_error& e) {
        throw Error{{Kind::internal, "db.usage", e.what(), "", {{"statement", std::string{statement}}}}};
    } catch (const pqxx::failure& e) {
        throw Error{{Kind::internal, "db.failed", e.what(), "", {{"statement", std::string{statement}}}}};
    }
}

std::string begin_text(const Scope& scope) {
    const char* isolation = scope.isolation == Isolation::repeatable_read ? "REPEATABLE READ" : "READ COMMITTED";
    return fmt::format("BEGIN ISOLATION LEVEL {}{}; SET LOCAL passa.organizer = '{}'", isolation,
                       scope.read_only ? " READ ONLY" : "", scope.organizer ? scope.organizer->uuid() : "");
}

std::unique_ptr<pqxx::connection> connect(const ConnectOptions& options) {
    const auto text = connect_text(options);
    const auto until = std::chrono::steady_clock::now() + k_come_up_limit;
    for (;;) {
        try {
            return std::make_unique<pqxx::connection>(text);
        } catch (const pqxx::broken_connection& e) {
            if (options.own_log.empty() || !comes_up(e.what()) || std::chrono::steady_clock::now() > until) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
}

} // namespace

struct Connection::Impl {
    std::unique_ptr<pqxx::connection> connection;
    std::unique_ptr<pqxx::errorhandler> to_log;
    std::unique_ptr<pqxx::nontransaction> session; // BEGIN and COMMIT are ours, so that settings ride along with them
    bool open = false;
    bool read_only = false;
    bool failed = false; // a statement of the open transaction: the server would answer COMMIT with a rollback

    // So that nobody takes it for one that can be used again.
    void leave_if_lost(const Error& error) {
        const auto& code = error.first().code;
        if (code == "db.connection_lost" || code == "db.commit_in_doubt") connection->disconnect();
    }

    template <typename F>
    auto guarded(std::string_view statement, F&& f) {
        try {
            return fenced(statement, std::forward<F>(f));
        } catch (const Error& error) { // rethrown: commit() must not pass over it
            failed = true;
            leave_if_lost(error);
            throw;
        }
    }
};

Connection::Connection(const ConnectOptions& options) : m_impl(std::make_unique<Impl>()) {
    try {
        m_impl->connection = connect(options);
        m_impl->to_log = std::make_unique<ToLog>(*m_impl->connection);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
        m_impl->connection->inhibit_reactivation(true); // deprecated because 7.x never reconnects: just what we want
#pragma GCC diagnostic pop
        m_impl->session = std::make_unique<pqxx::nontransaction>(*m_impl->connection);
    } catch (const pqxx::broken_connection& e) {
        throw unreachable(e.what(), options.own_log);
    }
    if (!options.role.empty()) take_role(options.role);
}

Connection::~Connection() { rollback(); }

void Connection::take_role(std::string_view role) {
    m_impl->guarded("SET ROLE", [&] {
        return m_impl->session->exec("SET ROLE " + m_impl->connection->quote_name(std::string{role}));
    });
}

void Connection::begin(const Scope& scope) {
    if (m_impl->open) // the server would only warn, and commit both with the inner one
        throw Error{{Kind::internal, "db.usage", "a transaction is already open on this connection", ""}};
    raw(begin_text(scope));
    m_impl->open = true;
    m_impl->read_only = scope.read_only;
    m_impl->failed = false;
}

void Connection::commit() {
    if (m_impl->failed)
        throw Error{{Kind::internal, "db.commit_failed", "a transaction that had failed was to be committed", ""}};
    m_impl->open = false;
    try {
        fenced("COMMIT", [&] { return m_impl->session->exec("COMMIT"); });
    } catch (const Error& error) {
        m_impl->leave_if_lost(error);
        if (error.first().code != "db.connection_lost" || m_impl->read_only) throw; // who only read is in no doubt
        throw Error{{Kind::unknown_outcome, "db.commit_in_doubt",
                     "the connection was lost while committing: the change may have been made or not",
                     "run the command again: it looks before it writes"}};
    }
}

void Connection::rollback() noexcept {
    if (!m_impl->open) return;
    m_impl->open = false;
    try {
        m_impl->session->exec("ROLLBACK");
    } catch (const std::exception&) {
        // The server rolls back by itself when the session ends; there is nothing left to undo here.
        m_impl->connection->disconnect();
    }
}

bool Connection::is_open() const { return m_impl->connection->is_open(); }
int Connection::backend_pid() const { return m_impl->connection->backendpid(); }

Rows Connection::run(const Statement& statement, const std::vector<Parameter>& args) {
    const std::string name{statement.name};
    return m_impl->guarded(statement.name, [&] {
        if (!m_prepared.contains(name)) {
            m_impl->connection->prepare(name, std::string{statement.text});
            m_prepared.insert(name);
        }
        std::vector<const char*> values;
        values.reserve(args.size());
        for (const auto& arg : args) values.push_back(arg ? arg->c_str() : nullptr);
        auto result = std::make_shared<ResultSet>();
        result->rows = m_impl->session->exec_prepared(name, pqxx::prepare::make_dynamic_params(values));
        result->statement = name;
        return Rows{std::move(result)};
    });
}

Rows Connection::raw(std::string_view sql) {
    return m_impl->guarded(sql.substr(0, 60), [&] {
        auto result = std::make_shared<ResultSet>();
        result->rows = m_impl->session->exec(std::string{sql});
        return Rows{std::move(result)};
    });
}

std::size_t Rows::size() const { return m_result->rows.size(); }
std::int64_t Rows::affected() const { return static_cast<std::int64_t>(m_result->rows.affected_rows()); }

Row Rows::one() const {
    if (size() == 1) return (*this)[0];
    throw Error{{Kind::internal, "db.not_one",
                 fmt::format("{} returned {} rows where one was expected", m_result->statement, size()), ""}};
}

std::optional<Row> Rows::find() const {
    if (empty()) return std::nullopt;
    return one();
}

std::optional<std::string_view> Row::field(std::string_view column) const {
    const auto& rows = m_result->rows;
    pqxx::row::size_type at = 0;
    try {
        at = rows.column_number(std::string{column});
    } catch (const pqxx::argument_error&) {
        throw Error{
            {Kind::internal, "db.no_column", fmt::format("{} has no column {}", m_result->statement, column), ""}};
    }
    const auto field = rows[static_cast<pqxx::result::size_type>(m_index)][at];
    if (field.is_null()) return std::nullopt;
    return std::string_view{field.c_str(), field.size()};
}

money::Asset Row::asset(std::string_view of) const {
    return {get<std::string>(fmt::format("{}asset_id", of)), get<int>(fmt::format("{}scale", of))};
}

std::string_view Row::present(std::string_view column) const {
    const auto text = field(column);
    if (text) return *text;
    throw Error{{Kind::internal, "db.null", fmt::format("{} sent NULL in column {}", m_result->statement, column), ""}};
}

// COPY by libpqxx's table writer, because it takes a finished line: stream_to knows only tuples of a fixed size and
// builds a string per field. Deprecated with no successor that does this; it is named in this one place.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
struct CopyIn::Stream {
    Stream(Connection::Impl& owner, const std::string& table, const std::vector<std::string>& columns)
        : writer(*owner.session, table, columns.begin(), columns.end(), "\\N"), name(table), session(&owner) {}
    void write(const std::string& text) {
        session->guarded(name, [&] { writer.write_raw_line(text); });
    }
    pqxx::tablewriter writer;
    std::string name;
    std::string line;
    Connection::Impl* session;
};

CopyIn::CopyIn(std::unique_ptr<Stream> stream) : m_stream(std::move(stream)) {}
CopyIn::CopyIn(CopyIn&&) noexcept = default;
CopyIn::~CopyIn() = default;

void CopyIn::row(std::span<const Parameter> fields) {
    auto& line = m_stream->line;
    line.clear();
    for (const auto& field : fields) {
        if (&field != fields.data()) line += '\t';
        if (field)
            append_copy_text(line, *field);
        else
            line += "\\N";
    }
    m_stream->write(line);
}

void CopyIn::line(const std::string& line) { m_stream->write(line); }

void CopyIn::finish() {
    m_stream->session->guarded(m_stream->name, [&] { m_stream->writer.complete(); });
}

CopyIn Connection::copy_in(std::string_view table, const std::vector<std::string>& columns) {
    return m_impl->guarded(
        table, [&] { return CopyIn{std::make_unique<CopyIn::Stream>(*m_impl, std::string{table}, columns)}; });
}
#pragma GCC diagnostic pop

void append_copy_text(std::string& line, std::string_view field) {
    for (const char c : field) {
        switch (c) {
        case '\\': line += "\\\\"; break;
        case '\t': line += "\\t"; break;
        case '\n': line += "\\n"; break;
        case '\r': line += "\\r"; break;
        default: line += c;
        }
    }
}

Rows Transaction::run_with(const Statement& statement, const std::vector<Parameter>& args) {
    return m_connection.run(statement, args);
}
Rows Transaction::raw(std::string_view sql) { return m_connection.raw(sql); }
CopyIn Transaction::copy_in(std::string_view table, const std::vector<std::string>& columns) {
    return m_connection.copy_in(table, columns);
}

} // namespace passa::db
