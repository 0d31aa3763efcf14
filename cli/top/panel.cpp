// First it is decided which columns stay, then how wide they are.
#include "cli/top/panel.hpp"

#include "lib/base/text.hpp"

#include <algorithm>

namespace passa::cli::top {
namespace {

constexpr std::size_t k_gap = 2;            // between columns
constexpr std::size_t k_longest_cell = 400; // bytes of remote text

struct Fit {
    std::size_t at = 0; // which column
    std::size_t width = 0;
    std::size_t least = 0;
    int rank = 0;
    bool is_number = false;
};

std::size_t sum(const std::vector<Fit>& fits, std::size_t Fit::*part) {
    std::size_t total = fits.empty() ? 0 : (fits.size() - 1) * k_gap;
    for (const auto& fit : fits) total += fit.*part;
    return total;
}

std::vector<Fit> natural(const Panel& panel, const std::vector<Row>& rows) {
    std::vector<Fit> fits;
    for (std::size_t i = 0; i < panel.columns.size(); ++i) {
        const auto& column = panel.columns[i];
        Fit fit{i, display_width(column.title), 0, column.rank, column.least == 0};
        for (const auto& row : rows) fit.width = std::max(fit.width, display_width(row.cells[i]));
        fit.least =
            fit.is_number ? fit.width : std::min(fit.width, std::max(column.least, display_width(column.title)));
        fits.push_back(fit);
    }
    return fits;
}

void drop_columns(std::vector<Fit>& fits, std::size_t width) {
    while (sum(fits, &Fit::least) > width) {
        const auto last =
            std::max_element(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) { return a.rank < b.rank; });
        if (last == fits.end() || last->rank == 0) return; // cut where the line ends
        fits.erase(last);
    }
}

void squeeze(std::vector<Fit>& fits, std::size_t width) {
    while (sum(fits, &Fit::width) > width) {
        Fit* widest = nullptr;
        for (auto& fit : fits)
            if (fit.width > fit.least && (widest == nullptr || fit.width > widest->width)) widest = &fit;
        if (widest == nullptr) return;
        --widest->width;
    }
}

std::string text_of(const std::vector<std::string>& cells, const std::vector<Fit>& fits, std::size_t width) {
    std::string line;
    for (const auto& fit : fits) {
        const auto text = cut(cells[fit.at], fit.width);
        const std::string blanks(fit.width - display_width(text), ' ');
        line += (&fit == fits.data() ? "" : std::string(k_gap, ' ')) + (fit.is_number ? blanks + text : text + blanks);
    }
    while (line.ends_with(' ')) line.pop_back();
    return cut(line, width);
}

} // namespace

std::string cut(const std::string& text, std::size_t width) {
    if (display_width(text) <= width) return text;
    if (width == 0) return "";
    std::string out;
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t next = at + 1;
        while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xc0U) == 0x80U) ++next;
        const auto mark = text.substr(at, next - at);
        if (used + display_width(mark) > width - 1) break;
        used += display_width(mark);
        out += mark;
        at = next;
    }
    return out + "…";
}

Lines lines_of(const Panel& panel, std::size_t width) {
    if (panel.rows.empty()) return {{cut(std::string{panel.none}, width), Tone::plain}};
    auto rows = panel.rows;
    for (auto& row : rows)
        for (auto& each : row.cells) each = printable(each, k_longest_cell);
    auto fits = natural(panel, rows);
    drop_columns(fits, width);
    squeeze(fits, width);
    std::vector<std::string> titles;
    for (const auto& column : panel.columns) titles.emplace_back(column.title);
    Lines lines{{text_of(titles, fits, width), Tone::head}};
    for (const auto& row : rows) lines.push_back({text_of(row.cells, fits, width), row.tone});
    return lines;
}

} // namespace passa::cli::top
