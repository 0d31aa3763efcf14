// One line of a settlement as its payee may read it, and the bytes that stand for it in the settlement's Merkle tree.
//
// The bytes are JSON with sorted keys and no blanks (`jq -cSj`), so that anybody can hash them:
//   {"amount":"3800.19","asset":"KES","campaign":null,"event":"demo-night","kind":"share","line":1,"lines":3,
//    "party":"demo-band","plan":"demo-night v1","salt":"<64 hex digits>","schema":"passa.settlement-line.v1",
//    "settlement":"set_01h455vb4pex5vsknk084sn02q"}
// line and lines are the line's place in the tree: a root alone does not hold how many leaves it has. The salt keeps
// lines apart from guesses: who holds a proof sees hashes of his neighbours' lines, and names and round amounts are
// soon tried out. Each salt is HMAC-SHA256 of the line's number under a seed of the settlement (migration 0039), so
// that one seed, stored before the root can be known, serves all lines, and one salt tells nothing of the others.
#pragma once
#include "lib/base/bytes.hpp"

#include <optional>

namespace passa::proof {

struct Line {
    std::string settlement; // its id
    std::string event;
    std::string party;
    std::string kind; // share or commission
    std::string plan; // with its version: "demo-night v1"
    std::optional<std::string> campaign;
    std::string amount; // posted by this settlement, in decimals of the asset
    std::string asset;
    std::uint64_t number = 0; // from 1
    std::uint64_t lines = 0;  // of the settlement
    Hash256 salt{};
};

Hash256 salt_of(const Hash256& seed, std::uint64_t number);
std::string canonical_text(const Line& line);
Hash256 leaf_of(const Line& line);

// Under what a contract keeps a settlement's root (contracts/attribution: anchor): its kind, and SHA-256 of the
// settlement's id as it is written.
inline constexpr std::string_view k_anchor_kind = "settlement";
Hash256 anchor_id(std::string_view settlement);

} // namespace passa::proof
