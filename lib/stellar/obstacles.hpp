// What would make a payment fail, seen before it is sent: 200 ledger entries a question. And what may be spent.
#pragma once
#include "lib/rail/rail.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_basic.hpp"

namespace passa::stellar {

struct Treasury;

// Why this treasury can never make the payment: what it names is no address, memo, asset or amount, or the treasury
// itself. Empty: nothing known against it. Asks no server.
std::string find_fault(std::string_view treasury, const rail::Order& order);

// Per order, empty when nothing is known against it. Orders to the same trustline share its room, first come first
// served. `meanwhile` is called between two questions. Errors (exception) as of the client.
std::vector<std::string> find_obstacles(rpc::Client& client, const xdr::AccountId& treasury,
                                        std::span<const rail::Order> orders, const std::function<void()>& meanwhile);

// XLM above the reserve, and the treasury's asset; without what offers hold. Error account.not_found.
std::vector<money::Amount> load_spendable(rpc::Client& client, const Treasury& treasury);

} // namespace passa::stellar
