// Sources: Stellar-contract-config-setting.x; CAP-62 and CAP-66 for what counts as read from disk: classic entries, and
// what is restored. Live contract entries are in memory.
#include "lib/stellar/contract/limits.hpp"

#include "lib/base/text.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/types_ledger_entries.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace passa::stellar::contract {
namespace {

using Id = xdr::ConfigSettingId;

constexpr std::array k_asked{Id::contract_compute_v0, Id::contract_ledger_cost_v0, Id::contract_bandwidth_v0,
                             Id::contract_ledger_cost_ext_v0};

std::string key_text(Id id) {
    return to_base64(
        xdr::encode(xdr::LedgerKey{xdr::as<xdr::LedgerEntryType::config_setting>, xdr::LedgerKeyConfigSetting{id}}));
}

struct Use {
    std::string_view what;
    std::int64_t needs;
    std::int64_t most;
};

bool is_classic(const xdr::LedgerKey& key) {
    return key.type() != xdr::LedgerEntryType::contract_data && key.type() != xdr::LedgerEntryType::contract_code;
}

std::int64_t disk_reads(const xdr::SorobanTransactionData& data) {
    const auto& footprint = data.resources.footprint;
    const auto count = [](const auto& keys) { return std::count_if(keys.begin(), keys.end(), is_classic); };
    auto reads = count(footprint.read_only) + count(footprint.read_write);
    if (const auto* archived = data.ext.find<1>())
        reads += static_cast<std::int64_t>(archived->archived_soroban_entries.size());
    else if (data.resources.instructions == 0) // nothing runs: it restores all that it writes
        reads = static_cast<std::int64_t>(footprint.read_write.size());
    return reads;
}

} // namespace

Result<std::optional<Limits>> find_limits(rpc::Client& client) {
    std::vector<std::string> keys;
    for (const auto id : k_asked) keys.push_back(key_text(id));
    const auto entries = client.get_entries(keys);
    if (!entries) return entries.problems();
    std::map<Id, xdr::ConfigSettingEntry> settings;
    for (const auto& entry : entries->found) {
        auto data = xdr::decode_base64<xdr::LedgerEntryData>(entry.data);
        if (!data || data->type() != xdr::LedgerEntryType::config_setting) continue;
        const auto& setting = data->get<xdr::LedgerEntryType::config_setting>();
        settings.emplace(setting.type(), setting);
    }
    if (!std::all_of(k_asked.begin(), k_asked.end(), [&](Id id) { return settings.contains(id); }))
        return std::optional<Limits>{};
    const auto& compute = settings.at(Id::contract_compute_v0).get<Id::contract_compute_v0>();
    const auto& cost = settings.at(Id::contract_ledger_cost_v0).get<Id::contract_ledger_cost_v0>();
    const auto& more = settings.at(Id::contract_ledger_cost_ext_v0).get<Id::contract_ledger_cost_ext_v0>();
    const auto& bandwidth = settings.at(Id::contract_bandwidth_v0).get<Id::contract_bandwidth_v0>();
    return std::optional{Limits{compute.tx_max_instructions, more.tx_max_footprint_entries,
                                cost.tx_max_disk_read_entries, cost.tx_max_disk_read_bytes,
                                cost.tx_max_write_ledger_entries, cost.tx_max_write_bytes,
                                bandwidth.tx_max_size_bytes}};
}

Result<Done> check_limits(const Limits& limits, const xdr::SorobanTransactionData& data, std::size_t envelope_bytes) {
    const auto& needs = data.resources;
    const auto writes = static_cast<std::int64_t>(needs.footprint.read_write.size());
    const std::array<Use, 7> uses{{
        {"instructions", needs.instructions, limits.instructions},
        {"entries touched", static_cast<std::int64_t>(needs.footprint.read_only.size()) + writes,
         limits.footprint_entries},
        {"entries read from disk", disk_reads(data), limits.disk_read_entries},
        {"bytes read from disk", needs.disk_read_bytes, limits.disk_read_bytes},
        {"entries written", writes, limits.write_entries},
        {"bytes written", needs.write_bytes, limits.write_bytes},
        {"bytes of the transaction itself", static_cast<std::int64_t>(envelope_bytes), limits.size},
    }};
    std::vector<std::string> over;
    for (const auto& use : uses)
        if (use.needs > use.most)
            over.push_back(
                fmt::format("{} {}, {} more than the {} allowed", use.needs, use.what, use.needs - use.most, use.most));
    if (over.empty()) return Done{};
    return Problem{Kind::refused, "contract.limit",
                   fmt::format("the call is larger than the network takes: {}", join(over, "; ")),
                   "do it in smaller parts"};
}

} // namespace passa::stellar::contract
