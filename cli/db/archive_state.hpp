// Could the archive be restored, and up to when? Asked of the folder and of the server that fills it.
#pragma once
#include "cli/db/archive.hpp"
#include "lib/db/recover.hpp"

namespace passa::cli {

struct ArchiveState {
    db::Archiver archiver;
    std::vector<backup::BaseCopy> copies;
    std::optional<std::string> missing; // the first segment that is
    const char* name = "good";          // as cli/db/json.md says
    Problem problem = {};               // without a code: all is well
};
ArchiveState look_at_archive(Context& ctx, const backup::ArchivePlan& plan);

} // namespace passa::cli
