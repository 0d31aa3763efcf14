// The rest of the first pass: numbers lines, spreads order fees, and refuses every order that cannot be booked as a
// whole.
#pragma once
#include "lib/sale/stage.hpp"

namespace passa::sale {

struct Job {
    const Desk& desk;
    const Profile& profile;
    const Catalog& catalog;
    int blocks = 1;
    std::span<const Input> inputs;
    Seen seen;
};

struct Checked {
    std::int64_t refused = 0;  // rows
    std::int64_t repeated = 0; // rows that stand twice to the letter
};

// In one transaction; writes to temporary tables alone.
Checked check(db::Transaction& tx, const Job& job, const Progress& progress);

// After check(): accepted sales that the book has with another time or code. The first of each block; `sales` counts
// all.
std::vector<Difference> find_differences(db::Transaction& tx, const Job& job, std::int64_t& sales);

std::vector<Refusal> load_refusals(db::Transaction& tx, std::span<const Input> inputs);

} // namespace passa::sale
