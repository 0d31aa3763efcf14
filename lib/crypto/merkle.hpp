// Merkle trees as certificate transparency has them (RFC 6962, 2.1; the check of a path is RFC 9162, 2.1.3.2): a leaf
// is SHA-256(0x00 || data), a node SHA-256(0x01 || left || right), and a list is split at the largest power of two
// below its length. A leaf can thus not pass for a node, and no leaf is counted twice to fill a level.
#pragma once
#include "lib/base/bytes.hpp"

#include <optional>

namespace passa::crypto {

Hash256 merkle_leaf(ByteView data);

class MerkleTree {
public:
    explicit MerkleTree(std::vector<Hash256> leaves); // as merkle_leaf makes them
    [[nodiscard]] Hash256 root() const;               // of no leaves: the SHA-256 of nothing
    // What a leaf's neighbours are on the way up, nearest first; index below the number of leaves.
    [[nodiscard]] std::vector<Hash256> path(std::size_t index) const;

private:
    std::vector<std::vector<Hash256>> m_levels; // from the leaves up; the last holds the root
};

// A root does not say how many leaves it has: the same path may fit another size. Who checks must know both numbers
// from somewhere that the root holds, as the leaf itself.
struct MerklePlace {
    std::uint64_t index = 0; // from 0
    std::uint64_t size = 0;  // leaves of the tree
};

inline constexpr std::size_t k_longest_merkle_path = 64;

// The root that a leaf and its path lead to; none when no path of this length belongs to the place.
std::optional<Hash256> merkle_root_from(const MerklePlace& place, const Hash256& leaf, std::span<const Hash256> path);

} // namespace passa::crypto
