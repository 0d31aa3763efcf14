// The tree is built here anew: SQL wrote the root (migration 0039), and both must come to the same.
#include "lib/settle/prove.hpp"

#include "lib/crypto/merkle.hpp"
#include "settle_sql.hpp"

namespace passa::settle {
namespace {

std::vector<proof::Line> lines_of(const Settlement& settlement, const Hash256& seed) {
    std::vector<proof::Line> lines;
    for (const auto& d : settlement.deltas) {
        const auto number = lines.size() + 1;
        lines.push_back({settlement.id.text(), settlement.event_name, d.party_name,
                         d.due.kind == split::DueKind::share ? "share" : "commission", d.plan_name, d.campaign_name,
                         d.delta.number(), d.delta.asset().id, number, settlement.deltas.size(),
                         proof::salt_of(seed, number)});
    }
    return lines;
}

crypto::MerkleTree tree_of(const std::vector<proof::Line>& lines) {
    std::vector<Hash256> leaves;
    for (const auto& line : lines) leaves.push_back(proof::leaf_of(line));
    return crypto::MerkleTree{std::move(leaves)};
}

void require_provable(const proof::File& file, SettlementId id, const std::string& party) {
    if (file.proofs.empty())
        throw Error{{Kind::not_found, "proof.no_line", fmt::format("settlement {} posted nothing to {}", id, party),
                     fmt::format("see whom it posted to: passa settlement show {}", id)}};
    if (file.proofs.size() > proof::k_most_proofs)
        throw Error{{Kind::refused, "proof.too_many",
                     fmt::format("{} has {} lines in settlement {}, a file holds {}", party, file.proofs.size(), id,
                                 proof::k_most_proofs),
                     "hand out its statement: passa report statement"}};
}

} // namespace

proof::File prove(db::Transaction& tx, OrganizerId organizer, SettlementId id, const std::string& party) {
    const auto settlement = get_settlement(tx, organizer, id);
    const auto stored = tx.run(sql::find_root, organizer, settlement.event, id).one();
    const auto lines = lines_of(settlement, stored.get<Hash256>("seed"));
    const auto tree = tree_of(lines);
    proof::File file{stored.get<Hash256>("root"), {}};
    if (tree.root() != file.root)
        throw Error{{Kind::balance_gap, "proof.root_differs",
                     fmt::format("the lines of settlement {} lead to root {}, stored is {}", id, to_hex(tree.root()),
                                 to_hex(file.root)),
                     "rows were changed after they were posted; run: passa ledger check"}};
    for (const auto& line : lines)
        if (line.party == party) file.proofs.push_back({line, tree.path(line.number - 1)});
    require_provable(file, id, party);
    return file;
}

std::vector<Rooted> load_roots(db::Transaction& tx, OrganizerId organizer, EventId event) {
    std::vector<Rooted> roots;
    for (const auto& row : tx.run(sql::load_roots, organizer, event))
        roots.push_back({row.get<SettlementId>("settlement_id"), row.get<Hash256>("root")});
    return roots;
}

} // namespace passa::settle
