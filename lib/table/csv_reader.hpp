// CSV as exports write it (RFC 4180 and its dialects): any one-byte delimiter, CRLF, LF or CR, line breaks and doubled
// quotes inside quotes. Streams: memory is bounded by the longest row. Blank lines are skipped.
#pragma once
#include "lib/table/line_buffer.hpp"
#include "lib/table/record.hpp"

namespace passa::table {

class CsvReader final : public RecordReader {
public:
    // Reads on from the file's first byte.
    CsvReader(TextFile& file, char delimiter);
    // Errors table.csv_quote, table.row_too_long, table.field_too_long, table.too_many_columns, table.encoding.
    bool next(Record& record) override;

private:
    enum class Scan : std::uint8_t { complete, needs_more };
    Scan scan(bool at_end);
    std::size_t scan_quoted(std::string_view text, std::size_t at, bool at_end);
    void add_field(std::string_view field);
    [[noreturn]] void fail(std::string code, const std::string& what, std::size_t at) const;

    LineBuffer m_buffer;
    std::string m_file_name;
    char m_delimiter;
    std::int64_t m_line = 1; // of the next record
    std::int64_t m_breaks = 0;
    std::size_t m_length = 0; // of the record scanned last, and of its line break
    std::size_t m_break_length = 0;
    std::vector<std::string_view> m_fields;
    std::string m_unescaped; // room for fields with doubled quotes; never grows while a record is in use
};

} // namespace passa::table
