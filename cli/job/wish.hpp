// What people say about a job on a command line: which one, of what, and why.
#pragma once
#include "cli/context.hpp"
#include "jobs/jobs.hpp"

namespace passa::cli {

struct JobWish {
    std::string job; // a job's name, or a declared one's
    std::optional<std::string> event = {};
    std::optional<std::string> treasury = {};
};

struct NamedJob {
    std::string job;
    std::string scope; // empty: all of it
};

std::optional<std::string> scope_of(const jobs::JobKind& kind, const JobWish& wish); // error job.scope
NamedJob named_job(Context& ctx, const JobWish& wish); // errors job.unknown, job.declared, job.scope
std::string reason_of(const std::string& text);        // error job.no_reason

} // namespace passa::cli
