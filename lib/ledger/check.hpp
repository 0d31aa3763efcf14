// Proves the books: runs every check statement it is given and names each row that breaks a law. A check_*.sql returns
// the offending rows, so an empty answer is the proof.
#pragma once
#include "lib/db/database.hpp"

#include <span>
#include <string>
#include <vector>

namespace passa::ledger {

struct CheckResult {
    std::string name; // "ledger.check_balanced"
    std::string law;  // the first comment line of the file
    std::int64_t broken = 0;
};

std::vector<CheckResult> run_checks(db::Transaction& tx, std::span<const db::Statement> statements);
std::span<const db::Statement> statements(); // the ledger's own; other modules bring theirs

} // namespace passa::ledger
