// Three-way merge of a spec, field by field: what the file last said (applied), what stands now (live), what the file
// says now. A field that only the file changed follows the file, removed ones too; a field that the file never set
// stays; a field that something else changed since is a conflict, and nobody's word is lost in silence.
#pragma once
#include "lib/manifest/field.hpp"

#include <optional>

namespace passa::catalog {

struct Specs { // canonical JSON
    std::string applied;
    std::string live;
    std::string file;
};

// Values as text, strings without quotes; none: the field is absent there.
struct FieldDifference {
    std::string path; // "tiers[vip].capacity": items of a list are known by their first field
    std::optional<std::string> applied;
    std::optional<std::string> live;
    std::optional<std::string> file;
};

struct Merged {
    std::string spec;                       // canonical JSON
    std::vector<FieldDifference> changes;   // live becomes file
    std::vector<FieldDifference> conflicts; // live stays
};

// `overwrite`: conflicts are decided for the file.
Merged merge(const std::vector<manifest::Field>& fields, const Specs& specs, bool overwrite);

// The fields of the spec itself that these touch, each once, in order.
std::vector<std::string> top_fields(const std::vector<FieldDifference>& differences);

} // namespace passa::catalog
