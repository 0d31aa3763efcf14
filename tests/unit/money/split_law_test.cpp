// The vectors that the contracts read too (contracts/split): one law, whoever splits.
#include "lib/base/text.hpp"
#include "lib/money/allocate.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace passa;
using namespace passa::money;

namespace {

std::vector<Int128> numbers(std::string_view text) { // of any size, unlike those of amounts that people write
    std::vector<Int128> all;
    for (const auto one : split_at(text, ' ')) {
        const bool is_negative = one.starts_with('-');
        const auto size = parse_int128(one.substr(is_negative ? 1 : 0)).value();
        all.push_back(is_negative ? -size : size);
    }
    return all;
}

} // namespace

TEST_CASE("every vector of the settlement law is split as it says", "[unit]") {
    const Asset units{"UNITS", 0};
    std::ifstream file{PASSA_FIXTURES "/split_law.csv"};
    std::string line;
    std::getline(file, line); // the header
    int rows = 0;
    for (; std::getline(file, line); ++rows) {
        const auto fields = split_at(line, ',');
        REQUIRE(fields.size() == 3);
        std::vector<Int128> parts;
        for (const auto& part : allocate({numbers(fields[0]).front(), units}, numbers(fields[1])).value())
            parts.push_back(part.minor());
        if (parts != numbers(fields[2])) FAIL(line);
    }
    REQUIRE(rows == 10'000);
}
