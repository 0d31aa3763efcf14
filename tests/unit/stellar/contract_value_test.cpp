// Values typed by a contract's interface: there and back, and what does not fit.
#include "lib/base/random.hpp"
#include "lib/stellar/contract/order.hpp"
#include "lib/stellar/contract/value.hpp"
#include "lib/stellar/strkey.hpp"
#include "lib/stellar/tx/transaction.hpp"
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "tests/support/contract_types.hpp"
#include "tests/support/property.hpp"
#include "tests/support/xdr_random.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

using namespace passa;
using namespace passa::stellar;
using namespace passa::test;
using Json = nlohmann::ordered_json;
using xdr::as;
using Val = xdr::ScValType;

namespace {

// Any value that a contract could hold of a type.
class Maker {
public:
    explicit Maker(std::uint64_t seed) : m_random(seed), m_spec(made_spec()) {}
    std::uint64_t below(std::uint64_t bound) { return m_random.below(bound); }

    xdr::ScVal make(const TypeDef& type) { // types nest
        switch (type.type()) {
        case Type::val: return random<xdr::ScVal>();
        case Type::void_: return Val::void_;
        case Type::bool_: return xdr::ScVal{as<Val::bool_>, below(2) == 1};
        case Type::error: return xdr::ScVal{as<Val::error>, random<xdr::ScError>()};
        case Type::u32: return xdr::ScVal{as<Val::u32>, random<std::uint32_t>()};
        case Type::i32: return xdr::ScVal{as<Val::i32>, random<std::int32_t>()};
        case Type::u64: return xdr::ScVal{as<Val::u64>, random<std::uint64_t>()};
        case Type::i64: return xdr::ScVal{as<Val::i64>, random<std::int64_t>()};
        case Type::timepoint: return xdr::ScVal{as<Val::timepoint>, random<std::uint64_t>()};
        case Type::duration: return xdr::ScVal{as<Val::duration>, random<std::uint64_t>()};
        case Type::u128: return xdr::ScVal{as<Val::u128>, random<xdr::UInt128Parts>()};
        case Type::i128: return xdr::ScVal{as<Val::i128>, random<xdr::Int128Parts>()};
        case Type::u256: return xdr::ScVal{as<Val::u256>, random<xdr::UInt256Parts>()};
        case Type::i256: return xdr::ScVal{as<Val::i256>, random<xdr::Int256Parts>()};
        case Type::bytes: return xdr::ScVal{as<Val::bytes>, xdr::ScBytes{some_bytes(below(9))}};
        case Type::string: return xdr::ScVal{as<Val::string>, some_text()};
        default: return make_named(type);
        }
    }

private:
    template <typename T>
    T random() {
        T value{};
        if constexpr (std::is_integral_v<T>)
            value = static_cast<T>(below(4) == 0 ? ~0ULL << 31U : m_random.next_u64());
        else
            test::randomise(shape_of(&value), &value, m_random, 8);
        return value;
    }
    Bytes some_bytes(std::size_t size) {
        Bytes bytes(size);
        m_random.fill(bytes);
        return bytes;
    }
    xdr::ScString some_text() { // as often any bytes as words
        const auto bytes = some_bytes(below(9));
        return below(2) == 0 ? xdr::ScString{std::string{bytes.begin(), bytes.end()}} : xdr::ScString{to_hex(bytes)};
    }
    xdr::ScVal symbol(const std::string& text) { return xdr::ScVal{as<Val::symbol>, xdr::ScSymbol{text}}; }
    xdr::ScVal list(xdr::ScVec items) { return xdr::ScVal{as<Val::vec>, std::move(items)}; }
    xdr::ScVal error(std::uint32_t number) {
        return xdr::ScVal{as<Val::error>, xdr::ScError{as<xdr::ScErrorType::contract>, number}};
    }
    template <typename Types>
    xdr::ScVal list_of(const Types& types, xdr::ScVec items = {}) {
        for (const auto& type : types) items.push_back(make(type));
        return list(std::move(items));
    }
    xdr::ScVal address(std::uint64_t kinds) {
        const auto kind = below(kinds);
        if (kind == 0)
            return xdr::ScVal{as<Val::address>,
                              xdr::ScAddress{as<xdr::ScAddressType::account>, random<xdr::AccountId>()}};
        if (kind == 1)
            return xdr::ScVal{as<Val::address>,
                              xdr::ScAddress{as<xdr::ScAddressType::contract>, random<xdr::ContractId>()}};
        return xdr::ScVal{as<Val::address>,
                          xdr::ScAddress{as<xdr::ScAddressType::muxed_account>, random<xdr::MuxedEd25519Account>()}};
    }
    xdr::ScVal make_named(const TypeDef& type) {
        switch (type.type()) {
        case Type::symbol: return symbol(std::string{"aZ_09bcdefghijklmnopqrstuvwxyzABC"}.substr(0, below(33)));
        case Type::address: return address(2);
        case Type::muxed_address: return address(3);
        case Type::option: return below(2) == 0 ? xdr::ScVal{Val::void_} : make(type.get<Type::option>()->value_type);
        case Type::result: {
            const auto& result = *type.get<Type::result>();
            return make(below(2) == 0 ? result.ok_type : result.error_type);
        }
        case Type::vec: return list_of(std::vector<TypeDef>(below(3), type.get<Type::vec>()->element_type));
        case Type::tuple: return list_of(type.get<Type::tuple>()->value_types);
        case Type::map: return map(*type.get<Type::map>());
        case Type::bytes_n: {
            return xdr::ScVal{as<Val::bytes>, xdr::ScBytes{some_bytes(type.get<Type::bytes_n>().n)}};
        }
        default: return make_defined(type.get<Type::udt>().name);
        }
    }
    xdr::ScVal map(const xdr::ScSpecTypeMap& types) {
        xdr::ScMap map;
        for (auto left = below(4); left > 0; --left) map.push_back({make(types.key_type), make(types.value_type)});
        if (!contract::sort_map(map)) map.resize(1); // two of one key
        return xdr::ScVal{as<Val::map>, std::move(map)};
    }
    xdr::ScVal make_defined(const std::string& name) {
        if (name == "Tier") return xdr::ScVal{as<Val::u32>, below(2) == 0 ? 1U : 5U};
        if (name == "Fault") return error(below(2) == 0 ? 3 : 4);
        if (name == "Pair") return list({make(Type::u32), make(Type::symbol)});
        if (name == "Share")
            return xdr::ScVal{as<Val::map>, xdr::ScMap{{symbol("amount"), make(Type::i128)},
                                                       {symbol("note"), make(option_of(Type::string))},
                                                       {symbol("payee"), make(Type::address)}}};
        const auto which = ++m_rules > 20 ? 0 : below(3);
        if (which == 0) return list({symbol("Open")});
        if (which == 1) return list({symbol("Until"), make(Type::timepoint)});
        return list({symbol("Both"), make(vec_of(named("Rule"))), make(named("Tier"))});
    }

