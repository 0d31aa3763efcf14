// What the help of a function is made of: words for each type, and examples that can be typed as they stand.
#include "lib/stellar/contract/type_words.hpp"
#include "lib/stellar/contract/value.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "tests/support/contract_types.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

using namespace passa;
using namespace passa::stellar;
using namespace passa::test;

namespace {

Bytes committed_code(const std::string& name) {
    std::ifstream file{PASSA_FIXTURES "/../../contracts/wasm/" + name + ".wasm", std::ios::binary};
    return Bytes{std::istreambuf_iterator<char>{file}, {}};
}

Result<xdr::ScAddress> somebody(std::string_view, std::string_view) {
    xdr::ScAddress address;
    REQUIRE(xdr::from_text("GDRXE2BQUC3AZNPVFSCEZ76NJ3WWL25FYFK6RGZGIEKWE4SOOHSUJUJ6", address));
    return address;
}

// As the shell takes the quotes off.
std::string as_typed(const std::string& example) {
    return example.starts_with('\'') ? example.substr(1, example.size() - 2) : example;
}

} // namespace

TEST_CASE("every example of a committed contract's argument reads as one", "[unit]") {
    std::size_t read = 0;
    for (const auto* name : {"event_revenue", "loyalty", "ticket"}) {
        const auto module = contract::read_module(committed_code(name)).value();
        for (const auto& function : module.spec.functions)
            for (const auto& input : function.inputs) {
                const auto example = contract::flag_example(module.spec, input.type);
                INFO(name << ' ' << function.name << " --" << input.name << ' ' << example);
                const auto value =
                    contract::read_flag({module.spec, somebody}, {input.name, input.type}, as_typed(example));
                CHECK(value);
                CHECK(!contract::type_words(input.type).empty());
                ++read;
            }
    }
    CHECK(read > 50);
}

TEST_CASE("types are told in words", "[unit]") {
    CHECK(contract::type_words(Type::u32) == "a whole number, 0 to 4294967295");
    CHECK(contract::type_words(bytes_of(32)) == "32 bytes: 64 hex digits");
    CHECK(contract::type_words(vec_of(named("Share"))) == "a list of [Share]");
    CHECK(contract::type_words(map_of(Type::symbol, Type::i128)) ==
          "a map from [one word of at most 32 letters, digits and _] to [a whole number, -2^127 to 2^127-1]");
    CHECK(contract::type_words(option_of(Type::bool_)) == "true or false; or null: none");
    CHECK(contract::type_words(tuple_of({Type::bool_, Type::string})) == "a list of exactly [true or false; text]");
    for (const auto& type : every_type()) CHECK(!contract::type_words(type).empty());
}

TEST_CASE("examples are written as a shell takes them", "[unit]") {
    const auto spec = made_spec();
    CHECK(contract::flag_example(spec, Type::i128) == "1000000");
    CHECK(contract::flag_example(spec, Type::address) == "party:NAME");
    CHECK(contract::flag_example(spec, Type::string) == "'any text'");
    CHECK(contract::flag_example(spec, named("Tier")) == "Gold");
    CHECK(contract::flag_example(spec, option_of(Type::u32)) == "7");
    CHECK(contract::flag_example(spec, named("Share")) ==
          R"('{"payee": "party:NAME", "amount": "1000000", "note": "any text"}')");
}

TEST_CASE("a contract's own types are told once each, inner ones too", "[unit]") {
    const auto spec = made_spec();
    const auto rules = vec_of(named("Rule"));
    const TypeDef share = named("Share");
    const TypeDef* const asked[] = {&rules, &share, &share};
    const auto told = contract::defined_types(spec, asked);
    REQUIRE(told.size() == 3); // Rule names itself and Tier
    CHECK(told[0].name == "Share");
    CHECK(told[1].name == "Rule");
    CHECK(told[1].lines[2].what == "with a list of [Rule]; Tier");
    CHECK(told[2].name == "Tier");
    CHECK(told[2].lines[1].what == "5");
}

TEST_CASE("a function's errors are those of its own type", "[unit]") {
    auto spec = made_spec();
    spec.errors["Other"] = {"", "", "Other", {{"", "Odd", 1}}};
    xdr::ScSpecFunctionV0 function;
    function.outputs = {result_of(Type::void_, named("Fault"))};
    REQUIRE(contract::errors_of(spec, function).size() == 2);
    CHECK(contract::errors_of(spec, function)[0].doc == "the escrow is empty");
    function.outputs = {};
    CHECK(contract::errors_of(spec, function).size() == 3);
    CHECK(contract::errors_of(spec, function)[0].name == "Odd");
}
