// Open, look at the first bytes, read on.
#include "lib/table/text_file.hpp"

#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace passa::table {
namespace {

Error unreadable(const std::string& name, const char* why) {
    return Error{{Kind::invalid_input,
                  "table.file_unreadable",
                  fmt::format("cannot read {}: {}", printable(name), why),
                  "name a CSV or JSON lines file that you may read",
                  {},
                  {},
                  Place{name, 0, 0, {}, {}}}};
}

[[noreturn]] void refuse(const std::string& name, std::string code, std::string_view what, std::string hint) {
    throw Error{{Kind::invalid_input,
                 std::move(code),
                 fmt::format("{} {}", printable(name), what),
                 std::move(hint),
                 {},
                 {},
                 Place{name, 1, 1, "", ""}}};
}

std::size_t read_some(int fd, char* into, std::size_t most, const std::string& name) {
    for (;;) {
        const auto got = ::read(fd, into, most);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) throw unreadable(name, std::strerror(errno));
    }
}

} // namespace

TextFile::TextFile(const std::filesystem::path& path) : m_name(path.string()) {
    m_fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_fd < 0) throw unreadable(m_name, std::strerror(errno));
    struct stat info {};
    if (fstat(m_fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(m_fd);
        throw unreadable(m_name, "it is not a regular file");
    }
    m_size = info.st_size;
    std::array<char, 4> first{};
    const std::string_view head{first.data(), read_some(m_fd, first.data(), first.size(), m_name)};
    if (head.starts_with("\xEF\xBB\xBF")) m_start = 3;
    const auto guard = [&](bool bad, std::string code, std::string_view what, std::string hint) {
        if (!bad) return;
        close(m_fd);
        refuse(m_name, std::move(code), what, std::move(hint));
    };
    guard(m_size == m_start, "table.file_empty", "is empty",
          "export it again: a file without rows still has its header");
    guard(head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") ||
              (head.size() > 1 && (head[0] == 0) != (head[1] == 0)),
          "table.file_utf16", "is not UTF-8 but UTF-16",
          "save it as UTF-8, or: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv");
    guard(head.starts_with("PK\x03\x04"), "table.file_spreadsheet", "is a spreadsheet or archive, not text",
          "export or save it as CSV; of several sheets, each as a file of its own");
    guard(head.starts_with("\x1F\x8B"), "table.file_spreadsheet", "is a compressed archive, not text",
          "unpack it first: gunzip FILE");
    rewind();
}

TextFile::~TextFile() {
    if (m_fd >= 0) close(m_fd);
}

TextFile::TextFile(TextFile&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1)), m_size(other.m_size), m_start(other.m_start),
      m_name(std::move(other.m_name)) {}

std::size_t TextFile::read(char* into, std::size_t most) { return read_some(m_fd, into, most, m_name); }

void TextFile::rewind() {
    if (lseek(m_fd, m_start, SEEK_SET) < 0) throw unreadable(m_name, std::strerror(errno));
}

Hash256 sha256_of(const std::filesystem::path& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) throw unreadable(path.string(), std::strerror(errno));
    crypto::Sha256 hash;
    std::vector<char> piece(1 << 18);
    for (;;) {
        const auto got = ::read(fd, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            close(fd);
            throw unreadable(path.string(), std::strerror(errno));
        }
        if (got == 0) break;
        hash.update(as_bytes({piece.data(), static_cast<std::size_t>(got)}));
    }
    close(fd);
    return hash.finish();
}

} // namespace passa::table
