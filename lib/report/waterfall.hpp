// From gross to nothing left, line by line: tax, fees, commissions and shares as they were posted, and what is not
// settled yet. Every step shows what remains after it, so that the reader can add it up.
#pragma once
#include "lib/report/figures.hpp"

namespace passa::report {

struct Posted {
    bool commission = false;
    std::string party;
    Amount amount;
};

std::vector<Step> make_waterfall(const Book& book, const std::vector<Posted>& posted);

} // namespace passa::report
