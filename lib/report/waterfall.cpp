// Each step takes from what the one before left.
#include "lib/report/waterfall.hpp"

namespace passa::report {

std::vector<Step> make_waterfall(const Book& book, const std::vector<Posted>& posted) {
    std::vector<Step> steps{{Step::Kind::total, "Sold", book.sold, book.sold}};
    const auto take = [&](Step::Kind kind, std::string label, const Amount& amount) {
        if (!amount.is_zero()) steps.push_back({kind, std::move(label), -amount, steps.back().left - amount});
    };
    const auto total = [&](std::string label) {
        steps.push_back({Step::Kind::total, std::move(label), steps.back().left, steps.back().left});
    };
    take(Step::Kind::deduction, "Refunds, cancellations, chargebacks", -book.undone);
    if (!book.undone.is_zero()) total("Gross");
    take(Step::Kind::deduction, "Tax", book.tax);
    take(Step::Kind::deduction, "Platform fees", book.fee_platform);
    take(Step::Kind::deduction, "Payment fees", book.fee_payment);
    total("Net of tax and fees");
    for (const auto& p : posted)
        if (p.commission) take(Step::Kind::commission, p.party + ", commission", p.amount);
    if (steps.back().kind == Step::Kind::commission) total("After commissions");
    for (const auto& p : posted)
        if (!p.commission) take(Step::Kind::share, p.party, p.amount);
    take(Step::Kind::unsettled, "Not settled yet", book.unsettled);
    total("Left over");
    return steps;
}

} // namespace passa::report
