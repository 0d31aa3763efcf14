// The new file stands complete on the disk before it takes the name.
#include "lib/report/document.hpp"

#include "lib/base/text.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace passa::report {
namespace fs = std::filesystem;
namespace {

Error unwritable(const fs::path& path, int why) {
    return Error{{Kind::failed, "report.unwritable",
                  fmt::format("cannot write {}: {}", printable(path.string()), std::strerror(why)),
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

bool write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const auto n = write(fd, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

bool sync_folder(const fs::path& folder) {
    const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    const bool synced = fsync(fd) == 0;
    return close(fd) == 0 && synced;
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
    const auto fresh = fs::path{path.string() + fmt::format(".{}.new", getpid())};
    const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) throw unwritable(path, errno);
    const bool written = write_all(fd, document.text) && fsync(fd) == 0;
    const int why = errno;
    const bool closed = close(fd) == 0;
    if (!written || !closed || std::rename(fresh.c_str(), path.c_str()) != 0) {
        const int reason = written ? errno : why;
        unlink(fresh.c_str());
        throw unwritable(path, reason);
    }
    if (!sync_folder(path.has_parent_path() ? path.parent_path() : fs::path{"."})) throw unwritable(path, errno);
}

} // namespace passa::report