    SeededRandom m_random;
    contract::Spec m_spec;
    int m_rules = 0;
};

std::string json_of(const TypeDef& type, const xdr::ScVal& value) {
    return contract::write_value(made_spec(), type, value).value().dump();
}

Problem refusal(const TypeDef& type, const char* text) {
    const auto spec = made_spec();
    const auto value = contract::read_value({spec}, {"it", type}, Json::parse(text));
    return value ? Problem{Kind::failed, "none", xdr::to_json_text(*value), ""} : value.problem();
}

std::string why(const TypeDef& type, const char* text) {
    const auto problem = refusal(type, text);
    CHECK(problem.code == "contract.value");
    CHECK(problem.hint.starts_with("for example "));
    return problem.message;
}

std::string flag(const TypeDef& type, std::string_view text) {
    const auto spec = made_spec();
    const auto value = contract::read_flag({spec}, {"it", type}, text);
    return value ? json_of(type, *value) : value.problem().message;
}

const std::string k_account = "GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI";
const std::string k_contract = "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4";

} // namespace

TEST_CASE("a value of any type is the same after it was written and read", "[unit][prop]") {
    const auto spec = made_spec();
    for (const auto& type : every_type()) {
        INFO(contract::type_name(type));
        test::holds_for_some(40, [&](std::uint64_t seed) {
            const auto value = Maker{seed}.make(type);
            const auto json = contract::write_value(spec, type, value);
            RC_ASSERT(json.ok());
            const auto again = contract::read_value({spec}, {"it", type}, Json::parse(json->dump()));
            RC_ASSERT(again.ok());
            RC_ASSERT(*again == value);
        });
    }
}

