// Any bytes as a payment file, CSV or JSON lines: read whole, or refused with a code; every amount that is read is more
// than zero, and what it says has the same hash when it is read again.
#include "lib/payout/file.hpp"
#include "tests/fuzz/input_file.hpp"

using namespace passa;

namespace {

void read(const std::filesystem::path& path) {
    try {
        const auto file = payout::open_payments(path, {{"KES", 2}, {"XLM", 7}});
        bool any_zero = false;
        const auto facts = file.read([&](const payout::FileLine& line) {
            PASSA_ASSERT(!line.amount.is_negative());
            any_zero = any_zero || line.amount.is_zero();
        });
        PASSA_ASSERT(!facts.findings.empty() || !any_zero);
        PASSA_ASSERT(file.read([](const payout::FileLine&) {}).sha256 == facts.sha256);
    } catch (const Error& error) {
        PASSA_ASSERT(!error.first().code.empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    read(test::InputFile{data, size, ".csv"}.path());
    read(test::InputFile{data, size, ".jsonl"}.path());
    return 0;
}
