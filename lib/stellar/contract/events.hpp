// What a contract told, read from a place on to a server's newest ledger.
#pragma once
#include "lib/stellar/contract/spec.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_events.hpp"

namespace passa::stellar::contract {

// Of an event's id, and of a cursor: the operation's place (SEP-35), and the event's own number there. Error
// rpc.not_rpc.
Result<std::uint32_t> ledger_of(std::string_view place);

// As it stands in the ledger. Error rpc.not_rpc: it cannot be read.
Result<xdr::ContractEvent> read_event(const rpc::Event& event);

struct Stretch {
    std::vector<rpc::Event> events;
    std::string cursor;        // where the next one begins
    std::uint32_t through = 0; // the last ledger of which it tells all
    bool is_last = false;      // the server knows nothing newer
};

// A stretch of ledgers at a time: one without events says that there were none, and how far that holds. The question is
// moved on behind what was heard. Errors of the client; rpc.not_rpc: it does not go forward.
Result<Stretch> hear(rpc::Client& client, rpc::EventQuestion& question);

} // namespace passa::stellar::contract
