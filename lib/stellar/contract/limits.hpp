// What a network lets one contract transaction use, read live from its settings: a simulation bounds time and memory
// alone, and what passes it may still be refused by the network, for a reason that no result code tells.
#pragma once
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_soroban_data.hpp"

#include <optional>

namespace passa::stellar::contract {

struct Limits { // of one transaction
    std::int64_t instructions = 0;
    std::int64_t footprint_entries = 0;
    std::int64_t disk_read_entries = 0;
    std::int64_t disk_read_bytes = 0;
    std::int64_t write_entries = 0;
    std::int64_t write_bytes = 0;
    std::int64_t size = 0; // bytes of the envelope
};
// None: the server does not show them, and the network is left to say it.
Result<std::optional<Limits>> find_limits(rpc::Client& client);

// Error contract.limit: each limit that is passed, and by how much. `envelope_bytes` 0: not known yet.
Result<Done> check_limits(const Limits& limits, const xdr::SorobanTransactionData& data,
                          std::size_t envelope_bytes = 0);

} // namespace passa::stellar::contract
