// What an applied call gave back, read from the ledger's record of it (TransactionMeta).
#pragma once
#include "lib/stellar/xdr/types_meta.hpp"

namespace passa::stellar::contract {

struct Returned {
    std::optional<xdr::ScVal> value; // of a host function alone
    std::vector<xdr::ContractEvent> events;
    std::int64_t rent = 0; // stroops, of what the resources cost
};
// Metas of versions 3 and 4; of older ones nothing is known.
Returned read_returned(const xdr::TransactionMeta& meta);

} // namespace passa::stellar::contract
