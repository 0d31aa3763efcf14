// What a cell's number says, as text: plain decimals or a date. Digits alone are moved, nothing is computed in floats.
#pragma once
#include <string>
#include <string_view>

namespace passa::table {

// "97.099999999999994" is 97.1: a workbook stores doubles, of which fifteen digits are meant. What is no number stays.
std::string number_text(std::string_view value, char decimal);

// Days since 1900 (or 1904) as "2026-01-10 19:30:00", "2026-01-10" or "19:30:00"; what no date can be stays a number.
std::string date_text(std::string_view value, bool since_1904);

// Whether a number under this format is shown as a date or time.
bool is_date_format(std::size_t id, std::string_view code);

// A whole number of the file's own structure, such as an index; `otherwise` for what is none.
std::size_t number_of(std::string_view text, std::size_t otherwise);

} // namespace passa::table
