// What `--json` prints, field by field: cli/<noun>/json.md says it, and is read by help, the manual pages and the check
// that every test build makes of what it prints.
#pragma once
#include "cli/out/shape.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passa::cli {

struct Field {
    std::string_view path; // items[].payouts[].amount
    std::string_view type; // text, number, seconds, milliseconds, amount, time, day, yes/no, object, list, json
    std::string_view meaning;
    bool sometimes = false; // absent from some results; written with a question mark
};

// Of the command with this path; empty when nothing is written.
std::vector<Field> json_fields(std::string_view command);

// What stands in a result and is not declared so, or is declared and missing; nothing when both agree.
std::optional<std::string> find_mismatch(const std::vector<Field>& fields, const std::vector<out::FieldPlace>& places);

std::string schema_name(std::string_view command); // passa.settlement.show.v1

} // namespace passa::cli
