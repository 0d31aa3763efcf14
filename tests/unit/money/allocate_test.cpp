// The splitting law: parts add up, each within one unit of its exact share, reversals mirror.
#include "lib/money/allocate.hpp"
#include "tests/support/property.hpp"

#include <numeric>

using namespace passa;
using namespace passa::money;
using namespace passa::test;

namespace {

const Asset k_kes{"KES", 2};

std::vector<std::string> split_text(std::string_view total, std::vector<Int128> weights) {
    std::vector<std::string> out;
    for (const auto& part : allocate(parse_number(total, k_kes).value(), weights).value()) out.push_back(part.number());
    return out;
}

std::vector<Int128> some_weights() {
    const auto drawn =
        *rc::gen::suchThat(rc::gen::nonEmpty(rc::gen::container<std::vector<std::uint64_t>>(up_to(1'000'000))),
                           [](const auto& all) { return all != std::vector<std::uint64_t>(all.size(), 0); });
    return {drawn.begin(), drawn.end()};
}

} // namespace

TEST_CASE("published largest remainder vectors hold", "[unit]") {
    REQUIRE(split_text("1.00", {1, 2, 3}) == std::vector<std::string>{"0.17", "0.33", "0.50"});
    REQUIRE(split_text("1.00", {1, 10, 100}) == std::vector<std::string>{"0.01", "0.09", "0.90"});
    REQUIRE(split_text("0.01", {1, 1, 1}) == std::vector<std::string>{"0.01", "0.00", "0.00"});
}

TEST_CASE("parts always add up to the total and stay within one unit of the exact share", "[unit][prop]") {
    holds_for_all([](std::int64_t total) {
        const Int128 minor = total;
        const auto weights = some_weights();
        const auto weight_sum = std::accumulate(weights.begin(), weights.end(), Int128{0});

        const auto parts = allocate(Amount{minor, k_kes}, weights).value();
        const auto mirrored = allocate(Amount{-minor, k_kes}, weights).value();
        Int128 sum = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            sum += parts[i].minor();
            const Int128 distance = parts[i].minor() * weight_sum - minor * weights[i];
            RC_ASSERT(distance < weight_sum && -distance < weight_sum);
            RC_ASSERT(parts[i] == -mirrored[i]);
        }
        RC_ASSERT(sum == minor);
    });
}

TEST_CASE("products beyond 128 bits are exact: weights a million million million times as large give the same parts",
          "[unit][prop]") {
    holds_for_all([](std::int64_t total) {
        const Int128 minor = static_cast<Int128>(total) * 1'000'003;
        const auto weights = some_weights();
        auto large = weights;
        for (auto& weight : large) weight *= 1'000'000'000'000'000'000;
        RC_ASSERT(allocate(Amount{minor, k_kes}, large).value() == allocate(Amount{minor, k_kes}, weights).value());
    });
}

TEST_CASE("no weight and absurd weights are refused", "[unit]") {
    const std::vector<Int128> none{0, 0};
    REQUIRE(allocate(Amount{5, k_kes}, none).problem().code == "money.no_weight");
    const auto most = static_cast<Int128>(~Uint128{0} >> 1);
    const std::vector<Int128> huge{most, 1};
    REQUIRE(allocate(Amount{5, k_kes}, huge).problem().code == "money.overflow");
    const std::vector<Int128> even{most / 2, most / 2};
    REQUIRE(allocate(Amount{most, k_kes}, even).value().front() == Amount{most / 2 + 1, k_kes});
}
