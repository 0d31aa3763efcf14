// What became of transactions, and the entries that they change.
#include "lib/base/text.hpp"
#include "lib/stellar/rpc/fields.hpp"
#include "lib/stellar/rpc/parse.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace passa::stellar::rpc {
namespace {

Transaction read_transaction(const Fields& fields) {
    Transaction transaction;
    const auto status = fields.must_text("status");
    transaction.hash = fields.text("txHash");
    if (status == "NOT_FOUND") return transaction;
    if (status != "SUCCESS" && status != "FAILED") throw Unreadable{"the status is unknown"};
    transaction.status = status == "SUCCESS" ? Status::success : Status::failed;
    transaction.ledger = fields.u32("ledger");
    transaction.order = fields.u32_or_zero("applicationOrder");
    transaction.closed_at = fields.second("createdAt");
    transaction.fee_bump = fields.flag("feeBump");
    transaction.envelope = fields.text("envelopeXdr");
    transaction.result = fields.text("resultXdr");
    transaction.meta = fields.text("resultMetaXdr");
    return transaction;
}

} // namespace

Result<Entries> parse_entries(std::string_view body) {
    return parse(body, [](const Fields& f) {
        Entries entries{{}, f.u32("latestLedger")};
        for (const auto& item : f.list("entries")) {
            const Fields entry{item};
            std::optional<std::uint32_t> live_until;
            if (entry.find("liveUntilLedgerSeq") != nullptr) live_until = entry.u32("liveUntilLedgerSeq");
            entries.found.push_back({entry.must_text("key"), entry.must_text("xdr"),
                                     entry.u32_or_zero("lastModifiedLedgerSeq"), live_until});
        }
        return entries;
    });
}

Result<TransactionAnswer> parse_transaction(std::string_view body) {
    return parse(body, [](const Fields& f) { return TransactionAnswer{read_transaction(f), read_history(f)}; });
}

Result<TransactionPage> parse_transactions(std::string_view body) {
    return parse(body, [](const Fields& f) {
        TransactionPage page{{}, read_history(f), read_cursor(f)};
        for (const auto& item : f.list("transactions")) page.transactions.push_back(read_transaction(Fields{item}));
        return page;
    });
}

Result<Sent> parse_sent(std::string_view body) {
    return parse(body, [](const Fields& f) {
        static const std::map<std::string, SendStatus> k_statuses{{"PENDING", SendStatus::pending},
                                                                  {"DUPLICATE", SendStatus::duplicate},
                                                                  {"TRY_AGAIN_LATER", SendStatus::try_again_later},
                                                                  {"ERROR", SendStatus::error}};
        const auto status = k_statuses.find(f.must_text("status"));
        if (status == k_statuses.end()) throw Unreadable{"the status is unknown"};
        return Sent{status->second, f.text("hash"), f.u32("latestLedger"), f.second("latestLedgerCloseTime"),
                    f.text("errorResultXdr")};
    });
}

} // namespace passa::stellar::rpc