TEST_CASE("a value that is typed in any order becomes the one that the host wants", "[unit]") {
    const auto text = R"({"payee": ")" + k_contract + R"(", "amount": "-170141183460469231731687303715884105728"})";
    const auto spec = made_spec();
    const auto value = contract::read_flag({spec}, {"it", named("Share")}, text).value();
    const auto& map = *value.get<Val::map>();
    REQUIRE(map.size() == 3);
    CHECK(map[0].key.get<Val::symbol>() == "amount");
    CHECK(map[1].val.type() == Val::void_); // the option that was left out
    CHECK(map[2].key.get<Val::symbol>() == "payee");
    CHECK(flag(map_of(Type::i64, Type::u32), R"({"5": 1, "-7": 2, "10": 3})") == R"({"-7":2,"5":1,"10":3})");
    CHECK(flag(map_of(Type::string, Type::u32), R"([["b", 1], ["ab", 2]])") == R"({"ab":2,"b":1})");
}

TEST_CASE("flags need no quotes for one word", "[unit]") {
    CHECK(flag(Type::i128, "5") == R"("5")");
    CHECK(flag(Type::u32, "5") == "5");
    CHECK(flag(Type::string, R"(say "hi")") == R"("say \"hi\"")");
    CHECK(flag(Type::bool_, "true") == "true");
    CHECK(flag(option_of(Type::u64), "null") == "null");
    CHECK(flag(option_of(Type::u64), "18446744073709551615") == R"("18446744073709551615")");
    CHECK(flag(named("Tier"), "5") == R"("Silver")");
    CHECK(flag(named("Tier"), "Gold") == R"("Gold")");
    CHECK(flag(named("Fault"), "4") == R"("Paused")");
    CHECK(flag(named("Rule"), "Open") == R"("Open")");
    CHECK(flag(named("Rule"), R"({"Until": "9"})") == R"({"Until":["9"]})"); // as the Rust command line writes it
    CHECK(flag(vec_of(Type::address), "[\"" + k_account + "\"]") == "[\"" + k_account + "\"]");
    CHECK(flag(vec_of(Type::u32), "[1") == "it: this is no Vec<u32>: it is not JSON");
    CHECK(flag(named("Share"), R"({"amount": "1", "amount": "2"})") == "it: this is no Share: a key comes twice");
    CHECK(flag(vec_of(Type::val), std::string(100, '[')) == "it: this is no Vec<Val>: nested too deeply");
    CHECK(
        flag(Type::string, std::string(contract::k_longest + 1, 'a')).starts_with("it: this is no String: more than"));
}

TEST_CASE("what does not fit is refused with its path", "[unit]") {
    const auto in_list = R"([{"payee": ")" + k_account + R"(", "amount": "12.5"}])";
    CHECK(why(vec_of(named("Share")), in_list.c_str()) == R"(it[0].amount: "12.5" is no i128)");
    CHECK(why(named("Rule"), R"({"Both": [["Open", {"Until": ["x"]}], "Gold"]})") ==
          R"(it.Both[0][1].Until[0]: "x" is no Timepoint)");
    CHECK(why(Type::i128, "1e3").find("put it in quotes") != std::string::npos);
    CHECK(why(Type::u256, "18446744073709551616").find("put it in quotes") != std::string::npos);
    CHECK(why(Type::u32, "-1") == "it: -1 is no u32");
    CHECK(why(Type::u32, "4294967296") == "it: 4294967296 is no u32");
    CHECK(why(Type::u64, "\"18446744073709551616\"") == R"(it: "18446744073709551616" is no u64)");
    CHECK(why(Type::bool_, "\"yes\"") == R"(it: "yes" is no bool)");
    CHECK(why(Type::bool_, "1") == "it: 1 is no bool");
    CHECK(why(Type::void_, "0") == "it: 0 is no ()");
    CHECK(why(Type::symbol, "\"two words\"") == R"(it: "two words" is no Symbol)");
    CHECK(why(Type::symbol, "\"a23456789012345678901234567890123\"").ends_with("is no Symbol"));
    CHECK(why(Type::bytes, "\"abc\"") == R"(it: "abc" is no Bytes)");
    CHECK(why(bytes_of(2), "\"abcdef\"") == R"(it: "abcdef" is no BytesN<2>)");
    CHECK(why(tuple_of({Type::u32}), "[1, 2]") == "it: [1,2] is no (u32): need a list of 1");
    CHECK(why(named("Pair"), "[1]") == "it: [1] is no Pair: need a list of 2");
    CHECK(why(named("Tier"), "2") == "it: 2 is no Tier: it is one of Gold, Silver");
    CHECK(why(named("Fault"), "\"Gold\"") == R"(it: "Gold" is no Fault: it is one of NotFunded, Paused)");
    CHECK(why(named("Rule"), "\"Until\"") == R"(it: "Until" is no Rule: it has no such case without values)");
    CHECK(why(result_of(Type::u32, Type::error), "7") == "it: 7 is no Result<u32, Error>");
    CHECK(why(Type::error, "\"no\"") == R"(it: "no" is no Error)");
    CHECK(why(Type::val, "{\"u32\": -1}").starts_with(R"(it: {"u32":-1} is no Val: )"));
    CHECK(why(map_of(Type::u32, Type::u32), "[[1, 2], [1, 3]]").ends_with("a key comes twice"));
    CHECK(why(map_of(Type::u32, Type::u32), "[[1]]") == "it[0]: [1] is no Map<u32, u32>: need [key, value]");
    CHECK(refusal(named("Nothing"), "1").code == "contract.type");
}

