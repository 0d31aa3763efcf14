// Spreadsheets as exports write them (Office Open XML): a sheet is read as the lines of a CSV with commas, one line a
// row whatever a cell holds, numbers as they are and dates with the year first. Several sheets are told apart by their
// names: "book.xlsx#Orders".
#pragma once
#include "lib/table/byte_source.hpp"

#include <vector>

namespace passa::table {

struct SheetPath {
    std::filesystem::path file;
    std::string sheet; // empty: the only one
};
// A '#' that is part of a file's name does not count.
SheetPath split_sheet(const std::filesystem::path& path);

// As paths, hidden ones left out; the path itself when it is no workbook, names a sheet or has a single one.
// Errors table.workbook, table.file_unreadable.
std::vector<std::filesystem::path> sheets_of(const std::filesystem::path& path);

// Errors table.workbook, table.file_spreadsheet.
std::unique_ptr<ByteSource> open_sheet(const SheetPath& path);

} // namespace passa::table
