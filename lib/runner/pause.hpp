// A person stops a job for a while: all of it, or of one scope. Nobody begins a run or an item of it before he says so.
#pragma once
#include "lib/runner/lease.hpp"

namespace passa::runner {

struct Pause {
    std::string job;
    std::string scope; // empty: all of the job
    std::string by;
    std::string reason;
    Instant at;
};

void pause(const Desk& desk, const std::string& job, const std::string& scope, const std::string& reason); // job.paused
void end_pause(const Desk& desk, const std::string& job, const std::string& scope,
               const std::string& reason); // job.not_paused

std::vector<Pause> load_pauses(db::Transaction& tx, OrganizerId organizer);
// Those of this job about one of these scopes, or of all of it.
std::vector<Pause> find_pauses(db::Transaction& tx, OrganizerId organizer, const std::string& job,
                               std::vector<std::string> scopes);
Error paused(const Pause& pause); // job.paused

} // namespace passa::runner
