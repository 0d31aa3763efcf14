// Largest remainder, proved equal before it returns.
#include "lib/money/allocate.hpp"

#include <algorithm>
#include <numeric>

namespace passa::money {

Result<std::vector<Amount>> allocate(const Amount& total, std::span<const std::uint64_t> weights) {
    Int128 weight_sum = 0;
    for (const auto weight : weights) weight_sum += static_cast<Int128>(weight);
    if (weight_sum == 0)
        return Problem{Kind::invalid_input, "money.no_weight", "nothing to split over: all weights are zero", ""};

    const bool negative = total.is_negative();
    const Int128 whole = negative ? (-total).minor() : total.minor();
    std::vector<Int128> parts(weights.size());
    std::vector<Int128> remainders(weights.size());
    Int128 left = whole;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        Int128 product = 0;
        if (__builtin_mul_overflow(whole, static_cast<Int128>(weights[i]), &product))
            return Problem{Kind::failed, "money.overflow", "an amount is too large to be split",
                           "check the input for absurd values"};
        parts[i] = product / weight_sum;
        remainders[i] = product % weight_sum;
        left -= parts[i];
    }

    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return remainders[a] > remainders[b]; });
    PASSA_ASSERT(left >= 0 && left <= static_cast<Int128>(weights.size()));
    for (std::size_t i = 0; left > 0; ++i, --left) parts[order[i]] += 1;

    PASSA_ASSERT(std::accumulate(parts.begin(), parts.end(), Int128{0}) == whole);
    std::vector<Amount> out;
    out.reserve(parts.size());
    for (const auto part : parts) out.emplace_back(negative ? -part : part, total.asset());
    return out;
}

} // namespace passa::money
