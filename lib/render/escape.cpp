// Five characters decide whether a name is text or a tag.
#include "lib/render/escape.hpp"

#include "lib/base/text.hpp"

#include <limits>

namespace passa::render {

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string escape(std::string_view text, Output output) {
    if (output == Output::html) return escape_html(printable(text, std::numeric_limits<std::size_t>::max()));
    return printable(text, std::numeric_limits<std::size_t>::max());
}

} // namespace passa::render
