// What was stored of an attempt and of the answer to it, read again from the bytes alone: no server is asked.
#pragma once
#include "lib/rail/rail.hpp"
#include "lib/stellar/network_id.hpp"

namespace passa::stellar {

// What the bytes of an attempt contradict: its key, its account, its sequence, its end, or that its order at `position`
// (from 0) is this one. Empty: nothing.
std::string find_change(const NetworkId& network, const rail::Attempt& attempt, const rail::Order& order,
                        std::size_t position);

// What the result of a transaction contradicts of the details beside it. Empty: nothing; none: it holds no result.
std::optional<std::string> find_change(const rail::Evidence& evidence);

} // namespace passa::stellar
