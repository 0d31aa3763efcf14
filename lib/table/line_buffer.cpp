// Move what is left to the front, read behind it.
#include "lib/table/line_buffer.hpp"

#include "lib/base/text.hpp"

#include <cstring>

namespace passa::table {

bool LineBuffer::fill(std::int64_t line) {
    const auto left = m_end - m_begin;
    if (left > k_longest_row)
        throw Error{{Kind::invalid_input,
                     "table.row_too_long",
                     fmt::format("the row on line {} is longer than {} KiB", line, k_longest_row / 1024),
                     "look for a quote that is not closed, or for a file without line breaks",
                     {},
                     {},
                     Place{m_file.name(), static_cast<int>(line), 1, "", ""}}};
    std::memmove(m_bytes.data(), m_bytes.data() + m_begin, left);
    m_begin = 0;
    m_end = left;
    const auto got = m_file.read(m_bytes.data() + m_end, m_bytes.size() - m_end);
    m_end += got;
    return got > 0;
}

bool is_ascii(std::string_view text) {
    std::uint64_t high = 0;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        high |= word;
    }
    for (; i < text.size(); ++i) high |= static_cast<std::uint8_t>(text[i]);
    return (high & 0x8080808080808080U) == 0;
}

void require_utf8(std::string_view raw, std::int64_t line, const std::string& file) {
    const auto nul = raw.find('\0');
    if (nul == std::string_view::npos && (is_ascii(raw) || is_utf8(raw))) return;
    std::size_t good = 0; // the longest valid beginning: valid ones differ from it by less than one character
    while (good < raw.size() && raw[good] != '\0') {
        std::size_t step = 1;
        while (step <= 4 && good + step <= raw.size() && !is_utf8(raw.substr(good, step))) ++step;
        if (step > 4 || good + step > raw.size()) break;
        if (raw[good] == '\n') ++line;
        good += step;
    }
    const auto line_start = raw.rfind('\n', good == 0 ? 0 : good - 1);
    const auto column = good - (line_start == std::string_view::npos || line_start >= good ? 0 : line_start + 1) + 1;
    const bool is_nul = good < raw.size() && raw[good] == '\0';
    throw Error{{Kind::invalid_input,
                 "table.encoding",
                 fmt::format("line {} {} at byte {} of the line", line,
                             is_nul ? "holds a NUL, which no text does," : "is not UTF-8", column),
                 is_nul ? "the file is damaged or not a text: export it again"
                        : "save the file as UTF-8, or: iconv -f WINDOWS-1252 -t UTF-8 FILE > FILE.utf8.csv",
                 {},
                 {},
                 Place{file, static_cast<int>(line), static_cast<int>(column), printable(raw, 120), ""}}};
}

} // namespace passa::table
