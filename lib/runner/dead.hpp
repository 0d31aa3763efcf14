// Items that were given up wait for a person: tried again, or discarded, with the reason.
#pragma once
#include "lib/runner/lease.hpp"

namespace passa::runner {

struct DeadItem {
    JobRunId run;
    std::string job;
    std::string scope;
    EndedItem item;
};
// About which nobody has decided, newest first.
std::vector<DeadItem> load_dead(db::Transaction& tx, OrganizerId organizer, const std::optional<std::string>& job,
                                std::int64_t limit);

enum class DeadVerdict : std::uint8_t { retried, discarded };
struct Decision {
    DeadVerdict verdict;
    std::string item;
    std::string reason;
};
// After `retried` the run is not ended: who goes on with it tries the item again. Errors job.not_dead, job.busy.
void decide(const Desk& desk, const Run& run, const Decision& decision);

} // namespace passa::runner
