// A law that must hold for random values: a failure is shrunk to a small counterexample and printed with the RC_PARAMS
// that repeats it. Generators are rapidcheck's; laws use RC_ASSERT.
#pragma once
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <cstdint>
#include <iostream>
#include <vector>

namespace passa::test {

template <typename Law>
void holds_for_all(const Law& law) {
    REQUIRE(rc::check(law));
}

// For laws whose every case costs much, as a database does: so many cases, unless RC_PARAMS says otherwise.
template <typename Law>
void holds_for_some(int cases, const Law& law) {
    const auto& configuration = rc::detail::configuration();
    auto params = configuration.testParams;
    if (params.maxSuccess == rc::detail::TestParams{}.maxSuccess) params.maxSuccess = cases;
    const auto result = rc::detail::checkTestable(law, rc::detail::TestMetadata{}, params);
    rc::detail::printResultMessage(result, std::cerr);
    std::cerr << '\n';
    REQUIRE(result.template is<rc::detail::SuccessResult>());
}

// 0 .. most, small values as likely as large ones.
inline rc::Gen<std::uint64_t> up_to(std::uint64_t most) {
    return rc::gen::oneOf(rc::gen::inRange<std::uint64_t>(0, std::min<std::uint64_t>(most, 10) + 1),
                          rc::gen::inRange<std::uint64_t>(0, most + 1));
}

} // namespace passa::test
