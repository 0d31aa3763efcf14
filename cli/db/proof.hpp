// What makes a restored database worth having: every organizer's books are proved again, from its own rows.
#pragma once
#include "cli/context.hpp"

namespace passa::cli {

struct Proof {
    std::int64_t organizers = 0;
    std::int64_t laws = 0;    // looked at, for all of them
    std::int64_t broken = 0;  // rows that break one
    std::int64_t entries = 0; // of their journals
};
// `go_on` is called before each organizer.
Proof prove_books(
    const std::string& target, const std::function<void()>& go_on = [] {});

// The record's fields; error ledger.broken, after they were shown.
ExitCode show_proof(Context& ctx, out::Record record, const Proof& proof);

} // namespace passa::cli
