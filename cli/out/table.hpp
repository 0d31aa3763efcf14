// Tables: aligned for people on a terminal, tab separated and unshortened for pipes.
#pragma once
#include "cli/out/terminal.hpp"
#include "cli/out/value.hpp"

#include <vector>

namespace passa::cli::out {

struct Column {
    std::string key;   // of the records
    std::string title; // as shown
};

std::string cell(const Value& value, const Terminal& terminal);
std::string table(const std::vector<Column>& columns, const Records& records, const Terminal& terminal);
// With a header line; all scalar fields of the records. Text that a spreadsheet would run is disarmed.
std::string csv(const std::vector<Column>& columns, const Records& records);
std::string fields(const Record& record, const Terminal& terminal); // "key: value" lines; nested lists follow as tables

} // namespace passa::cli::out
