// Escaping for what people open: HTML, CSV and plain text. The writer chooses once, by the kind of output, and
// everything that is not literal template text passes through.
#pragma once
#include <string>
#include <string_view>

namespace passa::render {

enum class Output { html, text };

std::string escape_html(std::string_view text);           // & < > " '
std::string escape(std::string_view text, Output output); // text: control characters shown, see printable()

} // namespace passa::render
