// Largest remainder, proved equal before it returns.
#include "lib/money/allocate.hpp"

#include <algorithm>
#include <numeric>

namespace passa::money {
namespace {

struct Quotient {
    Int128 whole = 0;
    Int128 remainder = 0;
};

// a * b / c without a bound on the product: long division, one bit of b at a time. 0 <= b <= c, so whole <= a.
Quotient multiply_divide(Int128 a, Int128 b, Int128 c) {
    if (Int128 product = 0; !__builtin_mul_overflow(a, b, &product)) return {product / c, product % c};
    Uint128 whole = 0;
    Uint128 remainder = 0; // < c < 2^127
    const auto add = [&](Int128 times, Int128 rest) {
        whole += static_cast<Uint128>(times);
        remainder += static_cast<Uint128>(rest);
        if (remainder < static_cast<Uint128>(c)) return;
        remainder -= static_cast<Uint128>(c);
        ++whole;
    };
    for (int bit = 126; bit >= 0; --bit) {
        add(static_cast<Int128>(whole), static_cast<Int128>(remainder)); // doubles
        if (((b >> bit) & 1) != 0) add(a / c, a % c);
    }
    return {static_cast<Int128>(whole), static_cast<Int128>(remainder)};
}

} // namespace

Result<std::vector<Amount>> allocate(const Amount& total, std::span<const Int128> weights) {
    Int128 weight_sum = 0;
    for (const auto weight : weights) {
        PASSA_ASSERT(weight >= 0);
        if (__builtin_add_overflow(weight_sum, weight, &weight_sum))
            return Problem{Kind::failed, "money.overflow", "the weights of a split are too large", ""};
    }
    if (weight_sum == 0)
        return Problem{Kind::invalid_input, "money.no_weight", "nothing to split over: all weights are zero", ""};

    const bool negative = total.is_negative();
    const Int128 whole = negative ? (-total).minor() : total.minor();
    std::vector<Int128> parts(weights.size());
    std::vector<Int128> remainders(weights.size());
    Int128 left = whole;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto share = multiply_divide(whole, weights[i], weight_sum);
        parts[i] = share.whole;
        remainders[i] = share.remainder;
        left -= share.whole;
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
