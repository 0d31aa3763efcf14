// A window over a file: grows to at most one row of the longest length, so a file of one endless line fails early and
// cheaply.
#pragma once
#include "lib/table/text_file.hpp"

#include <vector>

namespace passa::table {

class LineBuffer {
public:
    explicit LineBuffer(TextFile& file) : m_file(file), m_bytes(k_longest_row + k_piece) {}

    [[nodiscard]] std::string_view window() const { return {m_bytes.data() + m_begin, m_end - m_begin}; }
    void consume(std::size_t count) { m_begin += count; }
    // More bytes behind the window; false at the end of the file. Error table.row_too_long, named by `line`.
    bool fill(std::int64_t line);

private:
    static constexpr std::size_t k_piece = std::size_t{256} * 1024;
    TextFile& m_file;
    std::vector<char> m_bytes;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

bool is_ascii(std::string_view text);
// Error table.encoding with line and column when `raw`, which begins on `line`, is not UTF-8 or holds a NUL.
void require_utf8(std::string_view raw, std::int64_t line, const std::string& file);

} // namespace passa::table
