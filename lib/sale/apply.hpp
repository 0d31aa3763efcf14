// The second pass: one block of staged rows becomes sale lines, counters and a journal entry.
#pragma once
#include "lib/sale/check.hpp"

namespace passa::sale {

struct Run { // an import under way
    ImportId id;
    Instant started_at; // the time of its lines; stays the same when it is taken up again
    int attempt = 1;
};

struct Applied {
    std::int64_t sold = 0;
    std::int64_t undone = 0;
};

// Inside the caller's transaction. Error sale.catalog_changed.
Applied apply_block(db::Transaction& tx, const Job& job, const Run& run, int block);

} // namespace passa::sale
