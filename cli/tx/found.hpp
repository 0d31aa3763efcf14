// A transaction found on the network, as a record: what it was, what became of it, what it cost.
#pragma once
#include "cli/out/value.hpp"
#include "lib/stellar/rpc/answers.hpp"
#include "lib/stellar/rpc/client.hpp"

namespace passa::cli {

// 64 hex digits; error tx.hash.
std::string read_hash(const std::string& word);

out::Record as_record(const std::string& network, const stellar::rpc::Transaction& transaction);

} // namespace passa::cli
