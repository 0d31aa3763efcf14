// open, write, fsync, rename or link, fsync of the folder: each is checked, for each can be the one that fails.
#include "lib/base/fresh_file.hpp"

#include "lib/base/bytes.hpp"
#include "lib/base/random.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passa {
namespace {

constexpr std::string_view k_behind = ".new";
constexpr std::size_t k_random_bytes = 8;
constexpr std::size_t k_block = std::size_t{64} * 1024;

[[noreturn]] void fail(const std::filesystem::path& file) {
    throw std::filesystem::filesystem_error{"cannot write", file, std::error_code{errno, std::generic_category()}};
}

std::filesystem::path folder_of(const std::filesystem::path& place) {
    return place.has_parent_path() ? place.parent_path() : std::filesystem::path{"."};
}

std::filesystem::path fresh_name(const std::filesystem::path& place) {
    std::array<std::uint8_t, k_random_bytes> bytes{};
    SystemRandom{}.fill(bytes);
    return folder_of(place) /
           fmt::format(".{}.{}{}", place.filename().string().substr(0, 200), to_hex(bytes), k_behind);
}

bool is_fresh_name(std::string_view name) {
    if (!name.starts_with('.') || !name.ends_with(k_behind)) return false;
    name.remove_suffix(k_behind.size());
    const auto dot = name.rfind('.');
    const auto random = name.substr(dot + 1);
    return dot > 0 && random.size() == 2 * k_random_bytes &&
           random.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// False: somebody takes it for what a killed one left, and takes it away.
bool hold(int fd) {
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) return errno != EWOULDBLOCK; // or there are no locks here
    struct stat info {};
    return fstat(fd, &info) == 0 && info.st_nlink > 0;
}

bool clear_if_left(const std::filesystem::path& file) {
    const int fd = open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return false;
    struct stat info {};
    const bool left = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && flock(fd, LOCK_EX | LOCK_NB) == 0;
    const bool gone = left && unlink(file.c_str()) == 0;
    close(fd);
    return gone;
}

} // namespace

FreshFile::FreshFile(std::filesystem::path place, unsigned mode) : m_place(std::move(place)) {
    do begin(mode);
    while (m_fd < 0);
}

void FreshFile::begin(unsigned mode) {
    const auto fresh = fresh_name(m_place);
    const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, static_cast<mode_t>(mode));
    if (fd < 0) fail(m_place);
    if (!hold(fd)) return static_cast<void>(close(fd));
    m_fresh = fresh;
    m_fd = fd;
}

FreshFile::~FreshFile() {
    if (!m_fresh.empty()) unlink(m_fresh.c_str());
    for (const int fd : {m_fd, m_held})
        if (fd >= 0) close(fd);
}

void FreshFile::write(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() >= k_block) flush();
}

void FreshFile::flush() {
    for (std::string_view left = m_buffer; !left.empty();) {
        const auto n = ::write(m_fd, left.data(), left.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail(m_place);
        left.remove_prefix(static_cast<std::size_t>(n));
    }
    m_buffer.clear();
}

void FreshFile::sync() {
    flush();
    if (fsync(m_fd) != 0) fail(m_place);
    m_held = fcntl(m_fd, F_DUPFD_CLOEXEC, 0);
    if (m_held < 0) fail(m_place);
    if (close(std::exchange(m_fd, -1)) != 0) fail(m_place);
}

void FreshFile::set_mode(unsigned mode) {
    if (fchmod(m_fd, static_cast<mode_t>(mode)) != 0) fail(m_place);
}

void FreshFile::replace() {
    sync();
    if (std::rename(m_fresh.c_str(), m_place.c_str()) != 0) fail(m_place);
    m_fresh.clear();
    sync_folder(folder_of(m_place));
}

bool FreshFile::claim() {
    sync();
    if (link(m_fresh.c_str(), m_place.c_str()) != 0) { // refuses an existing name, rename would replace it
        if (errno == EEXIST) return false;
        fail(m_place);
    }
    sync_folder(folder_of(m_place));
    return true;
}

int clear_unfinished(const std::filesystem::path& folder) {
    int cleared = 0;
    std::error_code unreadable; // writing there says so
    for (std::filesystem::directory_iterator at{folder, unreadable}, end; !unreadable && at != end;
         at.increment(unreadable))
        if (is_fresh_name(at->path().filename().string()) && clear_if_left(at->path())) ++cleared;
    return cleared;
}

void sync_folder(const std::filesystem::path& folder) {
    const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) fail(folder);
    const int failed = fsync(fd);
    const int why = errno;
    close(fd);
    errno = why;
    if (failed != 0) fail(folder);
}

} // namespace passa
