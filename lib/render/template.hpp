// Documents from templates: {{name}} is a value, escaped for the kind of output; {{&name}} is a value that is already
// in that form (an SVG made by us); {{#name}}…{{/name}} repeats for each item of a list, or stands if a flag is true;
// {{^name}}…{{/name}} stands when the list is empty or the flag false. Inside a section names are looked up in the item
// first, then outwards. No logic, no includes. A name that is nowhere is an error, so that a report cannot silently
// lack a figure.
#pragma once
#include "lib/base/result.hpp"
#include "lib/render/escape.hpp"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace passa::render {

struct Node;
using Fields = std::map<std::string, Node, std::less<>>;
using List = std::vector<Fields>;

struct Node {
    std::variant<std::string, bool, List> value;
    Node(std::string text) : value(std::move(text)) {}
    Node(const char* text) : value(std::string{text}) {}
    Node(bool flag) : value(flag) {}
    Node(List list) : value(std::move(list)) {}
};

// Errors render.unknown_name, render.unclosed, render.wrong_type, each with the line of the template.
Result<std::string> render(std::string_view text, const Fields& fields, Output output);

} // namespace passa::render
