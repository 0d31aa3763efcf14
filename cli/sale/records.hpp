// A sale line as commands show it: its facts, and where they come from.
#pragma once
#include "cli/out/value.hpp"
#include "lib/sale/read.hpp"

namespace passa::cli {

out::Record sale_line_record(const sale::SaleLine& line);
out::Record sale_evidence_record(const sale::SaleLine& line);
out::Record joined(out::Record facts, const out::Record& more);

inline constexpr std::string_view k_eligible_rule =
    "eligible: what commissions are worked out on. Of a sale it is net (gross less tax and fees, with corrections), "
    "less "
    "net * undone / gross rounded towards zero, where undone is the gross that refunds, cancellations and chargebacks "
    "took back; "
    "nothing when gross is 0. Of a line it is what the line changed of that. A commission is the sum of eligible over "
    "all "
    "settled lines of one campaign version and creator, times its rate, rounded half to even, at most the cap.";

} // namespace passa::cli
