// What a Stellar RPC server says, method by method. Source: the protocols/rpc types of the Go SDK.
//
// XDR stays base64 text until somebody needs it. Numbers come as JSON numbers or as text, depending on method and
// version: both are read.
#pragma once
#include "lib/base/bytes.hpp"
#include "lib/base/time.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace passa::stellar::rpc {

struct Health {
    std::string status; // "healthy"
    std::uint32_t latest_ledger = 0;
    std::uint32_t oldest_ledger = 0;
    std::optional<Instant> latest_close; // since RPC 23
    std::int64_t retention = 0;          // ledgers
};

struct Network {
    std::string passphrase;
    std::string friendbot; // empty: none
    std::uint32_t protocol = 0;
};

struct LatestLedger {
    std::string hash;
    std::uint32_t sequence = 0;
    std::uint32_t protocol = 0;
    std::optional<Instant> closed_at;
    std::string header; // LedgerHeader; since RPC 24
};

struct Fees { // stroops per operation, over the last ledgers
    std::int64_t max = 0, min = 0, mode = 0, p50 = 0, p90 = 0, p95 = 0, p99 = 0;
    std::int64_t transactions = 0;
};

struct FeeStats {
    Fees classic; // competes separately from contracts
    Fees contract;
    std::uint32_t latest_ledger = 0;
};

struct Entry {
    std::string key;  // LedgerKey
    std::string data; // LedgerEntryData
    std::uint32_t last_modified = 0;
    std::optional<std::uint32_t> live_until; // contract entries; 0 when archived
};

struct Entries { // what was found; a missing key is simply not there
    std::vector<Entry> found;
    std::uint32_t latest_ledger = 0;
};

struct History { // what the server can tell of
    std::uint32_t latest_ledger = 0;
    std::uint32_t oldest_ledger = 0;
    Instant latest_close{};
    Instant oldest_close{};
};

enum class Status : std::uint8_t { not_found, success, failed };

struct Transaction {
    Status status = Status::not_found;
    std::string hash; // as asked for
    std::uint32_t ledger = 0;
    std::uint32_t order = 0; // within the ledger, from 1
    Instant closed_at{};
    bool fee_bump = false;
    std::string envelope, result, meta; // empty when not found
};

struct TransactionAnswer {
    Transaction transaction;
    History history;
};

struct TransactionPage {
    std::vector<Transaction> transactions;
    History history;
    std::string cursor; // opaque; the place after the last transaction
};

enum class SendStatus : std::uint8_t { pending, duplicate, try_again_later, error };

struct Sent {
    SendStatus status = SendStatus::error;
    std::string hash;
    std::uint32_t latest_ledger = 0;
    Instant latest_close{};
    std::string error_result; // TransactionResult, with status error
};

struct Ledger {
    std::string hash;
    std::uint32_t sequence = 0;
    Instant closed_at{};
    std::string header, meta;
};

struct LedgerPage {
    std::vector<Ledger> ledgers;
    History history;
    std::string cursor;
};

} // namespace passa::stellar::rpc
