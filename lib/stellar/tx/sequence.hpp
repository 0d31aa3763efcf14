// The next sequence number of an account. Servers may lag behind what was just applied, so what this process saw used
// counts too: the higher of both, never a step back.
#pragma once
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_basic.hpp"

#include <map>

namespace passa::stellar::tx {

struct NextSequence {
    std::int64_t number = 0;
    std::uint32_t ledger = 0; // the newest when it was read
};

class SequenceSource {
public:
    // Errors: account.not_found; those of the client.
    Result<NextSequence> next(rpc::Client& client, const xdr::AccountId& source) const;
    // Seen in a ledger, applied or failed: both use it up.
    void note_used(const xdr::AccountId& source, std::int64_t sequence);

private:
    std::map<FixedBytes<32>, std::int64_t> m_used;
};

} // namespace passa::stellar::tx
