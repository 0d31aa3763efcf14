// Three operations to make one, one to close it; the entry tells the rest. Rules as in CAP-33.
#include "lib/stellar/channels.hpp"

#include "lib/stellar/rpc/read_ledger.hpp"
#include "lib/stellar/tx/asset.hpp"
#include "lib/stellar/tx/operation.hpp"

namespace passa::stellar {
namespace {

std::string find_oddity(const xdr::AccountEntry& account) {
    if (account.balance != 0) return fmt::format("it holds {} stroops that nobody expects there", account.balance);
    if (!account.signers.empty() || account.thresholds != xdr::Thresholds{1, 0, 0, 0})
        return "its signers or thresholds were changed";
    const auto* v1 = account.ext.find<1>();
    const auto* v2 = v1 == nullptr ? nullptr : v1->ext.find<2>();
    if (v2 == nullptr || v2->num_sponsored != static_cast<std::uint32_t>(k_reserves_a_channel))
        return "its reserve is not sponsored";
    if (account.num_sub_entries != 0) return "it has trustlines, offers or data";
    return {};
}

} // namespace

std::vector<xdr::Operation> make_channels(const xdr::AccountId& treasury, std::span<const xdr::AccountId> channels) {
    std::vector<xdr::Operation> operations;
    for (const auto& channel : channels) {
        operations.push_back(tx::make_begin_sponsoring(channel));
        operations.back().source_account = tx::to_muxed(treasury);
        operations.push_back(tx::make_create_account(channel, 0));
        operations.push_back(tx::make_end_sponsoring());
        operations.back().source_account = tx::to_muxed(channel);
    }
    return operations;
}

std::vector<xdr::Operation> close_channels(const xdr::AccountId& treasury, std::span<const xdr::AccountId> channels) {
    std::vector<xdr::Operation> operations;
    for (const auto& channel : channels) {
        operations.push_back(tx::make_account_merge(tx::to_muxed(treasury)));
        operations.back().source_account = tx::to_muxed(channel);
    }
    return operations;
}

std::vector<std::optional<ChannelAccount>> look_at_channels(rpc::Client& client,
                                                            std::span<const xdr::AccountId> channels) {
    std::vector<xdr::LedgerKey> keys;
    for (const auto& channel : channels) keys.push_back(rpc::account_key(channel));
    const auto ledger = rpc::Snapshot::load(client, keys).value_or_throw();
    std::vector<std::optional<ChannelAccount>> found;
    for (const auto& channel : channels) {
        const auto* account = ledger.find_account(channel);
        found.push_back(account == nullptr ? std::nullopt
                                           : std::optional{ChannelAccount{account->seq_num, find_oddity(*account)}});
    }
    return found;
}

} // namespace passa::stellar
