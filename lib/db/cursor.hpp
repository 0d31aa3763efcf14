// The rows of one statement a few at a time, from one snapshot: a result of any size in bounded memory. Lives no longer
// than its transaction, which closes it; one of a name at a time.
#pragma once
#include "lib/db/transaction.hpp"

#include <fmt/format.h>

#include <string>

namespace passa::db {

class Cursor {
public:
    template <typename... Args>
    Cursor(Transaction& tx, const Statement& statement, const Args&... args)
        : m_tx(tx), m_name(fmt::format("{} cursor", statement.name)) {
        const auto text = fmt::format("DECLARE \"{}\" NO SCROLL CURSOR FOR {}", m_name, statement.text);
        m_tx.run({m_name, text}, args...);
    }

    // Every row that is left.
    template <typename F>
    void each(F&& take) {
        for (auto rows = next(k_at_once); !rows.empty(); rows = next(k_at_once))
            for (const auto& row : rows) take(row);
    }
    Rows next(int most) { return m_tx.raw(fmt::format("FETCH {} FROM \"{}\"", most, m_name)); } // none: no more

private:
    static constexpr int k_at_once = 2'000;
    Transaction& m_tx;
    std::string m_name;
};

} // namespace passa::db
