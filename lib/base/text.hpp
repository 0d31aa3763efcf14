// Small text laws used everywhere: trimming, splitting, UTF-8 validity, what a terminal may see, nearest names.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace passa {

std::string_view trim(std::string_view text);                                  // ASCII blanks
std::vector<std::string_view> split_at(std::string_view text, char separator); // "" gives one empty part
std::string join(std::span<const std::string> parts, std::string_view separator);
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; } // ASCII, whatever the locale
std::string to_lower(std::string_view text);                     // ASCII only
bool equals_ignoring_case(std::string_view a, std::string_view b);
bool is_utf8(std::string_view text); // no surrogates, no overlong forms, nothing above U+10FFFF

// Remote or user text for a terminal or log: control characters (C0, DEL, C1), bidi overrides and invalid UTF-8 become
// visible escapes such as \x1b; at most `limit` bytes, then an ellipsis. Line breaks are escaped too. A Stellar secret
// seed, typed in the wrong place, becomes S***.
std::string printable(std::string_view untrusted, std::size_t limit = 200);

// Terminal columns: combining marks take none, wide East Asian characters take two.
std::size_t display_width(std::string_view utf8);

std::size_t edit_distance(std::string_view a, std::string_view b); // insert, delete, replace, swap of neighbours
// Names within two edits (one for names of three characters or fewer), nearest first, at most five.
std::vector<std::string> nearest_names(std::string_view wanted, std::span<const std::string> known);

} // namespace passa
