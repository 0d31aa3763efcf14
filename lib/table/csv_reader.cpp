// A scan over the window; when the record is not complete yet, more is read and the scan starts over.
#include "lib/table/csv_reader.hpp"

#include "lib/base/text.hpp"

namespace passa::table {
namespace {
constexpr std::size_t k_incomplete = std::string_view::npos;
}

CsvReader::CsvReader(TextFile& file, char delimiter)
    : m_buffer(file), m_file_name(file.name()), m_delimiter(delimiter) {
    file.rewind();
    m_unescaped.reserve(2 * k_longest_row); // more than the window holds
}

void CsvReader::fail(std::string code, const std::string& what, std::size_t at) const {
    throw Error{{Kind::invalid_input,
                 std::move(code),
                 fmt::format("the row on line {} {}", m_line, what),
                 "mend the row, or export the file again",
                 {},
                 {},
                 Place{m_file_name, static_cast<int>(m_line), static_cast<int>(at) + 1,
                       printable(m_buffer.window().substr(0, 120), 120), ""}}};
}

void CsvReader::add_field(std::string_view field) {
    if (field.size() > k_longest_field)
        fail("table.field_too_long", fmt::format("has a field longer than {} KiB", k_longest_field / 1024), 0);
    if (m_fields.size() == k_most_columns)
        fail("table.too_many_columns", fmt::format("has more than {} columns", k_most_columns), 0);
    m_fields.push_back(field);
}

// `at` is behind the opening quote; returns the place behind the closing one.
std::size_t CsvReader::scan_quoted(std::string_view text, std::size_t at, bool at_end) {
    const auto start = at;
    const auto kept = m_unescaped.size();
    bool doubled = false;
    auto from = start;
    for (;;) {
        const auto quote = text.find('"', at);
        if (quote == std::string_view::npos || (quote + 1 == text.size() && !at_end)) {
            if (at_end) fail("table.csv_quote", "opens a quote that is never closed", start - 1);
            return k_incomplete;
        }
        for (std::size_t i = at; i < quote; ++i) m_breaks += text[i] == '\n' ? 1 : 0;
        if (quote + 1 < text.size() && text[quote + 1] == '"') {
            m_unescaped.append(text.substr(from, quote + 1 - from));
            doubled = true;
            at = from = quote + 2;
            continue;
        }
        if (doubled) m_unescaped.append(text.substr(from, quote - from));
        add_field(doubled ? std::string_view{m_unescaped}.substr(kept) : text.substr(start, quote - start));
        return quote + 1;
    }
}

CsvReader::Scan CsvReader::scan(bool at_end) {
    const auto text = m_buffer.window();
    m_fields.clear();
    m_unescaped.clear();
    m_breaks = 0;
    std::size_t at = 0;
    for (;;) {
        if (at < text.size() && text[at] == '"') {
            at = scan_quoted(text, at + 1, at_end);
            if (at == k_incomplete) return Scan::needs_more;
            if (at < text.size() && text[at] != m_delimiter && text[at] != '\n' && text[at] != '\r')
                fail("table.csv_quote", fmt::format("has text behind a closing quote, at byte {}", at + 1), at);
        } else {
            const auto start = at;
            while (at < text.size() && text[at] != m_delimiter && text[at] != '\n' && text[at] != '\r') ++at;
            if (at < text.size() || at_end) add_field(text.substr(start, at - start));
        }
        if (at >= text.size()) {
            m_length = text.size();
            m_break_length = 0;
            return at_end ? Scan::complete : Scan::needs_more;
        }
        if (text[at] == m_delimiter) {
            ++at;
            continue;
        }
        if (text[at] == '\r' && at + 1 == text.size() && !at_end) return Scan::needs_more;
        m_length = at;
        m_break_length = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
        return Scan::complete;
    }
}

bool CsvReader::next(Record& record) {
    for (;;) {
        m_buffer.consume(m_length + m_break_length);
        m_length = m_break_length = 0;
        bool at_end = false;
        for (;;) {
            if (m_buffer.window().empty() && !at_end && !m_buffer.fill(m_line)) return false;
            if (scan(at_end) == Scan::complete) break;
            at_end = !m_buffer.fill(m_line);
        }
        record.line = m_line;
        record.raw = m_buffer.window().substr(0, m_length);
        require_utf8(record.raw, m_line, m_file_name);
        m_line += m_breaks + 1;
        if (m_length > k_longest_row) fail("table.row_too_long", "is longer than 1 MiB", 0);
        if (m_fields.size() == 1 && trim(m_fields.front()).empty() && record.raw.find('"') == std::string_view::npos)
            continue; // a blank line
        record.fields = m_fields;
        return true;
    }
}

} // namespace passa::table
