// What a party can keep of a settlement: its lines, each with its path to the root that was stored when they were
// posted.
#pragma once
#include "lib/proof/file.hpp"
#include "lib/settle/settlement.hpp"

namespace passa::settle {

// Made from the rows as they stand, and held to the stored root. Errors settlement.not_found, proof.no_line,
// proof.too_many, proof.root_differs.
proof::File prove(db::Transaction& tx, OrganizerId organizer, SettlementId id, const std::string& party);

struct Rooted {
    SettlementId id;
    Hash256 root{};
};
std::vector<Rooted> load_roots(db::Transaction& tx, OrganizerId organizer, EventId event); // oldest first

} // namespace passa::settle
