// Channel accounts on the network (lib/payout/channel.hpp says what they are for): made without a stroop of their own,
// since the treasury sponsors what each must keep, and merged back into it.
#pragma once
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"
#include "lib/stellar/xdr/types_operation.hpp"

#include <span>

namespace passa::stellar {

// Each signs for itself and the treasury for all: a transaction carries 20 signatures.
inline constexpr std::size_t k_channels_a_transaction = 19;
inline constexpr int k_reserves_a_channel = 2; // that the treasury must keep for each while it is there

// For a transaction of the treasury that every one of them signs too.
std::vector<xdr::Operation> make_channels(const xdr::AccountId& treasury, std::span<const xdr::AccountId> channels);
std::vector<xdr::Operation> close_channels(const xdr::AccountId& treasury, std::span<const xdr::AccountId> channels);

struct ChannelAccount {
    std::int64_t sequence = 0;
    std::string oddity; // why it is not as we made it; empty: it is
};
// As they stand on the network, in the same order; none: not there. Errors (exceptions) of the client.
std::vector<std::optional<ChannelAccount>> look_at_channels(rpc::Client& client,
                                                            std::span<const xdr::AccountId> channels);

} // namespace passa::stellar
