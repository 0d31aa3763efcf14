// Reads the tables of cli/*/json.md: a heading names the command, a row begins with the field in backquotes.
#include "cli/spec/fields.hpp"

#include "json_docs.hpp"
#include "lib/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace passa::cli {
namespace {

Field read_row(std::string_view line) {
    const auto cells = split_at(line, '|'); // "", field, type, meaning, ""
    Field field{trim(cells.at(1)), trim(cells.at(2)), trim(cells.at(3))};
    field.path.remove_prefix(1); // the backquotes
    field.path.remove_suffix(1);
    if (field.path.ends_with('?')) {
        field.sometimes = true;
        field.path.remove_suffix(1);
    }
    return field;
}

bool fits(std::string_view declared, std::string_view shown) {
    const bool is_count = declared == "number" || declared == "seconds" || declared == "milliseconds";
    return shown.empty() || declared == shown || (shown == "number" && is_count);
}

std::string_view parent_of(std::string_view path) { // with its dot; empty: the root
    const auto dot = path.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot + 1);
}

} // namespace

std::optional<std::string> find_mismatch(const std::vector<Field>& fields, const std::vector<out::FieldPlace>& places) {
    for (const auto& place : places) {
        const auto field =
            std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.path == place.path; });
        if (field == fields.end()) return fmt::format("{} is not declared", place.path);
        if (!fits(field->type, place.type))
            return fmt::format("{} is declared as {} but is {}", place.path, field->type, place.type);
    }
    for (const auto& field : fields) {
        const auto parent = parent_of(field.path);
        const bool sibling =
            std::any_of(places.begin(), places.end(), [&](const auto& p) { return parent_of(p.path) == parent; });
        const bool shown =
            std::any_of(places.begin(), places.end(), [&](const auto& p) { return p.path == field.path; });
        if (sibling && !shown && !field.sometimes) return fmt::format("{} is missing", field.path);
    }
    return std::nullopt;
}

std::vector<Field> json_fields(std::string_view command) {
    std::vector<Field> fields;
    for (const auto& [name, text] : json_docs::k_files) {
        bool here = false;
        for (const auto line : split_at(text, '\n')) {
            if (line.starts_with("## ")) here = line.substr(3) == command;
            if (here && line.starts_with("| `")) fields.push_back(read_row(line));
        }
    }
    return fields;
}

std::string schema_name(std::string_view command) {
    auto name = fmt::format("passa.{}.v1", command);
    std::replace(name.begin(), name.end(), ' ', '.');
    return name;
}

} // namespace passa::cli
