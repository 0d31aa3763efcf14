// Open, look at the first bytes, read on.
#include "lib/table/text_file.hpp"

#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/table/workbook.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace passa::table {
namespace {

// A file that is not there, or may not be read, is a matter of who named it; a disk that fails in the middle is not.
Error unreadable(const std::string& name, const char* why, Kind kind = Kind::invalid_input) {
    return Error{{kind,
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

class PlainFile final : public ByteSource {
public:
    explicit PlainFile(const std::filesystem::path& path) : m_name(path.string()) {
        m_fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (m_fd < 0) throw unreadable(m_name, std::strerror(errno));
        struct stat info {};
        if (fstat(m_fd, &info) != 0 || !S_ISREG(info.st_mode)) {
            close(m_fd);
            throw unreadable(m_name, "it is not a regular file");
        }
        m_size = info.st_size;
    }
    ~PlainFile() override { close(m_fd); }
    PlainFile(const PlainFile&) = delete;
    PlainFile& operator=(const PlainFile&) = delete;

    std::size_t read(char* into, std::size_t most) override {
        for (;;) {
            const auto got = ::read(m_fd, into, most);
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno != EINTR) throw unreadable(m_name, std::strerror(errno), Kind::unavailable);
        }
    }
    void restart() override {
        if (lseek(m_fd, 0, SEEK_SET) < 0) throw unreadable(m_name, std::strerror(errno));
    }
    [[nodiscard]] std::int64_t size() const override { return m_size; }

private:
    int m_fd = -1;
    std::int64_t m_size = 0;
    std::string m_name;
};

// The first bytes; the source stands at its start again.
std::string head_of(ByteSource& source) {
    std::string head(8, '\0');
    std::size_t size = 0;
    while (size < head.size()) {
        const auto got = source.read(head.data() + size, head.size() - size);
        if (got == 0) break;
        size += got;
    }
    source.restart();
    head.resize(size);
    return head;
}

constexpr std::string_view k_gzip = "\x1F\x8B";
constexpr std::string_view k_zip = "PK\x03\x04";
constexpr std::string_view k_mark = "\xEF\xBB\xBF";

void require_text(const std::string& name, std::string_view head) {
    if (head.empty() || head == k_mark)
        refuse(name, "table.file_empty", "is empty", "export it again: a file without rows still has its header");
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") ||
        (head.size() > 1 && (head[0] == 0) != (head[1] == 0)))
        refuse(name, "table.file_utf16", "is not UTF-8 but UTF-16",
               "save it as UTF-8, or: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv");
    if (head.starts_with(k_zip))
        refuse(name, "table.file_spreadsheet", "is a spreadsheet or archive, not text",
               "export or save it as CSV; of several sheets, each as a file of its own");
    if (head.starts_with("\xD0\xCF\x11\xE0"))
        refuse(name, "table.file_spreadsheet", "is an old or a protected spreadsheet, not text",
               "open it and save it as CSV, without a password");
}

} // namespace

std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path) { return std::make_unique<PlainFile>(path); }

TextFile::TextFile(const std::filesystem::path& path, Packed packed) : m_name(path.string()) {
    const auto where = split_sheet(path);
    m_source = open_file(where.file);
    auto head = head_of(*m_source);
    const bool is_packed = head.starts_with(k_gzip);
    if (is_packed && packed == Packed::unpack) {
        m_source = open_gzip(std::move(m_source), m_name);
        head = head_of(*m_source);
    }
    m_is_sheet = packed == Packed::unpack && !is_packed && head.starts_with(k_zip);
    if (m_is_sheet) {
        m_source = open_sheet(where);
        head = head_of(*m_source);
    } else if (!where.sheet.empty()) {
        throw unreadable(m_name, "only a workbook has sheets");
    }
    if (head.starts_with(k_gzip))
        refuse(m_name, "table.file_spreadsheet",
               is_packed && packed == Packed::unpack ? "is packed twice" : "is a compressed archive, not text",
               "unpack it first: gunzip FILE");
    require_text(m_name, head);
    if (head.starts_with(k_mark)) m_mark = k_mark.size();
    rewind();
}

std::size_t TextFile::read(char* into, std::size_t most) { return m_source->read(into, most); }

void TextFile::rewind() {
    m_source->restart();
    std::array<char, k_mark.size()> mark{};
    for (std::size_t left = m_mark; left > 0;) left -= m_source->read(mark.data(), left);
}

// Two sheets of a workbook are two files.
Hash256 sha256_of(const std::filesystem::path& path) {
    const auto where = split_sheet(path);
    const auto file = open_file(where.file);
    crypto::Sha256 hash;
    std::vector<char> piece(1 << 18);
    for (std::size_t got = 0; (got = file->read(piece.data(), piece.size())) > 0;)
        hash.update(as_bytes({piece.data(), got}));
    if (!where.sheet.empty()) hash.update(as_bytes("#" + where.sheet));
    return hash.finish();
}

} // namespace passa::table
