// Level by level: pairs become nodes, and the one left over goes up as it is. That is RFC 6962's split at the largest
// power of two, without its recursion.
#include "lib/crypto/merkle.hpp"

#include "lib/base/assert.hpp"
#include "lib/crypto/hash.hpp"

#include <algorithm>

namespace passa::crypto {
namespace {

Hash256 node_of(const Hash256& left, const Hash256& right) {
    std::array<std::uint8_t, 65> bytes{0x01};
    std::copy(left.begin(), left.end(), bytes.begin() + 1);
    std::copy(right.begin(), right.end(), bytes.begin() + 33);
    return sha256(bytes);
}

std::vector<Hash256> level_above(const std::vector<Hash256>& level) {
    std::vector<Hash256> above;
    above.reserve((level.size() + 1) / 2);
    for (std::size_t i = 0; i + 1 < level.size(); i += 2) above.push_back(node_of(level[i], level[i + 1]));
    if (level.size() % 2 == 1) above.push_back(level.back());
    return above;
}

} // namespace

Hash256 merkle_leaf(ByteView data) {
    Bytes bytes{0x00};
    bytes.insert(bytes.end(), data.begin(), data.end());
    return sha256(bytes);
}

MerkleTree::MerkleTree(std::vector<Hash256> leaves) {
    m_levels.push_back(std::move(leaves));
    while (m_levels.back().size() > 1) m_levels.push_back(level_above(m_levels.back()));
}

Hash256 MerkleTree::root() const { return m_levels.back().empty() ? sha256({}) : m_levels.back().front(); }

std::vector<Hash256> MerkleTree::path(std::size_t index) const {
    PASSA_ASSERT(index < m_levels.front().size());
    std::vector<Hash256> path;
    for (const auto& level : m_levels) {
        const auto neighbour = index ^ 1U;
        if (neighbour < level.size()) path.push_back(level[neighbour]);
        index /= 2;
    }
    return path;
}

std::optional<Hash256> merkle_root_from(const MerklePlace& place, const Hash256& leaf, std::span<const Hash256> path) {
    if (place.index >= place.size) return std::nullopt;
    auto at = place.index; // of the node that is known, in its level
    auto last = place.size - 1;
    auto known = leaf;
    for (const auto& neighbour : path) {
        if (last == 0) return std::nullopt; // above the root
        const bool is_left = at % 2 == 0 && at != last;
        known = is_left ? node_of(known, neighbour) : node_of(neighbour, known);
        while (!is_left && at % 2 == 0 && at != 0) at /= 2, last /= 2; // levels where it had no neighbour
        at /= 2;
        last /= 2;
    }
    return last == 0 ? std::optional{known} : std::nullopt;
}

} // namespace passa::crypto
