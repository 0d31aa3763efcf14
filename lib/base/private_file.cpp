// Read in one piece, up to a limit.
#include "lib/base/private_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace passa {
namespace {

constexpr std::size_t k_largest_file = 16U << 10U;

class OpenFile {
public:
    explicit OpenFile(const std::filesystem::path& file)
        : m_fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}
    ~OpenFile() {
        if (m_fd >= 0) close(m_fd);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    [[nodiscard]] int fd() const { return m_fd; }

private:
    int m_fd;
};

std::optional<Unreadable> find_exposure(int fd, const std::filesystem::path& file) {
    struct stat status {};
    if (fstat(fd, &status) != 0) return Unreadable{std::strerror(errno), ""};
    if (!S_ISREG(status.st_mode)) return Unreadable{"it is not a file", ""};
    if ((status.st_mode & 077U) != 0)
        return Unreadable{"others can read it", fmt::format("chmod 600 {}", file.string())};
    if (status.st_uid != geteuid() && status.st_uid != 0) return Unreadable{"it belongs to somebody else", ""};
    return std::nullopt;
}

} // namespace

std::variant<Secret, Unreadable> read_private_file(const std::filesystem::path& file) {
    const OpenFile opened{file};
    if (opened.fd() < 0) return Unreadable{std::strerror(errno), ""};
    if (auto exposure = find_exposure(opened.fd(), file)) return std::move(*exposure);
    Secret text{k_largest_file};
    std::size_t n = 0;
    while (n < text.size()) {
        const auto got = read(opened.fd(), text.reveal().data() + n, text.size() - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return Unreadable{std::strerror(errno), ""};
        if (got == 0) return Secret::take(text.reveal().first(n));
        n += static_cast<std::size_t>(got);
    }
    return Unreadable{"it is larger than 16 KiB", ""};
}

} // namespace passa
