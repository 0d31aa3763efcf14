// The list of the modules that hold SQL. tests/tidy compares it with the folders lib/*/sql.
#include "tests/support/all_statements.hpp"

#include "audit_sql.hpp"
#include "catalog_sql.hpp"
#include "contract_sql.hpp"
#include "escrow_sql.hpp"
#include "event_sql.hpp"
#include "lease_sql.hpp"
#include "ledger_sql.hpp"
#include "metrics_sql.hpp"
#include "notify_sql.hpp"
#include "overview_sql.hpp"
#include "payout_sql.hpp"
#include "recon_sql.hpp"
#include "report_sql.hpp"
#include "runner_sql.hpp"
#include "sale_sql.hpp"
#include "settle_sql.hpp"

#include <span>

namespace passa::test {

std::vector<db::Statement> all_statements() {
    const std::span<const db::Statement> modules[] = {
        audit::sql::k_all,  catalog::sql::k_all,  contract::sql::k_all, escrow::sql::k_all,
        event::sql::k_all,  lease::sql::k_all,    ledger::sql::k_all,   metrics::sql::k_all,
        notify::sql::k_all, overview::sql::k_all, payout::sql::k_all,   recon::sql::k_all,
        report::sql::k_all, runner::sql::k_all,   sale::sql::k_all,     settle::sql::k_all};
    std::vector<db::Statement> all;
    for (const auto& module : modules) all.insert(all.end(), module.begin(), module.end());
    return all;
}

} // namespace passa::test
