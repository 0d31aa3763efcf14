// Arguments by name, events and values in a contract's own terms, and contracts as they stand on a network.
#include "lib/crypto/hash.hpp"
#include "lib/stellar/contract/arguments.hpp"
#include "lib/stellar/contract/call.hpp"
#include "lib/stellar/contract/on_chain.hpp"
#include "lib/stellar/contract/told.hpp"
#include "lib/stellar/contract/words.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/types_ledger_entries.hpp"
#include "tests/support/scripted_rpc.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using xdr::as;
using Type = xdr::ScSpecType;

namespace {

xdr::ScSpecTypeDef option_of(Type type) {
    return xdr::ScSpecTypeDef{as<Type::option>, xdr::ScSpecTypeOption{xdr::ScSpecTypeDef{type}}};
}

xdr::ScSpecFunctionV0 make_function() {
    xdr::ScSpecFunctionV0 function;
    function.name = {"set"};
    function.inputs.push_back({{"how many"}, {"amount"}, xdr::ScSpecTypeDef{Type::u32}});
    function.inputs.push_back({{}, {"note"}, option_of(Type::string)});
    return function;
}

std::string read(const std::vector<std::string>& words) {
    const contract::Spec spec;
    const auto values = contract::read_arguments({spec}, make_function(), words);
    if (!values) return values.problem().code;
    std::string text;
    for (const auto& value : *values) text += xdr::to_json_text(value) + " ";
    return text;
}

xdr::ScVal symbol(const char* text) { return xdr::ScVal{as<xdr::ScValType::symbol>, xdr::ScSymbol{text}}; }
xdr::ScVal number(std::uint32_t value) { return xdr::ScVal{as<xdr::ScValType::u32>, value}; }

contract::Spec spec_with_event(xdr::ScSpecEventDataFormat format) {
    contract::Spec spec;
    xdr::ScSpecEventV0 event;
    event.name = {"Paid"};
    event.prefix_topics = {xdr::ScSymbol{"paid"}};
    using Where = xdr::ScSpecEventParamLocationV0;
    event.params.push_back({{}, {"version"}, xdr::ScSpecTypeDef{Type::u32}, Where::topic_list});
    event.params.push_back({{}, {"amount"}, xdr::ScSpecTypeDef{Type::u32}, Where::data});
    event.data_format = format;
    spec.events.push_back(event);
    return spec;
}

struct Network {
    test::ScriptedRpc rpc;
    FixedClock clock{Instant{std::chrono::seconds{1'795'230'000}}};
    rpc::Client client{rpc, clock, test::standalone_servers({"http://127.0.0.1:8000"})};
    std::map<std::string, json> entries; // by key

    Network() {
        rpc.on("getLedgerEntries", [this](const json& params) {
            auto found = json::array();
            for (const auto& key : params["keys"])
                if (const auto it = entries.find(key.get<std::string>()); it != entries.end())
                    found.push_back(it->second);
            return test::ScriptedRpc::result({{"latestLedger", 500}, {"entries", found}});
        });
    }
    void put(const xdr::LedgerKey& key, const xdr::LedgerEntryData& data, std::uint32_t live_until = 600) {
        const auto text = to_base64(xdr::encode(key));
        entries[text] = {{"key", text}, {"xdr", to_base64(xdr::encode(data))}, {"liveUntilLedgerSeq", live_until}};
    }
    void put_instance(const xdr::ContractId& id, const xdr::ContractExecutable& executable) {
        xdr::ContractDataEntry entry;
        entry.contract = contract::to_address(id);
        entry.key = xdr::ScVal{xdr::ScValType::ledger_key_contract_instance};
        entry.durability = xdr::ContractDataDurability::persistent;
        entry.val = xdr::ScVal{as<xdr::ScValType::contract_instance>, xdr::ScContractInstance{executable, {}}};
        put(contract::instance_key(id), xdr::LedgerEntryData{as<xdr::LedgerEntryType::contract_data>, entry});
    }
    Hash256 put_code(std::uint32_t live_until = 700) {
        xdr::ScSpecEntry told{as<xdr::ScSpecEntryKind::function_v0>, make_function()};
        auto wasm = parse_hex("0061736d0100000000").value();
        const auto contents = xdr::encode(told);
        const std::string name = "contractspecv0";
        const auto size = 1 + name.size() + contents.size();
        wasm.push_back(static_cast<std::uint8_t>((size & 0x7FU) | 0x80U));
        wasm.push_back(static_cast<std::uint8_t>(size >> 7U));
        wasm.push_back(static_cast<std::uint8_t>(name.size()));
        wasm.insert(wasm.end(), name.begin(), name.end());
        wasm.insert(wasm.end(), contents.begin(), contents.end());
        const auto hash = crypto::sha256(wasm);
        xdr::ContractCodeEntry code;
        code.hash = hash;
        code.code = {wasm};
        put(contract::code_key(hash), xdr::LedgerEntryData{as<xdr::LedgerEntryType::contract_code>, code}, live_until);
        return hash;
    }
};

const xdr::ContractId k_contract{Hash256{9}};

} // namespace

TEST_CASE("a function's arguments are read by name, in its order", "[unit]") {
    CHECK(read({"--amount", "5"}) == R"({"u32":5} "void" )");
    CHECK(read({"--note=a=b", "--amount=5"}) == R"({"u32":5} {"string":"a=b"} )");
    CHECK(read({}) == "contract.missing_argument");
    CHECK(read({"--amount"}) == "contract.no_argument");
    CHECK(read({"5"}) == "contract.no_argument");
    CHECK(read({"--amuont", "5"}) == "contract.no_argument");
    CHECK(read({"--amount", "5", "--amount", "5"}) == "contract.no_argument");
    CHECK(read({"--amount", "-5"}) == "contract.value");
    const contract::Spec spec;
    const auto named = contract::read_named_arguments({spec}, make_function(), {{"amount", "5"}}); // as YAML writes it
    CHECK(named.ok());
    CHECK(contract::read_named_arguments({spec}, make_function(), {{"amount", 5}, {"x", 1}}).problem().code ==
          "contract.no_argument");
}

TEST_CASE("only what can be called is a function", "[unit]") {
    contract::Spec spec;
    spec.functions.push_back(make_function());
    spec.functions.push_back({{}, {"__constructor"}, {}, {}});
    CHECK(contract::get_function(spec, "set").ok());
    CHECK(contract::get_function(spec, "sett").problem().hint == "did you mean set? it has: set");
    CHECK(contract::get_function(spec, "__constructor").problem().code == "contract.no_function");
}

TEST_CASE("an event is told by its interface, or as it is", "[unit]") {
    using Format = xdr::ScSpecEventDataFormat;
    xdr::ContractEventV0 event;
    event.topics = {symbol("paid"), number(3)};
    const auto told = [&](Format format) { return contract::event_json(spec_with_event(format), event).dump(); };
    event.data = number(70);
    CHECK(told(Format::single_value) == R"({"name":"Paid","parameters":{"version":3,"amount":70}})");
    CHECK(told(Format::vec) == R"({"topics":[{"symbol":"paid"},{"u32":3}],"data":{"u32":70}})");
    event.data = xdr::ScVal{as<xdr::ScValType::vec>, xdr::ScVec{number(70)}};
    CHECK(told(Format::vec) == R"({"name":"Paid","parameters":{"version":3,"amount":70}})");
    xdr::ScMap map;
    map.push_back({symbol("amount"), number(70)});
    event.data = xdr::ScVal{as<xdr::ScValType::map>, map};
    CHECK(told(Format::map) == R"({"name":"Paid","parameters":{"version":3,"amount":70}})");
    event.topics.push_back(number(1)); // one too many
    CHECK(told(Format::map).starts_with(R"({"topics")"));
}

TEST_CASE("a call and what is authorised by it are told in words", "[unit]") {
    contract::Spec spec;
    spec.functions.push_back(make_function());
    CHECK(contract::call_words(spec, "set", {number(5), xdr::ScVal{xdr::ScValType::void_}}) ==
          "set(amount: 5, note: null)");
    CHECK(contract::call_words(spec, "other", {symbol("a\x1b[2J")}) == R"(other({"symbol":"a\\x1b[2J"}))");
    xdr::SorobanAuthorizedInvocation inner, outer;
    inner.function = xdr::SorobanAuthorizedFunction{
        as<xdr::SorobanAuthorizedFunctionType::contract_fn>,
        xdr::InvokeContractArgs{contract::to_address(k_contract), {"move"}, {number(1)}}};
    outer = inner;
    outer.sub_invocations.push_back(inner);
    const auto lines = contract::invocation_words(spec, outer);
    REQUIRE(lines.size() == 2);
    CHECK(lines[1].starts_with("> C"));
    CHECK(lines[1].ends_with(R"( move({"u32":1}))"));
}

TEST_CASE("a contract is found with what runs it, also where another keeps its code", "[unit]") {
    Network network;
    CHECK_FALSE(contract::find_contract(network.client, k_contract).value());
    const auto hash = network.put_code();
    network.put_instance(k_contract, xdr::ContractExecutable{as<xdr::ContractExecutableType::wasm>, hash});
    const auto plain = contract::find_contract(network.client, k_contract).value();
    REQUIRE(plain);
    CHECK(plain->code == hash);
    CHECK(plain->life.live_until == 600);
    CHECK(plain->code_life.live_until == 700);
    CHECK_FALSE(plain->life.is_archived());
    CHECK(plain->spec.find_function("set") != nullptr);

    const auto owner = contract::to_address(xdr::ContractId{Hash256{8}}); // CAP-85
    network.put_instance(k_contract, xdr::ContractExecutable{as<xdr::ContractExecutableType::external_ref>,
                                                             xdr::ContractExecutableExternalRef{owner, {"stable"}}});
    CHECK(contract::find_contract(network.client, k_contract).problem().code == "contract.executable");
    const xdr::ScVal tag{as<xdr::ScValType::executable_tag>, xdr::ScString{"stable"}};
    const xdr::LedgerKey key{as<xdr::LedgerEntryType::contract_data>,
                             xdr::LedgerKeyContractData{owner, tag, xdr::ContractDataDurability::persistent}};
    xdr::ContractDataEntry entry;
    entry.contract = owner;
    entry.key = tag;
    entry.durability = xdr::ContractDataDurability::persistent;
    entry.val.select<xdr::ScValType::bytes>().assign(hash.begin(), hash.end());
    network.put(key, xdr::LedgerEntryData{as<xdr::LedgerEntryType::contract_data>, entry});
    CHECK(contract::find_contract(network.client, k_contract).value()->code == hash);

    network.put_instance(k_contract, xdr::ContractExecutable{xdr::ContractExecutableType::stellar_asset});
    const auto asset = contract::find_contract(network.client, k_contract).value();
    CHECK(asset->is_asset);
    CHECK(asset->spec.functions.size() == 17);
}

TEST_CASE("code that is not what was asked for is not believed", "[unit]") {
    Network network;
    const auto hash = network.put_code();
    auto& entry = network.entries.begin()->second;
    xdr::ContractCodeEntry other;
    other.hash = hash;
    other.code = {Bytes{1, 2, 3}};
    entry["xdr"] = to_base64(xdr::encode(xdr::LedgerEntryData{as<xdr::LedgerEntryType::contract_code>, other}));
    CHECK(contract::find_code(network.client, hash).problem().code == "rpc.not_rpc");
    network.entries.clear();
    CHECK_FALSE(contract::find_code(network.client, hash).value());
    network.put_instance(k_contract, xdr::ContractExecutable{as<xdr::ContractExecutableType::wasm>, hash});
    CHECK(contract::find_contract(network.client, k_contract).problem().code == "contract.no_code");
}
