// What became of a transaction's sequence number, as one endpoint tells it: the second witness beside "not found",
// which a server may say of what it has in a ledger (an index that lags, a balancer, a lie). An account's numbers only
// go up, so one that is still unused in a ledger past the transaction's end can never be used by it, which needs no
// history. One that was used may have been used by it: then the list of all transactions must show by which.
#pragma once
#include "lib/stellar/tx/submit.hpp"

namespace passa::stellar::tx {

struct NumberProof {
    std::string doubt;       // why nothing is proved; empty: it is in no ledger and can come into none
    std::string reason;      // what proves it
    std::uint32_t since = 0; // the oldest ledger that was looked in; 0: unused
    std::string raw;         // what the endpoint showed, as JSON
};

// An endpoint does not know the transaction, past its end by the endpoint's own clock.
struct Absence {
    const Pending& pending;
    rpc::History history; // of the endpoint, when it said so
    Instant end{};        // from then on nobody can apply it
};
NumberProof prove_by_number(rpc::Client& client, std::size_t endpoint, const Absence& absence);

} // namespace passa::stellar::tx
