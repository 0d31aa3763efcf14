// Greedy, by display columns.
#include "cli/out/wrap.hpp"

#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::cli::out {

std::string wrap_from(std::string_view text, std::size_t column, std::size_t indent, std::size_t width) {
    std::string out;
    bool is_first = true;
    for (const auto word : split_at(text, ' ')) {
        const bool fits = column + (is_first ? 0 : 1) + display_width(word) <= width;
        if (!fits && column > indent) {
            out += "\n" + std::string(indent, ' ');
            column = indent;
        } else if (!is_first) {
            out += ' ';
            ++column;
        }
        out += word;
        column += display_width(word);
        is_first = false;
    }
    return out;
}

std::string wrap_lines(std::string_view text, std::size_t width) {
    std::string out;
    bool is_first = true;
    for (const auto line : split_at(text, '\n')) {
        const auto indent = std::min(line.find_first_not_of(' '), line.size());
        if (!is_first) out += '\n';
        is_first = false;
        out += line.substr(0, indent);
        out +=
            display_width(line) <= width ? std::string{line.substr(indent)} : wrap(line.substr(indent), indent, width);
    }
    return out;
}

} // namespace passa::cli::out
