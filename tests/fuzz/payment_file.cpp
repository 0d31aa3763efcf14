// Any bytes as a payment file: read whole, or refused with a code; every amount that is read is more than zero.
#include "lib/payout/file.hpp"
#include "tests/fuzz/input_file.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const test::InputFile file{data, size, ".csv"};
    try {
        const auto read = payout::read_file(file.path(), {{"KES", 2}, {"XLM", 7}});
        if (!read.problems.empty()) throw Error{read.problems};
        for (const auto& line : read.lines) PASSA_ASSERT(!line.amount.is_zero() && !line.amount.is_negative());
    } catch (const Error& error) {
        PASSA_ASSERT(!error.first().code.empty());
    }
    return 0;
}
