// open, write, fsync, rename or link, fsync of the folder: each is checked, for each can be the one that fails.
#include "lib/base/fresh_file.hpp"

#include "lib/base/bytes.hpp"
#include "lib/base/random.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passa {
namespace {

constexpr std::size_t k_block = std::size_t{64} * 1024;

[[noreturn]] void fail() { throw std::system_error{errno, std::generic_category()}; }

std::filesystem::path folder_of(const std::filesystem::path& place) {
    return place.has_parent_path() ? place.parent_path() : std::filesystem::path{"."};
}

std::filesystem::path fresh_name(const std::filesystem::path& place) {
    std::array<std::uint8_t, 8> bytes{};
    SystemRandom{}.fill(bytes);
    return folder_of(place) / fmt::format(".{}.{}.new", place.filename().string().substr(0, 200), to_hex(bytes));
}

} // namespace

FreshFile::FreshFile(std::filesystem::path place, unsigned mode)
    : m_place(std::move(place)), m_fresh(fresh_name(m_place)),
      m_fd(open(m_fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, static_cast<mode_t>(mode))) {
    if (m_fd < 0) fail();
}

FreshFile::~FreshFile() {
    if (m_fd >= 0) close(m_fd);
    if (!m_fresh.empty()) unlink(m_fresh.c_str());
}

void FreshFile::write(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() >= k_block) flush();
}

void FreshFile::flush() {
    for (std::string_view left = m_buffer; !left.empty();) {
        const auto n = ::write(m_fd, left.data(), left.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail();
        left.remove_prefix(static_cast<std::size_t>(n));
    }
    m_buffer.clear();
}

void FreshFile::sync() {
    flush();
    if (fsync(m_fd) != 0) fail();
    if (close(std::exchange(m_fd, -1)) != 0) fail();
}

void FreshFile::set_mode(unsigned mode) {
    if (fchmod(m_fd, static_cast<mode_t>(mode)) != 0) fail();
}

void FreshFile::replace() {
    sync();
    if (std::rename(m_fresh.c_str(), m_place.c_str()) != 0) fail();
    m_fresh.clear();
    sync_folder(folder_of(m_place));
}

bool FreshFile::claim() {
    sync();
    if (link(m_fresh.c_str(), m_place.c_str()) != 0) { // refuses an existing name, rename would replace it
        if (errno == EEXIST) return false;
        fail();
    }
    sync_folder(folder_of(m_place));
    return true;
}

void sync_folder(const std::filesystem::path& folder) {
    const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) fail();
    const int failed = fsync(fd);
    const int why = errno;
    close(fd);
    if (failed != 0) throw std::system_error{why, std::generic_category()};
}

} // namespace passa
