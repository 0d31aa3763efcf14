// Whatever a server sends is read or refused, by every method's reader.
#include "lib/stellar/rpc/parse.hpp"

using namespace passa;
using namespace passa::stellar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body{reinterpret_cast<const char*>(data), size};
    const auto check = [](const auto& answer) {
        if (!answer) PASSA_ASSERT(answer.problem().code.substr(0, 4) == "rpc.");
    };
    check(rpc::parse_health(body));
    check(rpc::parse_network(body));
    check(rpc::parse_latest_ledger(body));
    check(rpc::parse_fee_stats(body));
    check(rpc::parse_entries(body));
    check(rpc::parse_transaction(body));
    check(rpc::parse_transactions(body));
    check(rpc::parse_sent(body));
    check(rpc::parse_ledgers(body));
    check(rpc::parse_simulated(body));
    check(rpc::parse_events(body));
    return 0;
}
