// What the pages share: their templates, the head, and how counts are written.
#pragma once
#include "lib/render/template.hpp"
#include "lib/report/figures.hpp"

namespace passa::report {

std::string_view page_template(std::string_view file); // embedded; a missing one is a defect
std::string count(std::int64_t number);                // "12,345"
render::Fields head_fields(const Head& head, std::string_view program);
render::List payout_fields(const std::vector<PaidOut>& payouts);
render::List paid_total_fields(const std::vector<PaidOut>& payouts); // of those that are paid, by assets
render::Fields payment_fields(const Payments& payments);             // balances, payouts, reconciliation
render::Fields proof_fields(const EventFigures& figures);            // checks, settlements, files

} // namespace passa::report
