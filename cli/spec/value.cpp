// The parsers that are more than one call.
#include "cli/spec/value.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <charconv>

namespace passa::cli {

Result<std::size_t> find_choice(const std::string& text, const std::vector<std::string>& choices) {
    if (const auto it = std::find(choices.begin(), choices.end(), text); it != choices.end())
        return static_cast<std::size_t>(it - choices.begin());
    const auto near = nearest_names(text, choices);
    return Problem{Kind::usage, "cli.choice", fmt::format("'{}' is not a valid value", printable(text, 40)),
                   near.empty() ? fmt::format("choose one of: {}", join(choices, ", "))
                                : fmt::format("did you mean {}?", join(near, " or "))};
}

Problem with_source(Problem problem, std::string_view prefix) {
    constexpr std::pair<std::string_view, std::string_view> k_sources[] = {
        {"bat", "passa payout list"}, {"pay", "passa payout show BATCH"}, {"set", "passa settlement list"},
        {"brk", "passa recon list"},  {"rec", "passa recon list --runs"}, {"sal", "passa sale list --event NAME"}};
    for (const auto& [kind, command] : k_sources)
        if (kind == prefix) problem.hint += fmt::format("; see them with: {}", command);
    return problem;
}

Result<std::filesystem::path> ValueParser<std::filesystem::path>::parse(const std::string& text) {
    if (!text.empty()) return std::filesystem::path{text};
    return Problem{Kind::usage, "cli.empty", "the path is empty", "name a file or folder; . is the current folder"};
}

Result<std::int64_t> ValueParser<std::int64_t>::parse(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return Problem{Kind::usage, "cli.number", fmt::format("'{}' is not a whole number", printable(text, 40)),
                       "write digits only, such as 200"};
    return value;
}

Result<RowLimit> ValueParser<RowLimit>::parse(const std::string& text) {
    const auto rows = parse_value<std::int64_t>(text);
    if (!rows) return rows.problems();
    if (*rows >= 1 && *rows <= RowLimit::k_most) return RowLimit{*rows};
    return Problem{Kind::usage, "cli.limit", fmt::format("{} is not from 1 to {}", *rows, RowLimit::k_most),
                   "write how many rows to show at most, such as 100"};
}

} // namespace passa::cli
