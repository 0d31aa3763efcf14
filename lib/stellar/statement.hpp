// What happened on the treasury's account, from the network's own history: payments both ways, fees, funding, and
// whatever else moved its balance. Read from the changes that each operation made, so no kind of operation is missed.
//
// A position is a ledger (high 32 bits), a transaction's place in it (20 bits) and an operation (12 bits; 0 is the
// fee).
#pragma once
#include "lib/rail/rail.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar {

struct Treasury;

struct Reading {
    std::int64_t from = 0; // position, exclusive; 0: from the account's beginning
    std::size_t most_pages = 2'000;
};

// Errors (exception) as of the client. A hole in the server's history makes the statement incomplete, and says so. One
// with more pages than are read at once ends with the last ledger that was read whole.
rail::Statement read_statement(rpc::Client& client, const Treasury& treasury, const Reading& reading);

inline constexpr std::int64_t k_end_of_ledger = 0xFFFF'FFFF; // as the low half of a position

// The movements of one transaction, in order: its fee first. Error rpc.not_rpc when its XDR cannot be read, or is not
// of the transaction that it is said to be.
Result<std::vector<rail::StatementLine>> movements_of(const rpc::Transaction& transaction,
                                                      const xdr::AccountId& account, const NetworkId& network);

} // namespace passa::stellar
