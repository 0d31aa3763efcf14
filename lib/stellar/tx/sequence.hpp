// The next sequence number of an account. It is the last line against paying twice: of two transactions with the same
// number the network applies one at most. So an attempt that follows a dead one takes its number again, and goes past
// it only when every endpoint says that it was used.
#pragma once
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar::tx {

struct Numbers {                      // what is known here
    std::int64_t used = 0;            // the highest seen in a ledger: servers may lag behind it
    std::optional<std::int64_t> dead; // of an attempt that came to nothing, and nothing known used it
};

struct NextSequence {
    std::int64_t number = 0;
    std::uint32_t ledger = 0; // as of which all who were asked spoke
};

// Errors: account.not_found; tx.number_unsure when endpoints contradict each other, or one that must be asked cannot
// be; those of the client.
Result<NextSequence> find_next_sequence(rpc::Client& client, const xdr::AccountId& source, const Numbers& known = {});

} // namespace passa::stellar::tx
