// A YAML document as passa sees it: maps, lists and plain text with their places. No anchors, tags, or types guessed
// from spelling: `no` is the text "no" until a field table says that a boolean belongs there.
#pragma once
#include "lib/base/error.hpp"

#include <memory>
#include <string>
#include <vector>

namespace passa::manifest {

struct Source { // one file, kept for error messages
    std::string name;
    std::vector<std::string> lines;
};

struct Mark {
    int line = 0; // from 1
    int column = 0;
};

struct Node {
    enum class Type : std::uint8_t { null, scalar, list, map };
    struct Entry;

    Type type = Type::null;
    Mark mark;
    std::string text;    // of a scalar
    bool quoted = false; // the scalar was written in quotes
    std::vector<Node> items;
    std::vector<Entry> entries; // in the order written; keys are unique

    [[nodiscard]] const Node* find(std::string_view key) const; // of a map; null if absent
};

struct Node::Entry {
    std::string key;
    Mark mark;
    Node value;
};

struct Document {
    std::shared_ptr<const Source> source;
    Node root;
};

Place place_of(const Source& source, Mark mark, std::string note = {});

} // namespace passa::manifest
