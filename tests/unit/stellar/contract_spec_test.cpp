// What a recorded contract says of itself, and what is no contract.
#include "lib/base/bytes.hpp"
#include "lib/stellar/contract/spec.hpp"
#include "lib/stellar/contract/wasm.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/codec.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace passa;
using namespace passa::stellar;
using nlohmann::json;
using xdr::as;

namespace {

Bytes recorded_code() {
    std::ifstream file{PASSA_FIXTURES "/vectors/network/soroban_basic.json"};
    const auto scenario = json::parse(file);
    for (const auto& step : scenario["steps"]) {
        if (step["label"] != "upload") continue;
        const auto envelope = xdr::decode_base64<xdr::TransactionEnvelope>(step["envelope"].get<std::string>()).value();
        const auto& body = envelope.get<xdr::EnvelopeType::tx>().tx.operations.front().body;
        return body.get<xdr::OperationType::invoke_host_function>()
            ->host_function.get<xdr::HostFunctionType::upload_contract_wasm>();
    }
    return {};
}

Bytes module_with(std::string_view name, const Bytes& contents) {
    Bytes wasm = parse_hex("0061736d01000000").value();
    wasm.push_back(0);
    const auto size = 1 + name.size() + contents.size();
    wasm.push_back(static_cast<std::uint8_t>((size & 0x7FU) | 0x80U));
    wasm.push_back(static_cast<std::uint8_t>(size >> 7U)); // LEB128 in two bytes, whatever the size
    wasm.push_back(static_cast<std::uint8_t>(name.size()));
    wasm.insert(wasm.end(), name.begin(), name.end());
    wasm.insert(wasm.end(), contents.begin(), contents.end());
    return wasm;
}

xdr::ScSpecTypeDef option_of(xdr::ScSpecTypeDef type) {
    return xdr::ScSpecTypeDef{as<xdr::ScSpecType::option>, xdr::ScSpecTypeOption{std::move(type)}};
}

} // namespace

TEST_CASE("a contract says what can be called, and with what", "[unit]") {
    const auto module = contract::read_module(recorded_code()).value();
    REQUIRE(module.spec.functions.size() == 2);
    const auto* pay = module.spec.find_function("pay");
    REQUIRE(pay != nullptr);
    std::string said;
    for (const auto& input : pay->inputs) said += fmt::format("{}: {}, ", input.name, contract::type_name(input.type));
    CHECK(said == "tok: Address, from: Address, to: Address, amount: i128, ");
    CHECK(module.spec.find_function("nosuch") == nullptr);
    CHECK(module.protocol == 28);
    REQUIRE_FALSE(module.meta.empty());
    CHECK(module.meta.front() == std::pair<std::string, std::string>{"rsver", "1.96.0"});
}

TEST_CASE("types are called as in Rust", "[unit]") {
    using Type = xdr::ScSpecType;
    const auto u32 = xdr::ScSpecTypeDef{Type::u32};
    const auto address = xdr::ScSpecTypeDef{Type::address};
    CHECK(contract::type_name(option_of(u32)) == "Option<u32>");
    const auto tuple = xdr::ScSpecTypeDef{as<Type::tuple>, xdr::ScSpecTypeTuple{{address, u32}}};
    CHECK(contract::type_name(tuple) == "(Address, u32)");
    const auto map = xdr::ScSpecTypeDef{as<Type::map>, xdr::ScSpecTypeMap{address, tuple}};
    CHECK(contract::type_name(map) == "Map<Address, (Address, u32)>");
    const auto result =
        xdr::ScSpecTypeDef{as<Type::result>, xdr::ScSpecTypeResult{map, xdr::ScSpecTypeDef{Type::error}}};
    CHECK(contract::type_name(result) == "Result<Map<Address, (Address, u32)>, Error>");
    CHECK(contract::type_name(xdr::ScSpecTypeDef{as<Type::bytes_n>, xdr::ScSpecTypeBytesN{32}}) == "BytesN<32>");
}

TEST_CASE("what is no contract is refused with its place", "[unit]") {
    const auto code = [](const Bytes& wasm) { return contract::read_module(wasm).problem().code; };
    CHECK(code({}) == "contract.wasm");
    CHECK(code(parse_hex("0061736d02000000").value()) == "contract.wasm");
    CHECK(code(parse_hex("0061736d01000000").value()) == "contract.no_interface");
    CHECK(code(parse_hex("0061736d0100000000ff").value()) == "contract.wasm");           // a size without its end
    CHECK(code(parse_hex("0061736d0100000000ffffffffff01").value()) == "contract.wasm"); // 35 bits of it
    CHECK(code(parse_hex("0061736d01000000000102").value()) == "contract.wasm"); // a name longer than its section
    auto whole = recorded_code();
    whole.resize(whole.size() - 1);
    CHECK(code(whole) == "contract.wasm");
    CHECK(code(module_with("contractspecv0", parse_hex("00000009").value())) == "xdr.unsupported");
    // A function `a` with an input `b` of Option<Option<...
    Bytes deep = parse_hex("0000000000000000000000016100000000000001000000000000000162000000").value();
    for (int i = 0; i < 120; ++i) deep.insert(deep.end(), {0, 0, 0x03, 0xE8});
    CHECK(code(module_with("contractspecv0", deep)) == "xdr.depth");
}

TEST_CASE("sections of one name are read as one", "[unit]") {
    auto wasm = module_with("notes", {1, 2});
    const auto more = module_with("notes", {3});
    wasm.insert(wasm.end(), more.begin() + 8, more.end());
    CHECK(contract::read_sections(wasm, "notes").value() == Bytes{1, 2, 3});
    CHECK(contract::read_sections(wasm, "other").value().empty());
}
