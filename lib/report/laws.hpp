// Every law of the books in one list: what `ledger check` proves is what reports and statements rely on.
#pragma once
#include "lib/ledger/check.hpp"

namespace passa::report {

// The results of all checks, the ledger's first.
std::vector<ledger::CheckResult> check_laws(db::Transaction& tx);

} // namespace passa::report
