// Any text as a lock file of contracts: refused, or what is written from it reads as the same.
#include "cli/contract/lock.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{data, data + size};
    const auto contracts = cli::contract::parse_lock(text, "testnet");
    if (!contracts) return 0;
    const auto written = cli::contract::lock_text(*contracts, "testnet");
    const auto again = cli::contract::parse_lock(written, "testnet");
    PASSA_ASSERT(again.ok() && cli::contract::lock_text(*again, "testnet") == written);
    return 0;
}
