// One field at a time.
#include "lib/render/csv.hpp"

#include <algorithm>

namespace passa::render {
namespace {

bool is_plain_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

bool would_run(std::string_view text) {
    constexpr std::string_view openers = "=+-@\t\r";
    return !text.empty() && openers.find(text.front()) != std::string_view::npos && !is_plain_number(text);
}

} // namespace

std::string csv_field(std::string_view text) {
    std::string plain = would_run(text) ? "'" + std::string{text} : std::string{text};
    if (plain.find_first_of(",\"\r\n") == std::string::npos) return plain;
    std::string quoted = "\"";
    for (const char c : plain) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

std::string csv_row(std::span<const std::string> fields) {
    std::string row;
    for (const auto& field : fields) {
        if (!row.empty() || &field != fields.data()) row += ',';
        row += csv_field(field);
    }
    return row + "\r\n";
}

} // namespace passa::render
