// The same bytes are made in SQL by passa_settlement_lines (migration 0039), which writes the root.
#include "lib/proof/line.hpp"

#include "lib/crypto/hash.hpp"
#include "lib/crypto/hmac.hpp"
#include "lib/crypto/merkle.hpp"

#include <nlohmann/json.hpp>

namespace passa::proof {

Hash256 salt_of(const Hash256& seed, std::uint64_t number) {
    return crypto::hmac_sha256(seed, as_bytes(std::to_string(number)));
}

std::string canonical_text(const Line& line) {
    using Sorted = nlohmann::json; // keeps its keys in order
    const Sorted json{{"schema", "passa.settlement-line.v1"},
                      {"settlement", line.settlement},
                      {"event", line.event},
                      {"party", line.party},
                      {"kind", line.kind},
                      {"plan", line.plan},
                      {"campaign", line.campaign ? Sorted(*line.campaign) : Sorted(nullptr)},
                      {"amount", line.amount},
                      {"asset", line.asset},
                      {"line", line.number},
                      {"lines", line.lines},
                      {"salt", to_hex(line.salt)}};
    return json.dump();
}

Hash256 leaf_of(const Line& line) { return crypto::merkle_leaf(as_bytes(canonical_text(line))); }

Hash256 anchor_id(std::string_view settlement) { return crypto::sha256(as_bytes(settlement)); }

} // namespace passa::proof
