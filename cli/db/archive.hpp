// What the commands about a private database's archive share: where its plan and its key lie, and that there is one.
#pragma once
#include "cli/context.hpp"
#include "lib/backup/archive.hpp"

namespace passa::cli {

inline constexpr const char* k_archive_plan = "archive.plan"; // beside the data, for the server's user too
inline constexpr const char* k_archive_seed = "archive.seed";

void require_private(Context& ctx);                   // error db.not_private
backup::ArchivePlan get_plan(Context& ctx);           // error db.no_archive
Error not_archiving(const backup::ArchivePlan& plan); // there is a plan, and the server knows nothing of it
std::string time_stamp(Instant now);                  // 20261122T031500Z

} // namespace passa::cli
