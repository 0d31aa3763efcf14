// A module that brings laws of its own adds its statements here, and nowhere else.
#include "lib/report/laws.hpp"

#include "lib/contract/call.hpp"
#include "lib/escrow/escrow.hpp"
#include "lib/payout/read.hpp"
#include "lib/recon/run.hpp"
#include "lib/sale/checks.hpp"
#include "lib/settle/checks.hpp"

namespace passa::report {

std::vector<ledger::CheckResult> check_laws(db::Transaction& tx) {
    std::vector<ledger::CheckResult> all;
    for (const auto statements : {ledger::statements(), sale::statements(), settle::statements(), payout::statements(),
                                  recon::statements(), contract::statements(), escrow::statements()})
        for (auto& result : ledger::run_checks(tx, statements)) all.push_back(std::move(result));
    return all;
}

} // namespace passa::report
