// Which file of the profile this is, and where its columns are: found from the header, whatever the delimiter, and
// never by position.
#pragma once
#include "lib/sale/profile.hpp"
#include "lib/table/record.hpp"
#include "lib/table/text_file.hpp"

namespace passa::sale {

struct Layout {
    const FileShape* shape = nullptr; // of the profile, which must outlive this
    char delimiter = ',';
    std::int64_t header_line = 0;    // 0: there is none (JSON)
    std::vector<std::string> header; // as found
    std::string raw_header;
    std::array<int, k_columns> at{};                   // -1: not in this file
    std::array<std::vector<int>, k_columns> otherwise; // asked in turn where `at` is empty
    std::vector<std::string> names;                    // JSON: what the reader is asked for
    std::vector<int> rule_at;                          // of the profile's rules, their columns; -1: not in this file
    Dialect dialect;                                   // the profile's, or after survey() what the file shows

    [[nodiscard]] int of(Column column) const { return at[static_cast<std::size_t>(column)]; }
    [[nodiscard]] bool has(Column column) const { return of(column) >= 0; }
    // The first of the column's headers that is filled in, trimmed.
    [[nodiscard]] std::string_view field(const table::Record& record, Column column) const;
    [[nodiscard]] std::string_view header_of(Column column) const; // empty: not in this file
};

// Errors sale.header (with what is missing and the nearest names), sale.header_twice, sale.delimiter,
// sale.other_export.
Layout recognise(table::TextFile& file, const Profile& profile);

// The header of a file that no profile knows: of its first lines the first one with the most columns.
struct HeaderGuess {
    std::vector<std::string> fields;
    char delimiter = ',';
    std::int64_t line = 1;
    int above = 0; // lines that are not blank
};
HeaderGuess guess_header(table::TextFile& file); // error sale.no_header

// A reader that stands in front of the first row behind the header.
std::unique_ptr<table::RecordReader> open_rows(table::TextFile& file, const Layout& layout);

} // namespace passa::sale
