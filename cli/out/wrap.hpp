// Prose at the width of a terminal. Words are never cut: what is longer than a line stands on one of its own.
#pragma once
#include <string>
#include <string_view>

namespace passa::cli::out {

// What follows on a line whose first `column` columns are taken, the further lines indented by `indent`.
std::string wrap_from(std::string_view text, std::size_t column, std::size_t indent, std::size_t width);

// The same where the first line begins at the indent.
inline std::string wrap(std::string_view text, std::size_t indent, std::size_t width) {
    return wrap_from(text, indent, indent, width);
}

// Every line that is too long, under its own indent.
std::string wrap_lines(std::string_view text, std::size_t width);

} // namespace passa::cli::out