TEST_CASE("fields that are missing or unknown are named", "[unit]") {
    CHECK(why(named("Share"), R"({"amount": "1"})").ends_with("the field payee is missing"));
    const auto typo = R"({"payee": ")" + k_account + R"(", "amount": "1", "notes": null})";
    CHECK(why(named("Share"), typo.c_str()).ends_with("it has no field notes; perhaps note"));
}

TEST_CASE("addresses are accounts, contracts and names; muxed ones where they are taken", "[unit]") {
    const auto muxed = xdr::to_text(xdr::MuxedEd25519Account{7, parse_account(k_account).value()});
    CHECK(flag(Type::muxed_address, muxed) == "\"" + muxed + "\"");
    CHECK(flag(Type::address, muxed).ends_with("give the account (G...)"));
    CHECK(flag(Type::address, "party:venue").ends_with("names are not known here"));
    const auto spec = made_spec();
    const contract::FindAddress find = [&](std::string_view kind, std::string_view name) -> Result<xdr::ScAddress> {
        xdr::ScAddress address;
        if (kind == "party" && name == "venue" && xdr::from_text(k_contract, address)) return address;
        return Problem{Kind::not_found, "party.unknown", "there is no such party", ""};
    };
    const contract::Reading reading{spec, find};
    const TypeDef type = Type::address;
    CHECK(json_of(type, contract::read_flag(reading, {"to", type}, "party:venue").value()) == "\"" + k_contract + "\"");
    const auto unknown = contract::read_flag(reading, {"to", type}, "party:nobody").problem();
    CHECK(unknown.code == "party.unknown");
    CHECK(unknown.message == "to: there is no such party");
    CHECK(contract::read_flag(reading, {"to", type}, "person:venue")
              .problem()
              .message.ends_with("account: or contract:"));
    Bytes seed(32, 9);
    const auto pool = format_strkey(StrkeyKind::liquidity_pool, seed);
    CHECK(flag(Type::muxed_address, pool).ends_with("contracts (C...) only"));
}

TEST_CASE("a seed where an address belongs is not repeated", "[unit]") {
    const auto text = std::string{"SDJHRQF4GCMIIKAAAQ6IHY42X73FQFLHUULAPSKKD4DFDM7UXWWCRHBE"}; // SEP-23's
    REQUIRE(looks_like_seed(text));
    const auto spec = made_spec();
    const TypeDef type = Type::address;
    const auto problem = contract::read_flag({spec}, {"to", type}, text).problem();
    CHECK(problem.message.find(text.substr(0, 10)) == std::string::npos);
    CHECK(problem.message.find("secret seed") != std::string::npos);
}

