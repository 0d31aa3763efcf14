// The new file stands complete on the disk before it takes the name.
#include "lib/report/document.hpp"

#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"

#include <fstream>
#include <system_error>

namespace passa::report {
namespace fs = std::filesystem;
namespace {

Error unwritable(const fs::path& path, const std::error_code& why) {
    return Error{{Kind::failed, "report.unwritable",
                  fmt::format("cannot write {}: {}", printable(path.string()), why.message()),
                  "choose a folder that exists and that you may write to: --out"}};
}

Error in_the_way(const fs::path& path, std::string_view what) {
    return Error{{Kind::conflict, "report.in_the_way", fmt::format("{} {}", printable(path.string()), what),
                  "name another file, or replace it with: --force"}};
}

bool begins_with(const fs::path& path, std::string_view mark) {
    std::ifstream file{path, std::ios::binary};
    std::string start(mark.size(), '\0');
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    return file.gcount() == static_cast<std::streamsize>(mark.size()) && start == mark;
}

// As the file that is replaced, else as the user's mask has it.
unsigned mode_for(const fs::path& path) {
    std::error_code failed;
    const auto status = fs::status(path, failed);
    return fs::is_regular_file(status) ? static_cast<unsigned>(status.permissions()) & 0777U : 0666U;
}

} // namespace

void store_document(const Document& document, bool force) {
    // Through a link to the file it names: renaming over a link would cut it.
    std::error_code failed;
    const auto path = fs::is_symlink(document.path, failed) ? fs::weakly_canonical(document.path) : document.path;
    if (fs::exists(path, failed)) {
        if (!fs::is_regular_file(path, failed)) throw in_the_way(path, "is not a plain file");
        if (!force && !begins_with(path, document.mark)) throw in_the_way(path, "is there and no report of this kind");
    }
    try {
        FreshFile file{path, mode_for(path)};
        file.write(document.text);
        file.replace();
    } catch (const std::system_error& problem) {
        throw unwritable(path, problem.code());
    }
}

} // namespace passa::report
