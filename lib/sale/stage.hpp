// The first pass: every row of every file goes through the mapper into the staging table, in one COPY, with memory that
// does not grow with the file. What was seen on the way decides which of the later steps are needed at all.
#pragma once
#include "lib/sale/import.hpp"
#include "lib/sale/layout.hpp"
#include "lib/sale/line_id.hpp"
#include "lib/sale/staged.hpp"

#include <set>

namespace passa::sale {

struct Input {
    std::filesystem::path path;
    Layout layout;
    std::int64_t bytes = 0;
    Hash256 sha256{};
    std::set<std::string> zones; // that its times name
};

struct Seen {
    std::int64_t rows = 0;
    std::int64_t line_rows = 0; // rows of files that hold lines
    std::int64_t ignored = 0;
    std::int64_t bad = 0;
    std::int64_t late = 0;   // with a time that may be still to come, whatever its zone
    std::int64_t unpaid = 0; // of the ignored
    std::int64_t sales = 0;
    std::int64_t undos = 0;
    std::int64_t refund_rows = 0;
    std::int64_t lone_undos = 0; // without a sale in the same row
    std::int64_t fees = 0;
    std::int64_t gone_fees = 0;
    std::int64_t orders = 0;
    std::int64_t undone_orders = 0; // by the status of the order
    std::int64_t unnumbered = 0;
    std::vector<std::string> prefixes; // of orders: the first few different ones
    std::vector<std::int64_t> tickets; // per tier: at most so many are new
};

constexpr auto k_clock_skew = std::chrono::hours{1}; // between a gateway's clock and ours

struct StagePlan {
    const Profile& profile;
    const Catalog& catalog;
    std::span<const Input> inputs;
    int blocks = 1;
    const Progress& progress;
    Instant now;
};

Seen stage(db::Transaction& tx, const StagePlan& plan);

// So many blocks that one is worth some 100,000 rows: sorted in memory, locked for a second or two.
int blocks_for(std::int64_t bytes);

} // namespace passa::sale
