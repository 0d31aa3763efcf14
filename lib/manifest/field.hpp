// Field tables: what a kind of manifest may say. The validator, the JSON Schema and `manifest explain` all read them,
// so they cannot differ.
#pragma once
#include "lib/base/result.hpp"
#include "lib/manifest/node.hpp"

#include <span>
#include <string>
#include <vector>

namespace passa::manifest {

enum class FieldType : std::uint8_t {
    name,     // [a-z0-9][a-z0-9-]*, at most 63
    text,     // one line
    amount,   // "1500.00 KES", in quotes or not, never a bare number
    rate,     // "12.5%" or "1250 bps"
    decimal,  // "129.35": an exchange rate, always in quotes
    instant,  // 2027-03-07T18:30:00+03:00
    duration, // 90s, 15m, 24h, 7d; more than nothing
    schedule, // every 15m, daily at 03:00, weekly on monday at 03:00
    zone,     // Africa/Nairobi; PostgreSQL knows which exist
    integer,  // a whole number, not negative
    boolean,  // true or false
    choice,   // one of `choices`
    object,   // `fields`
    list,     // of `fields` (objects) or, without fields, of text
    values,   // a map of any values: what they mean is known elsewhere
};

struct Field {
    std::string name;
    FieldType type = FieldType::text;
    bool required = false;
    std::string doc;
    std::vector<std::string> choices = {};
    std::vector<Field> fields = {};
};

struct ObjectKind {
    std::string name;
    int rank = 0; // the order of applying: what is referred to comes first
    std::string doc;
    std::vector<Field> spec;
};

// One checked manifest.
struct Manifest {
    const ObjectKind* kind = nullptr;
    std::string name;
    std::string organizer; // may be empty
    Document document;
    [[nodiscard]] const Node& spec() const { return *document.root.find("spec"); }
    [[nodiscard]] Place place(Mark mark, std::string note = {}) const {
        return place_of(*document.source, mark, std::move(note));
    }
};

struct Declared { // what a document calls itself; what could not be read is empty
    std::string kind;
    std::string name;
    std::string organizer;
};

struct Checked {
    std::vector<Manifest> manifests; // the well-formed ones, in order of rank, then name
    std::vector<Declared> malformed;
    Problems problems; // of all documents
};

// Checks every document against the tables.
Checked check_each(std::vector<Document> documents, std::span<const ObjectKind> kinds);

bool is_name(std::string_view text); // lower-case letters, digits and dashes, at most 63, no dash first

// All problems of all documents, or the manifests.
Result<std::vector<Manifest>> check(std::vector<Document> documents, std::span<const ObjectKind> kinds);

// The spec with sorted keys and no blanks: what is hashed, compared and stored.
std::string canonical_spec(const Manifest& manifest);

// The same manifest saying another spec (canonical): what both say keeps its place in the file, the rest has the
// spec's.
Manifest with_spec(const Manifest& manifest, const std::string& canonical);

std::string json_schema(const ObjectKind& kind); // 2020-12
std::string explain(const ObjectKind& kind);     // for people

std::string_view type_name(FieldType type);

} // namespace passa::manifest
