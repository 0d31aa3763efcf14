// One statement, one law.
#include "lib/ledger/check.hpp"

#include "ledger_sql.hpp"
#include "lib/base/text.hpp"

namespace passa::ledger {

std::vector<CheckResult> run_checks(db::Transaction& tx, std::span<const db::Statement> statements) {
    std::vector<CheckResult> results;
    for (const auto& statement : statements) {
        if (statement.name.find(".check_") == std::string_view::npos) continue;
        auto law = trim(statement.text.substr(0, statement.text.find('\n')));
        if (law.starts_with("--")) law = trim(law.substr(2));
        results.push_back(
            {std::string{statement.name}, std::string{law}, static_cast<std::int64_t>(tx.run(statement).size())});
    }
    return results;
}

std::span<const db::Statement> statements() { return sql::k_all; }

} // namespace passa::ledger
