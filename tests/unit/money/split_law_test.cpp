// The vectors that the contracts read too (contracts/split): one law, whoever splits.
#include "lib/base/text.hpp"
#include "lib/money/allocate.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace passa;
using namespace passa::money;

TEST_CASE("every vector of the settlement law is split as it says", "[unit]") {
    const Asset units{"UNITS", 0};
    std::ifstream file{PASSA_FIXTURES "/split_law.csv"};
    std::string line;
    std::getline(file, line); // the header
    int rows = 0;
    for (; std::getline(file, line); ++rows) {
        const auto fields = split_at(line, ',');
        REQUIRE(fields.size() == 3);
        std::vector<Int128> shares;
        for (const auto share : split_at(fields[1], ' ')) shares.push_back(parse_number(share, units).value().minor());
        std::vector<std::string> parts;
        for (const auto& part : allocate(parse_number(fields[0], units).value(), shares).value())
            parts.push_back(part.number());
        if (fmt::format("{}", fmt::join(parts, " ")) != fields[2]) FAIL(line);
    }
    REQUIRE(rows == 10'000);
}
