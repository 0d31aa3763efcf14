// One open transaction. Statements are prepared once per connection under their own name; arguments travel as
// parameters, never inside the text.
#pragma once
#include "lib/db/row.hpp"
#include "lib/db/scope.hpp"
#include "lib/db/statement.hpp"

#include <memory>
#include <span>
#include <vector>

namespace passa::db {

class Connection;

// Rows into a table by COPY: millions of rows in bounded memory. finish() makes them count; without it they are lost.
class CopyIn {
public:
    struct Stream;
    explicit CopyIn(std::unique_ptr<Stream> stream);
    CopyIn(CopyIn&&) noexcept;
    ~CopyIn();
    void row(std::span<const Parameter> fields);
    void line(const std::string& line); // already in COPY text form: see append_copy_text; without its line break
    void finish();

private:
    std::unique_ptr<Stream> m_stream;
};

// A field as COPY text writes it: backslash, tab and line breaks escaped.
void append_copy_text(std::string& line, std::string_view field);

class Transaction {
public:
    explicit Transaction(Connection& connection) : m_connection(connection) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    template <typename... Args>
    Rows run(const Statement& statement, const Args&... args) {
        return run_with(statement, {to_parameter(args)...});
    }
    template <typename... Args>
    std::int64_t execute(const Statement& statement, const Args&... args) { // affected rows
        return run_with(statement, {to_parameter(args)...}).affected();
    }
    CopyIn copy_in(std::string_view table, const std::vector<std::string>& columns);

    // For the database layer itself: migrations, SET LOCAL, meta-tests.
    Rows raw(std::string_view sql);

private:
    Rows run_with(const Statement& statement, const std::vector<Parameter>& args);
    Connection& m_connection;
};

} // namespace passa::db
