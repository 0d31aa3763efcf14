// The text form shows the source line with a caret where there is one.
#include "cli/out/problem.hpp"

#include "cli/out/wrap.hpp"
#include "lib/base/secret_seed.hpp"
#include "lib/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::cli::out {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t k_most_shown = 50;

std::string place_text(const passa::Place& place) {
    std::string out = fmt::format("  --> {}", printable(place.file, 300));
    if (place.line > 0) out += fmt::format(":{}:{}", place.line, place.column);
    out += "\n";
    if (place.source_line.empty()) return out;
    const auto number = std::to_string(place.line);
    const std::string gutter(number.size(), ' ');
    const auto column = static_cast<std::size_t>(std::max(place.column, 1) - 1);
    const auto before = printable(std::string_view{place.source_line}.substr(0, column), 300);
    out += fmt::format("{} |\n{} | {}\n{} | {}^", gutter, number, printable(place.source_line, 300), gutter,
                       std::string(display_width(before), ' '));
    return out + (place.note.empty() ? "\n" : fmt::format(" {}\n", printable(place.note, 300)));
}

// Under its beginning, when a person reads it.
std::string line_of(std::string_view lead, std::string_view text, const Terminal& terminal, std::size_t indent) {
    if (!terminal.stderr_is_tty) return fmt::format("{}{}\n", lead, text);
    return fmt::format("{}{}\n", lead, wrap_from(text, display_width(lead), indent, terminal.width));
}

} // namespace

// Bad input anywhere decides, unless what stands first says how far the work came, or that it may pass.
ExitCode exit_code_of(const Problems& problems) {
    const auto first = exit_code_for(problems.front().kind);
    if (first == ExitCode::partial || first == ExitCode::busy) return first;
    const bool bad_input = std::any_of(problems.begin(), problems.end(),
                                       [](const Problem& p) { return exit_code_for(p.kind) == ExitCode::usage; });
    return bad_input ? ExitCode::usage : first;
}

std::string problems_text(const Problems& problems, const Terminal& terminal) {
    std::string out;
    std::size_t shown = 0;
    for (const auto& p : problems) {
        if (shown++ == k_most_shown) break;
        const auto lead = fmt::format("error[{}]", p.code);
        const auto line = line_of(lead + ": ", printable(p.message, 600), terminal, 4);
        out += red(terminal, lead) + line.substr(lead.size());
        if (p.place) out += place_text(*p.place);
        for (const auto& frame : p.frames) out += fmt::format("  while {}\n", printable(frame, 200));
        if (!p.hint.empty()) out += line_of("  = try: ", printable(p.hint, 400), terminal, 9);
    }
    if (problems.size() > 1)
        out += fmt::format("{} errors{}\n", problems.size(),
                           problems.size() > k_most_shown ? fmt::format(", the first {} shown", k_most_shown) : "");
    return out;
}

std::string problems_json(const Problems& problems, ExitCode code) {
    Json list = Json::array();
    for (const auto& p : problems) {
        Json item{{"kind", kind_name(p.kind)},
                  {"code", p.code},
                  {"message", without_secret_seeds(p.message)},
                  {"hint", p.hint.empty() ? Json(nullptr) : Json(without_secret_seeds(p.hint))}};
        item["place"] = p.place ? Json{{"file", p.place->file}, {"line", p.place->line}, {"column", p.place->column}}
                                : Json(nullptr);
        item["facts"] = Json::object();
        for (const auto& [key, value] : p.facts) item["facts"][key] = without_secret_seeds(value);
        item["frames"] = Json::array();
        for (const auto& frame : p.frames) item["frames"].push_back(without_secret_seeds(frame));
        list.push_back(std::move(item));
    }
    const Json root{{"schema", "passa.error.v1"}, {"exit_code", static_cast<int>(code)}, {"problems", std::move(list)}};
    return root.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace passa::cli::out
