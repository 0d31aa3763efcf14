// From the body of an HTTP answer to a typed one. What a server sends is bounded before it is read (depth, size) and
// never shown without being made printable.
//
// Errors of all: rpc.not_rpc (no JSON, too deep, not JSON-RPC, a field missing or of another form); and what the server
// itself says is wrong: rpc.refused (the question, -32600 and -32602), rpc.no_method (-32601), rpc.failed (the server,
// -32603 and -32003), rpc.timeout (-32001), rpc.busy (any other number: full queues have several).
#pragma once
#include "lib/base/result.hpp"
#include "lib/stellar/rpc/answers.hpp"
#include "lib/stellar/rpc/contract_answers.hpp"

namespace passa::stellar::rpc {

inline constexpr int k_deepest = 64; // levels of JSON

Result<Health> parse_health(std::string_view body);
Result<Network> parse_network(std::string_view body);
Result<LatestLedger> parse_latest_ledger(std::string_view body);
Result<FeeStats> parse_fee_stats(std::string_view body);
Result<Entries> parse_entries(std::string_view body);
Result<TransactionAnswer> parse_transaction(std::string_view body);
Result<TransactionPage> parse_transactions(std::string_view body);
Result<Sent> parse_sent(std::string_view body);
Result<LedgerPage> parse_ledgers(std::string_view body);
Result<Simulated> parse_simulated(std::string_view body);
Result<EventPage> parse_events(std::string_view body);

} // namespace passa::stellar::rpc
