// A table for a screen: it takes what width there is. Columns go in the order of their ranks, words are cut, numbers
// never are.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace passa::cli::top {

enum class Tone : std::uint8_t { plain, head, loud }; // loud: a person should look

struct Line {
    std::string text; // at most as wide as asked for; nothing that a terminal obeys
    Tone tone = Tone::plain;
    friend bool operator==(const Line&, const Line&) = default;
};
using Lines = std::vector<Line>;

struct Column {
    std::string_view title;
    int rank = 0;          // the highest goes first; 0 stays
    std::size_t least = 0; // words may be cut to this many columns; 0: a number, to the right and whole
};

struct Row {
    std::vector<std::string> cells; // as they came: panels make them printable
    Tone tone = Tone::plain;
};

struct Panel {
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::string_view none; // said where there are no rows
};

Lines lines_of(const Panel& panel, std::size_t width);

// At most so many terminal columns, the last of them an ellipsis where something is left out.
std::string cut(const std::string& text, std::size_t width);

} // namespace passa::cli::top