TEST_CASE("values too deep and too many are refused", "[unit]") {
    auto text = std::string{R"("Open")"};
    for (int i = 0; i < 40; ++i) text = R"({"Both": [[)" + text + R"(], "Gold"]})";
    CHECK(why(named("Rule"), text.c_str()).find("nested deeper than 64 levels") != std::string::npos);
    std::string many = "[0";
    for (std::size_t i = 0; i < contract::k_most_items; ++i) many += ",0";
    CHECK(why(vec_of(Type::u32), (many + "]").c_str()).find("more than 100000 items") != std::string::npos);
}

TEST_CASE("an answer of another type than promised is said to be one", "[unit]") {
    const auto code = [](const TypeDef& type, const xdr::ScVal& value) {
        return contract::write_value(made_spec(), type, value).problem().code;
    };
    const xdr::ScVal seven{as<Val::u32>, 7U};
    const xdr::ScVal list{as<Val::vec>, xdr::ScVec{seven}};
    CHECK(code(Type::u64, seven) == "contract.answer");
    CHECK(code(named("Tier"), seven) == "contract.answer"); // no such number
    CHECK(code(named("Share"), list) == "contract.answer");
    CHECK(code(named("Rule"), list) == "contract.answer");
    CHECK(code(named("Pair"), list) == "contract.answer");
    CHECK(code(named("Nothing"), seven) == "contract.answer");
    CHECK(code(bytes_of(2), xdr::ScVal{as<Val::bytes>, xdr::ScBytes{1, 2, 3}}) == "contract.answer");
    CHECK(code(Type::symbol, xdr::ScVal{as<Val::symbol>, xdr::ScSymbol{"\x1b[2J"}}) == "contract.answer");
    CHECK(code(vec_of(Type::u32), xdr::ScVal{as<Val::vec>, std::optional<xdr::ScVec>{}}) == "contract.answer");
    auto deep = seven;
    for (int i = 0; i < 600; ++i) deep = xdr::ScVal{as<Val::vec>, xdr::ScVec{deep}};
    CHECK(code(Type::val, deep) == "contract.answer");
}

TEST_CASE("errors have the contract's words", "[unit]") {
    const auto said = [](const xdr::ScError& error) { return contract::explain_error(made_spec(), error); };
    CHECK(said(xdr::ScError{as<xdr::ScErrorType::contract>, 3U}) == "NotFunded (3): the escrow is empty");
    CHECK(said(xdr::ScError{as<xdr::ScErrorType::contract>, 4U}) == "Paused (4)");
    CHECK(said(xdr::ScError{as<xdr::ScErrorType::contract>, 9U}).starts_with("error 9 of the contract"));
    CHECK(said(xdr::ScError{as<xdr::ScErrorType::budget>, xdr::ScErrorCode::exceeded_limit}) ==
          R"({"budget":"exceeded_limit"})");
}

TEST_CASE("the arguments of a recorded call are the same after they were written and read", "[unit]") {
    std::ifstream file{PASSA_FIXTURES "/vectors/network/soroban_basic.json"};
    contract::Spec spec;
    int calls = 0;
    const auto scenario = Json::parse(file);
    for (const auto& step : scenario["steps"]) {
        const auto envelope = xdr::decode_base64<xdr::TransactionEnvelope>(step["envelope"].get<std::string>()).value();
        const auto* signed_one = envelope.find<xdr::EnvelopeType::tx>();
        const auto* call =
            signed_one == nullptr
                ? nullptr
                : signed_one->tx.operations.front().body.find<xdr::OperationType::invoke_host_function>();
        if (call == nullptr) continue;
        const auto& function = (*call)->host_function;
        if (const auto* code = function.find<xdr::HostFunctionType::upload_contract_wasm>())
            spec = contract::read_module(*code).value().spec;
        const auto* invoked = function.find<xdr::HostFunctionType::invoke_contract>();
        const auto* told = invoked == nullptr ? nullptr : spec.find_function(invoked->function_name);
        if (told == nullptr || told->inputs.size() != invoked->args.size())
            continue; // the asset contract's have no code
        for (std::size_t i = 0; i < told->inputs.size(); ++i) {
            const auto& type = told->inputs[i].type;
            const auto json = contract::write_value(spec, type, invoked->args[i]).value();
            CHECK(contract::read_value({spec}, {"it", type}, json).value() == invoked->args[i]);
        }
        ++calls;
    }
    CHECK(calls >= 2);
}
