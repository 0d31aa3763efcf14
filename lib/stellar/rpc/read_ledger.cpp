// Keys go out and entries come back in base64; a key names its entry.
#include "lib/stellar/rpc/read_ledger.hpp"

#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/types_header.hpp"

namespace passa::stellar::rpc {
namespace {

using xdr::AssetType;
using xdr::LedgerEntryType;

constexpr std::int64_t k_usual_reserve = 5'000'000; // 0.5 XLM, on all public networks

std::string base64_of(const xdr::LedgerKey& key) { return to_base64(xdr::encode(key)); }

const xdr::Liabilities* liabilities_of(const xdr::TrustLineEntry& line) {
    const auto* v1 = line.ext.find<1>();
    return v1 == nullptr ? nullptr : &v1->liabilities;
}

} // namespace

xdr::LedgerKey account_key(const xdr::AccountId& account) {
    return xdr::LedgerKey{xdr::as<LedgerEntryType::account>, xdr::LedgerKeyAccount{account}};
}

xdr::LedgerKey trustline_key(const xdr::AccountId& account, const xdr::Asset& asset) {
    xdr::TrustLineAsset line;
    if (const auto* four = asset.find<AssetType::credit_alphanum4>())
        line.select<AssetType::credit_alphanum4>() = *four;
    else
        line.select<AssetType::credit_alphanum12>() = asset.get<AssetType::credit_alphanum12>();
    return xdr::LedgerKey{xdr::as<LedgerEntryType::trustline>, xdr::LedgerKeyTrustLine{account, line}};
}

xdr::LedgerKey data_key(const xdr::AccountId& account, std::string_view name) {
    return xdr::LedgerKey{xdr::as<LedgerEntryType::data>, xdr::LedgerKeyData{account, {std::string{name}}}};
}

Result<Snapshot> Snapshot::load(Client& client, const std::vector<xdr::LedgerKey>& keys, Whom whom) {
    std::vector<std::string> texts;
    for (const auto& key : keys) texts.push_back(base64_of(key));
    const auto entries = client.get_entries(texts, whom);
    if (!entries) return entries.problems();
    Snapshot snapshot;
    snapshot.m_ledger = entries->latest_ledger;
    for (const auto& entry : entries->found) {
        auto data = xdr::decode_base64<xdr::LedgerEntryData>(entry.data);
        if (!data)
            return Problem{
                Kind::unavailable, "rpc.not_rpc",
                fmt::format("the server sent a ledger entry that cannot be read: {}", data.problem().message), ""};
        snapshot.m_entries.emplace(entry.key, std::move(data).value());
        snapshot.m_last_modified = std::max(snapshot.m_last_modified, entry.last_modified);
    }
    return snapshot;
}

const xdr::LedgerEntryData* Snapshot::find(const xdr::LedgerKey& key) const {
    const auto it = m_entries.find(base64_of(key));
    return it == m_entries.end() ? nullptr : &it->second;
}

const xdr::AccountEntry* Snapshot::find_account(const xdr::AccountId& account) const {
    const auto* data = find(account_key(account));
    return data == nullptr ? nullptr : data->find<LedgerEntryType::account>();
}

const xdr::TrustLineEntry* Snapshot::find_trustline(const xdr::AccountId& account, const xdr::Asset& asset) const {
    const auto* data = find(trustline_key(account, asset));
    return data == nullptr ? nullptr : data->find<LedgerEntryType::trustline>();
}

const xdr::DataEntry* Snapshot::find_data(const xdr::AccountId& account, std::string_view name) const {
    const auto* data = find(data_key(account, name));
    return data == nullptr ? nullptr : data->find<LedgerEntryType::data>();
}

Result<AccountState> find_account(Client& client, const xdr::AccountId& account, Whom whom) {
    const auto snapshot = Snapshot::load(client, {account_key(account)}, whom);
    if (!snapshot) return snapshot.problems();
    const auto* entry = snapshot->find_account(account);
    return AccountState{entry == nullptr ? std::nullopt : std::optional{*entry}, snapshot->ledger()};
}

money::Int128 min_balance(const xdr::AccountEntry& account, std::int64_t base_reserve) {
    money::Int128 units = 2 + std::int64_t{account.num_sub_entries};
    if (const auto* v1 = account.ext.find<1>())
        if (const auto* v2 = v1->ext.find<2>())
            units += std::int64_t{v2->num_sponsoring} - std::int64_t{v2->num_sponsored};
    return units * base_reserve;
}

std::int64_t selling_liabilities(const xdr::AccountEntry& account) {
    const auto* v1 = account.ext.find<1>();
    return v1 == nullptr ? 0 : v1->liabilities.selling;
}

std::int64_t selling_liabilities(const xdr::TrustLineEntry& line) {
    const auto* liabilities = liabilities_of(line);
    return liabilities == nullptr ? 0 : liabilities->selling;
}

std::int64_t buying_liabilities(const xdr::TrustLineEntry& line) {
    const auto* liabilities = liabilities_of(line);
    return liabilities == nullptr ? 0 : liabilities->buying;
}

Result<std::int64_t> get_base_reserve(Client& client) {
    const auto latest = client.get_latest_ledger();
    if (!latest) return latest.problems();
    const auto header = xdr::decode_base64<xdr::LedgerHeader>(latest->header);
    return header ? std::int64_t{header->base_reserve} : k_usual_reserve;
}

} // namespace passa::stellar::rpc
