// From a treasury's name to its channels, and transactions over many of them.
#include "cli/channel/pool.hpp"

#include "cli/account/place.hpp"
#include "cli/payout/desk.hpp"
#include "lib/base/text.hpp"
#include "lib/catalog/network.hpp"
#include "lib/stellar/strkey.hpp"

namespace passa::cli::channel {
namespace {

Error wrong(const char* code, const std::string& message, const char* hint) {
    return Error{{Kind::configuration, code, message, hint}};
}

} // namespace

Pool get_pool(Context& ctx, const std::string& treasury) {
    const auto owner = ctx.organizer();
    Pool pool;
    ctx.read([&](db::Transaction& tx) {
        pool.treasury = payout::get_treasury(tx, owner, treasury);
        pool.channels = payout::load_channels(tx, owner, pool.treasury.id);
    });
    if (pool.treasury.rail != "stellar")
        throw wrong("treasury.rail", fmt::format("the treasury {} pays by {}", treasury, pool.treasury.rail),
                    "channels are of treasuries on the rail stellar");
    if (!pool.treasury.network)
        throw wrong("treasury.network", fmt::format("the treasury {} names no network", treasury),
                    "add network: to its manifest");
    pool.network = *pool.treasury.network;
    pool.account = {stellar::parse_account(pool.treasury.account).value_or_throw()};
    ctx.require_network(pool.network, "treasury " + treasury);
    return pool;
}

Signers unlock(Context& ctx, const Pool& pool, const out::PassphraseSource& source) {
    const auto declared =
        ctx.read([&](db::Transaction& tx) { return catalog::find_treasury(tx, ctx.organizer(), pool.treasury.name); });
    if (!declared || !declared->key)
        throw wrong("treasury.key", fmt::format("the treasury {} names no key to sign with", pool.treasury.name),
                    "add key: to its manifest, the name of a key in the keystore");
    Signers signers{ctx.unlock(*declared->key, source)};
    if (!signers.treasury->make_channel(1))
        throw wrong("rail.no_channel", "a key that a program holds has no channels",
                    "pay with a key that is in the keystore, or without channels: --channels 0");
    return signers;
}

std::unique_ptr<stellar::Signer> Signers::channel(std::int64_t number,
                                                  const std::optional<std::string>& address) const {
    auto signer = treasury->make_channel(static_cast<std::uint64_t>(number));
    if (address && stellar::format_account(signer->public_key()) != *address)
        throw wrong("channel.other_key",
                    fmt::format("channel {} was made with another key than the treasury's is now", number),
                    "put the treasury's former key back into its manifest, close the channels, and make others");
    return signer;
}

money::Amount lumens(std::int64_t stroops_each, std::int64_t count) {
    return {money::Int128{stroops_each} * count, {"XLM", 7}};
}

stellar::xdr::AccountId account_of(const payout::Channel& channel) {
    return {stellar::parse_account(channel.address).value_or_throw()};
}

std::vector<std::optional<stellar::ChannelAccount>> look(stellar::rpc::Client& client,
                                                         const std::vector<payout::Channel>& channels) {
    std::vector<stellar::xdr::AccountId> accounts;
    for (const auto& channel : channels) accounts.push_back(account_of(channel));
    return stellar::look_at_channels(client, accounts);
}

void carry_out(const Crew& crew, const std::vector<payout::Channel>& channels, const Work& work) {
    const auto& [client, pool, signers] = crew;
    for (std::size_t first = 0; first < channels.size(); first += stellar::k_channels_a_transaction) {
        const auto last = std::min(channels.size(), first + stellar::k_channels_a_transaction);
        std::vector<std::unique_ptr<stellar::Signer>> own;
        std::vector<stellar::xdr::AccountId> accounts;
        std::vector<stellar::Signer*> others;
        for (auto i = first; i < last; ++i) {
            accounts.push_back(account_of(channels[i]));
            own.push_back(signers.channel(channels[i].number, channels[i].address));
            others.push_back(own.back().get());
        }
        submit_and_wait({client, *signers.treasury, work.operations(pool.account, accounts), pool.account, others});
        for (auto i = first; i < last; ++i) work.done(channels[i]);
    }
}

} // namespace passa::cli::channel
