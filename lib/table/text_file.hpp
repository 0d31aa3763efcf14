// One input file, read once from front to back in pieces of bounded size. What is plainly not text that passa reads
// (UTF-16, a spreadsheet, a folder) is refused at the door, with what to do about it.
#pragma once
#include "lib/base/bytes.hpp"

#include <filesystem>
#include <string>

namespace passa::table {

inline constexpr std::size_t k_longest_row = 1 << 20;

class TextFile {
public:
    // Errors table.file_unreadable, table.file_empty, table.file_utf16, table.file_spreadsheet.
    explicit TextFile(const std::filesystem::path& path);
    ~TextFile();
    TextFile(TextFile&& other) noexcept;
    TextFile& operator=(TextFile&&) = delete;
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;

    std::size_t read(char* into, std::size_t most); // 0 at the end
    void rewind();                                  // to the first byte after a byte order mark
    [[nodiscard]] std::int64_t size() const { return m_size; }
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    int m_fd = -1;
    std::int64_t m_size = 0;
    std::int64_t m_start = 0;
    std::string m_name;
};

Hash256 sha256_of(const std::filesystem::path& path); // in pieces; error table.file_unreadable

} // namespace passa::table
