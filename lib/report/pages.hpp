// What the pages share: their templates, the head, and how counts are written.
#pragma once
#include "lib/render/template.hpp"
#include "lib/report/figures.hpp"

namespace passa::report {

std::string_view page_template(std::string_view file); // embedded; a missing one is a defect
std::string count(std::int64_t number);                // "12,345"
render::Fields head_fields(const Head& head, std::string_view program);
render::Fields proof_fields(const EventFigures& figures); // owed, checks, settlements

} // namespace passa::report
