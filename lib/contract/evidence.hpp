// Evidence of this module's, as it came, with its hash; of one longer than is kept, the hash of the whole.
#pragma once
#include "lib/contract/call.hpp"

namespace passa::contract {

struct EvidenceTag {
    static constexpr std::string_view prefix = "evd";
};
Id<EvidenceTag> insert_evidence(db::Transaction& tx, const Desk& desk, const rail::Evidence& evidence);

} // namespace passa::contract
