// passa help errors: the generated list of codes (error_codes.md, kept by scripts/regen), for a terminal.
#include "cli/out/wrap.hpp"
#include "cli/spec/help.hpp"
#include "error_codes.hpp"
#include "lib/base/text.hpp"

namespace passa::cli {

std::string error_help(std::size_t width) {
    std::string text = out::wrap(
        "Every error has a code that scripts may rely on. {} stands for a name, a value or a reason.", 0, width);
    text += "\nCODE (EXIT) MESSAGE\n\n";
    for (const auto line : split_at(errors::k_files.front().second, '\n')) {
        const auto cells = split_at(line, '|');
        if (cells.size() < 6 || cells[1].starts_with("-") || trim(cells[1]) == "code") continue;
        const auto head = fmt::format("{} ({})", trim(cells[1]), trim(cells[2]));
        const auto says = trim(cells[4]);
        const bool fits = display_width(head) + 1 + display_width(says) <= width;
        text += fmt::format("{}{}{}\n", head, fits || says.empty() ? " " : "\n    ", out::wrap(says, 4, width));
    }
    return text;
}

} // namespace passa::cli
