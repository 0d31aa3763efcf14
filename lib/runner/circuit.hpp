// The circuit breaker: a server that stays away is not asked item by item, five times each. Three items in a row that
// fail for the same one end the run, and the job does not begin by itself before a while has passed; then the first
// item tries once. What is done closes it. By the database's clock, for all machines.
#pragma once
#include "lib/runner/run.hpp"

namespace passa::runner {

struct Circuit {
    std::string dependency; // rpc, database
    int failures = 0;
    std::optional<Instant> open_until; // none: too few failures
    bool is_open = false;              // now; else one item may try
    std::string error;
};

// What stayed away, when the problem says that something did.
std::optional<std::string_view> find_dependency(const Problem& problem);

std::optional<Circuit> find_circuit(db::Transaction& tx, OrganizerId organizer, const JobScope& what);
// An item failed for it, and there are no more tries.
Circuit note_failure(db::Transaction& tx, OrganizerId organizer, const JobScope& what, const Problem& why);
void close_circuit(db::Transaction& tx, OrganizerId organizer, const JobScope& what);
Error circuit_open(const JobScope& what, const Circuit& circuit); // job.circuit_open

} // namespace passa::runner
