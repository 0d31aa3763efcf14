// What a network lets one transaction use: every limit is told by name, with how much is over it.
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/limits.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/types_ledger_entries.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using Id = xdr::ConfigSettingId;

namespace {

constexpr contract::Limits k_limits{400, 4, 2, 300, 2, 100, 1000};

std::string said_of(const xdr::SorobanTransactionData& data, std::size_t bytes = 0) {
    const auto checked = contract::check_limits(k_limits, data, bytes);
    return checked ? "" : checked.problem().code + ": " + checked.problem().message;
}

xdr::SorobanTransactionData writing(std::size_t entries) {
    xdr::SorobanTransactionData data;
    data.resources.instructions = 1;
    for (std::size_t i = 0; i < entries; ++i)
        data.resources.footprint.read_write.push_back(contract::code_key(Hash256{static_cast<std::uint8_t>(i)}));
    return data;
}

json entry_of(Id id, const xdr::ConfigSettingEntry& setting) {
    const xdr::LedgerKey key{xdr::as<xdr::LedgerEntryType::config_setting>, xdr::LedgerKeyConfigSetting{id}};
    const xdr::LedgerEntryData data{xdr::as<xdr::LedgerEntryType::config_setting>, setting};
    return {{"key", to_base64(xdr::encode(key))}, {"xdr", to_base64(xdr::encode(data))}};
}

} // namespace

TEST_CASE("a limit that is passed is told by name, and by how much", "[unit]") {
    CHECK(said_of(writing(2), 1000).empty());
    auto data = writing(2);
    data.resources.write_bytes = 101;
    CHECK(said_of(data) == "contract.limit: the call is larger than the network takes: 101 bytes written, 1 more than "
                           "the 100 allowed");
    CHECK(said_of(writing(2), 1001).find("1001 bytes of the transaction itself, 1 more") != std::string::npos);
    data = writing(5);
    data.resources.instructions = 500;
    data.resources.disk_read_bytes = 301;
    const auto said = said_of(data);
    for (const auto* part : {"500 instructions, 100 more than the 400", "5 entries touched, 1 more than the 4",
                             "5 entries written, 3 more than the 2", "301 bytes read from disk, 1 more than the 300"})
        CHECK(said.find(part) != std::string::npos);
    CHECK(said.find("entries read from disk") == std::string::npos); // live contract entries are in memory
}

TEST_CASE("classic entries and what is restored are read from disk", "[unit]") {
    auto data = writing(2);
    data.ext.select<1>().archived_soroban_entries = {0, 1};
    CHECK(said_of(data).empty());
    data.resources.footprint.read_only.push_back(
        xdr::LedgerKey{xdr::as<xdr::LedgerEntryType::account>, xdr::LedgerKeyAccount{}});
    CHECK(said_of(data).find("3 entries read from disk, 1 more than the 2") != std::string::npos);
    data = writing(3);
    data.resources.instructions = 0; // a restoration
    CHECK(said_of(data).find("3 entries read from disk") != std::string::npos);
}

TEST_CASE("limits are read from the network's settings, and a server without them says nothing", "[unit]") {
    test::ScriptedRpc rpc;
    FixedClock clock{Instant{std::chrono::seconds{1'795'230'000}}};
    rpc::Client client{rpc, clock, test::standalone_servers({"http://127.0.0.1:8000"})};
    rpc.always("getLedgerEntries", {{"latestLedger", 200}, {"entries", json::array()}});
    CHECK(!contract::find_limits(client).value());
    xdr::ConfigSettingEntry compute, cost, more, bandwidth;
    compute.select<Id::contract_compute_v0>().tx_max_instructions = 400;
    cost.select<Id::contract_ledger_cost_v0>().tx_max_write_bytes = 132'096;
    more.select<Id::contract_ledger_cost_ext_v0>().tx_max_footprint_entries = 100;
    bandwidth.select<Id::contract_bandwidth_v0>().tx_max_size_bytes = 7;
    const json entries{entry_of(Id::contract_compute_v0, compute), entry_of(Id::contract_ledger_cost_v0, cost),
                       entry_of(Id::contract_ledger_cost_ext_v0, more), entry_of(Id::contract_bandwidth_v0, bandwidth)};
    rpc.always("getLedgerEntries", {{"latestLedger", 200}, {"entries", entries}});
    const auto limits = contract::find_limits(client).value();
    REQUIRE(limits);
    CHECK((limits->instructions == 400 && limits->write_bytes == 132'096 && limits->footprint_entries == 100 &&
           limits->size == 7 && limits->write_entries == 0));
}
