// The fields of a record as JSON has them: where each stands, and of what type it is.
#pragma once
#include "cli/out/value.hpp"

namespace passa::cli::out {

struct FieldPlace {
    std::string path; // items[].amount
    std::string type; // as in cli/*/json.md; empty: null, which any field may be
};

std::vector<FieldPlace> shape_of(const Record& record);

} // namespace passa::cli::out
