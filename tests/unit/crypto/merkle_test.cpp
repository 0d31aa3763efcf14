// Merkle trees: the known roots and paths of certificate transparency, the recursion of RFC 6962 as it stands there,
// and what a path must not prove.
#include "lib/crypto/hash.hpp"
#include "lib/crypto/merkle.hpp"
#include "tests/support/property.hpp"

using namespace passa;
using crypto::MerkleTree;

namespace {

std::vector<Hash256> hashes(std::initializer_list<std::string_view> hex) {
    std::vector<Hash256> out;
    for (const auto text : hex) out.push_back(parse_hex_fixed<32>(text).value());
    return out;
}

std::vector<Hash256> known_leaves(std::size_t many) {
    const std::string_view data[] = {
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    std::vector<Hash256> leaves;
    for (std::size_t i = 0; i < many; ++i) leaves.push_back(crypto::merkle_leaf(parse_hex(data[i]).value()));
    return leaves;
}

std::vector<Hash256> random_leaves(std::size_t many) {
    std::vector<Hash256> leaves;
    for (std::size_t i = 0; i < many; ++i)
        leaves.push_back(crypto::merkle_leaf(as_bytes(fmt::format("leaf {} of {}", i, many))));
    return leaves;
}

// MTH(D[n]) of RFC 6962, 2.1, as it is written there.
Hash256 tree_head(std::span<const Hash256> leaves) {
    if (leaves.empty()) return crypto::sha256({});
    if (leaves.size() == 1) return leaves[0];
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    Bytes node{0x01};
    for (const auto& half : {tree_head(leaves.first(k)), tree_head(leaves.subspan(k))})
        node.insert(node.end(), half.begin(), half.end());
    return crypto::sha256(node);
}

// Left or right at each step of a leaf's way up: what a path depends on beside its hashes.
std::string turns(std::uint64_t index, std::uint64_t size) {
    if (size <= 1) return "";
    std::uint64_t k = 1;
    while (k * 2 < size) k *= 2;
    return index < k ? turns(index, k) + "l" : turns(index - k, size - k) + "r";
}

} // namespace

TEST_CASE("merkle roots are those that certificate transparency publishes", "[unit]") {
    const auto roots = hashes({"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                               "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                               "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                               "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                               "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                               "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                               "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                               "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"});
    for (std::size_t n = 0; n < roots.size(); ++n) {
        CAPTURE(n);
        REQUIRE(MerkleTree{known_leaves(n)}.root() == roots[n]);
    }
}

TEST_CASE("merkle paths are those that certificate transparency publishes", "[unit]") {
    REQUIRE(MerkleTree{known_leaves(1)}.path(0).empty());
    REQUIRE(MerkleTree{known_leaves(8)}.path(0) ==
            hashes({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
    REQUIRE(MerkleTree{known_leaves(8)}.path(5) ==
            hashes({"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
    REQUIRE(MerkleTree{known_leaves(3)}.path(2) ==
            hashes({"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}));
    REQUIRE(MerkleTree{known_leaves(5)}.path(1) ==
            hashes({"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
}

TEST_CASE("every leaf of every tree of up to 300 leaves leads to its root, and to no other place", "[unit]") {
    for (std::size_t n = 1; n <= 300; ++n) {
        const auto leaves = random_leaves(n);
        const MerkleTree tree{leaves};
        REQUIRE(tree.root() == tree_head(leaves));
        for (std::size_t i = 0; i < n; ++i) {
            const auto path = tree.path(i);
            REQUIRE(crypto::merkle_root_from({i, n}, leaves[i], path) == tree.root());
            REQUIRE(crypto::merkle_root_from({(i + 1) % n, n}, leaves[i], path).value_or(Hash256{}) !=
                    (n == 1 ? Hash256{} : tree.root()));
        }
    }
}

TEST_CASE("a changed bit, leaf, place or order of a merkle path is refused", "[unit][prop]") {
    test::holds_for_all([] {
        const auto n = *rc::gen::inRange<std::size_t>(2, 400);
        const auto i = *rc::gen::inRange<std::size_t>(0, n);
        const auto leaves = random_leaves(n);
        const MerkleTree tree{leaves};
        const auto path = tree.path(i);
        const auto holds = [&](std::uint64_t index, std::uint64_t size, const Hash256& leaf, const auto& way) {
            return crypto::merkle_root_from({index, size}, leaf, way) == tree.root();
        };
        RC_ASSERT(holds(i, n, leaves[i], path));

        const auto at = *rc::gen::inRange<std::size_t>(0, path.size());
        auto changed = path;
        changed[at][*rc::gen::inRange<std::size_t>(0, 32)] ^= static_cast<std::uint8_t>(1U << *rc::gen::inRange(0, 8));
        RC_ASSERT(!holds(i, n, leaves[i], changed));
        auto leaf = leaves[i];
        leaf[*rc::gen::inRange<std::size_t>(0, 32)] ^= static_cast<std::uint8_t>(1U << *rc::gen::inRange(0, 8));
        RC_ASSERT(!holds(i, n, leaf, path));

        const auto other = *rc::gen::distinctFrom(rc::gen::inRange<std::size_t>(0, n), i);
        RC_ASSERT(!holds(other, n, leaves[i], path));
        RC_ASSERT(!holds(i, n, leaves[other], path));
        RC_ASSERT(!holds(other, n, leaves[other], path));

        // A root does not say how many leaves it has: another size is refused unless it has the very same way up. That
        // is why a line says its number and how many there are (lib/proof/line.hpp).
        const auto size = *rc::gen::distinctFrom(rc::gen::inRange<std::size_t>(0, 1000), n);
        RC_ASSERT(holds(i, size, leaves[i], path) == (i < size && turns(i, size) == turns(i, n)));

        auto shorter = path;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at));
        RC_ASSERT(!holds(i, n, leaves[i], shorter));
        auto longer = path;
        longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(at), leaves[other]);
        RC_ASSERT(!holds(i, n, leaves[i], longer));
        auto turned = path;
        std::reverse(turned.begin(), turned.end());
        RC_ASSERT(path.size() < 2 || !holds(i, n, leaves[i], turned));
    });
}

TEST_CASE("a node does not pass for a leaf, nor the largest place for any path", "[unit]") {
    const auto leaves = random_leaves(4);
    const MerkleTree tree{leaves};
    const auto left = MerkleTree{{leaves[0], leaves[1]}}.root();
    const auto right = MerkleTree{{leaves[2], leaves[3]}}.root();
    REQUIRE(crypto::merkle_root_from({0, 2}, left, std::vector{right}) == tree.root()); // the hash alone would do
    Bytes both(leaves[0].begin(), leaves[0].end());
    both.insert(both.end(), leaves[1].begin(), leaves[1].end());
    REQUIRE(crypto::merkle_leaf(both) != left); // but no data hashes to it
    constexpr auto k_most = ~std::uint64_t{0};
    for (const std::size_t length : {0U, 1U, 63U, 65U, 1000U}) {
        const std::vector<Hash256> path(length);
        REQUIRE_FALSE(crypto::merkle_root_from({0, k_most}, leaves[0], path));
        REQUIRE_FALSE(crypto::merkle_root_from({0, 0}, leaves[0], path));
        REQUIRE_FALSE(crypto::merkle_root_from({k_most, k_most}, leaves[0], path));
    }
    REQUIRE(crypto::merkle_root_from({0, k_most}, leaves[0], std::vector<Hash256>(64)));
}
