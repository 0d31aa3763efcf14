// What the commands about channels share: a treasury with its channels, the network they are on, and who signs.
#pragma once
#include "cli/context.hpp"
#include "lib/payout/channel.hpp"
#include "lib/stellar/channels.hpp"
#include "lib/stellar/keys/signer.hpp"

namespace passa::cli::channel {

struct Pool {
    payout::Treasury treasury;
    std::string network;
    stellar::xdr::AccountId account; // the treasury's
    std::vector<payout::Channel> channels;
};
// Errors treasury.unknown, treasury.rail, treasury.network, cli.other_network.
Pool get_pool(Context& ctx, const std::string& treasury);

struct Signers {
    std::unique_ptr<stellar::Signer> treasury;
    // Error channel.other_key: the treasury's key is no longer the one that this channel was made with.
    [[nodiscard]] std::unique_ptr<stellar::Signer> channel(std::int64_t number,
                                                           const std::optional<std::string>& address = {}) const;
};
// Errors treasury.key, key.*, rail.no_channel.
Signers unlock(Context& ctx, const Pool& pool, const out::PassphraseSource& source);

money::Amount lumens(std::int64_t stroops_each, std::int64_t count);
stellar::xdr::AccountId account_of(const payout::Channel& channel);
std::vector<std::optional<stellar::ChannelAccount>> look(stellar::rpc::Client& client,
                                                         const std::vector<payout::Channel>& channels);

// Transactions of the treasury, 19 channels each, that every one of them signs: `done` after each. Errors tx.failed,
// tx.unknown.
struct Work {
    std::vector<stellar::xdr::Operation> (*operations)(const stellar::xdr::AccountId& treasury,
                                                       std::span<const stellar::xdr::AccountId> channels);
    std::function<void(const payout::Channel&)> done;
};
struct Crew {
    stellar::rpc::Client& client;
    const Pool& pool;
    const Signers& signers;
};
void carry_out(const Crew& crew, const std::vector<payout::Channel>& channels, const Work& work);

} // namespace passa::cli::channel
