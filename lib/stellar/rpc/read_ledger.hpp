// Ledger entries by what they are: accounts, trustlines, data. One question for many keys.
#pragma once
#include "lib/money/int128.hpp"
#include "lib/stellar/rpc/client.hpp"
#include "lib/stellar/xdr/types_ledger.hpp"

namespace passa::stellar::rpc {

xdr::LedgerKey account_key(const xdr::AccountId& account);
xdr::LedgerKey trustline_key(const xdr::AccountId& account, const xdr::Asset& asset); // not for XLM
xdr::LedgerKey data_key(const xdr::AccountId& account, std::string_view name);

// Entries as they stood in one ledger.
class Snapshot {
public:
    // Errors as of the client; rpc.not_rpc when an entry cannot be decoded.
    static Result<Snapshot> load(Client& client, const std::vector<xdr::LedgerKey>& keys, Whom whom = {});

    [[nodiscard]] std::uint32_t ledger() const { return m_ledger; }
    [[nodiscard]] std::uint32_t last_modified() const { return m_last_modified; } // the newest of all entries
    [[nodiscard]] const xdr::AccountEntry* find_account(const xdr::AccountId& account) const;
    [[nodiscard]] const xdr::TrustLineEntry* find_trustline(const xdr::AccountId& account,
                                                            const xdr::Asset& asset) const;
    [[nodiscard]] const xdr::DataEntry* find_data(const xdr::AccountId& account, std::string_view name) const;

private:
    [[nodiscard]] const xdr::LedgerEntryData* find(const xdr::LedgerKey& key) const;
    std::map<std::string, xdr::LedgerEntryData> m_entries; // by the key's base64
    std::uint32_t m_ledger = 0;
    std::uint32_t m_last_modified = 0;
};

struct AccountState {
    std::optional<xdr::AccountEntry> entry;
    std::uint32_t ledger = 0; // as of which
};
Result<AccountState> find_account(Client& client, const xdr::AccountId& account, Whom whom = {});

// What the account must keep: (2 + entries + sponsoring - sponsored) reserves. Source: stellar-core, getMinBalance.
// 128 bits: a server may say anything, and nothing here may overflow.
money::Int128 min_balance(const xdr::AccountEntry& account, std::int64_t base_reserve);
std::int64_t selling_liabilities(const xdr::AccountEntry& account);
std::int64_t selling_liabilities(const xdr::TrustLineEntry& line);
std::int64_t buying_liabilities(const xdr::TrustLineEntry& line);

// From the newest ledger's header; 0.5 XLM where the server does not tell.
Result<std::int64_t> get_base_reserve(Client& client);

} // namespace passa::stellar::rpc
