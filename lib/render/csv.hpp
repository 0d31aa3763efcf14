// CSV that a spreadsheet opens safely: RFC 4180 quoting, and a quote in front of text that a spreadsheet would run as a
// formula (OWASP CSV injection: fields that begin with = + - @ or a control character, unless they are plain numbers).
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace passa::render {

std::string csv_field(std::string_view text);
std::string csv_row(std::span<const std::string> fields); // with the line break (CRLF by RFC 4180)

} // namespace passa::render
