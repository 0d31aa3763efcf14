// A document on disk: whole or not at all. A file that a report of the same kind has written before is replaced, as
// people expect of a report that is made again every night; any other file is left alone unless forced.
#pragma once
#include "lib/base/error.hpp"

#include <filesystem>
#include <string_view>

namespace passa::report {

struct Document {
    std::filesystem::path path;
    std::string text;
    std::string_view mark; // what every document of its kind begins with
};

// Written beside its place, synced, renamed. Errors report.in_the_way, report.unwritable.
void store_document(const Document& document, bool force);

} // namespace passa::report
