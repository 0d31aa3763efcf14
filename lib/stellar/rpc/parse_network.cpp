// What a server tells of its network: health, identity, fees, ledgers.
#include "lib/base/text.hpp"
#include "lib/stellar/rpc/fields.hpp"
#include "lib/stellar/rpc/parse.hpp"

#include <nlohmann/json.hpp>

namespace passa::stellar::rpc {
namespace {

Fees read_fees(const Fields& fields) {
    return {fields.number("max"), fields.number("min"), fields.number("mode"), fields.number("p50"),
            fields.number("p90"), fields.number("p95"), fields.number("p99"),  fields.number("transactionCount")};
}

} // namespace

Result<Health> parse_health(std::string_view body) {
    return parse(body, [](const Fields& f) {
        return Health{f.must_text("status"), f.u32("latestLedger"), f.u32("oldestLedger"),
                      f.find_second("latestLedgerCloseTime"), f.find_number("ledgerRetentionWindow").value_or(0)};
    });
}

Result<Network> parse_network(std::string_view body) {
    return parse(body, [](const Fields& f) {
        return Network{f.must_text("passphrase"), f.text("friendbotUrl"), f.u32("protocolVersion")};
    });
}

Result<LatestLedger> parse_latest_ledger(std::string_view body) {
    return parse(body, [](const Fields& f) {
        return LatestLedger{f.text("id"), f.u32("sequence"), f.u32("protocolVersion"), f.find_second("closeTime"),
                            f.text("headerXdr")};
    });
}

Result<FeeStats> parse_fee_stats(std::string_view body) {
    return parse(body, [](const Fields& f) {
        const auto part = [&](const char* name) {
            const auto* fees = f.find(name);
            if (fees == nullptr) throw Unreadable{fmt::format("{} is missing", name)};
            return read_fees(Fields{*fees});
        };
        return FeeStats{part("inclusionFee"), part("sorobanInclusionFee"), f.u32("latestLedger")};
    });
}

Result<LedgerPage> parse_ledgers(std::string_view body) {
    return parse(body, [](const Fields& f) {
        LedgerPage page{{}, read_history(f), read_cursor(f)};
        for (const auto& item : f.list("ledgers")) {
            const Fields ledger{item};
            page.ledgers.push_back({ledger.must_text("hash"), ledger.u32("sequence"), ledger.second("ledgerCloseTime"),
                                    ledger.text("headerXdr"), ledger.text("metadataXdr")});
        }
        return page;
    });
}

} // namespace passa::stellar::rpc
