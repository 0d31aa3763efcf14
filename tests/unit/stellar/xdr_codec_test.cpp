// The codec refuses what is not canonical, stops at limits, and says where.
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "lib/stellar/xdr/registry.hpp"
#include "lib/stellar/xdr/text_forms.hpp"
#include "lib/stellar/xdr/types_meta.hpp"
#include "lib/stellar/xdr/types_transaction.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::stellar;
using xdr::as;

namespace {

template <typename T>
Problem refusal(const std::string& hex) {
    const auto result = xdr::decode<T>(parse_hex(hex).value());
    REQUIRE_FALSE(result.ok());
    return result.problem();
}

xdr::Transaction some_transaction() {
    xdr::Transaction transaction;
    for (int i = 0; i < 5; ++i)
        transaction.operations.push_back({{}, xdr::OperationBody{xdr::OperationType::inflation}});
    return transaction;
}

} // namespace

TEST_CASE("bytes that would not encode back are refused", "[unit]") {
    REQUIRE(refusal<xdr::Memo>("00000001"
                               "00000001"
                               "61000001")
                .code == "xdr.padding");
    REQUIRE(refusal<xdr::Memo>("00000001"
                               "0000001d" +
                               std::string(64, '0'))
                .code == "xdr.length");
    REQUIRE(refusal<xdr::Memo>("0000000000000000").code == "xdr.trailing");
    REQUIRE(refusal<xdr::Memo>("000000").code == "xdr.short");
    REQUIRE(refusal<xdr::Memo>("00000009").code == "xdr.unsupported");
    REQUIRE(refusal<xdr::ScVal>("00000000"
                                "00000002")
                .code == "xdr.bool");
    REQUIRE(refusal<xdr::ScVal>("00000002"
                                "00000001"
                                "00000063")
                .code == "xdr.enum");
    REQUIRE(refusal<xdr::ScVal>("00000010"
                                "00000001"
                                "ffffffff")
                .code == "xdr.short");
}

TEST_CASE("a union case of a later protocol is named with its place", "[unit]") {
    auto bytes = xdr::encode(some_transaction());
    const auto operations_end = bytes.size() - 4; // ext
    bytes[operations_end - 2 * 8 + 7] = 99;       // the type of operations[3]
    const auto problem = xdr::decode<xdr::Transaction>(bytes).problem();
    REQUIRE(problem.code == "xdr.unsupported");
    REQUIRE(problem.message == fmt::format("Transaction: operations[3].body: OperationBody of kind 99 is not known to "
                                           "this version at byte {}",
                                           operations_end - 2 * 8 + 4));
}

TEST_CASE("nesting and size have limits", "[unit]") {
    Bytes deep;
    for (int i = 0; i < 1000; ++i) { // a vector of a vector of a vector ...
        const auto level = parse_hex("000000100000000100000001").value();
        deep.insert(deep.end(), level.begin(), level.end());
    }
    REQUIRE(xdr::decode<xdr::ScVal>(deep).problem().code == "xdr.depth");
    REQUIRE(xdr::decode<xdr::Memo>(Bytes(8), {.bytes = 4}).problem().code == "xdr.too_large");
    const auto many = xdr::encode(some_transaction());
    REQUIRE(xdr::decode<xdr::Transaction>(many, {.items = 4}).problem().code == "xdr.items");
}

TEST_CASE("a value too long for its type is not encoded", "[unit]") {
    const xdr::Memo memo{as<xdr::MemoType::text>, std::string(29, 'x')};
    REQUIRE_THROWS_AS(xdr::encode(memo), Error);
}

TEST_CASE("SEP-51 forms", "[unit]") {
    REQUIRE(xdr::to_json_text(xdr::Memo{}) == R"("none")");
    REQUIRE(xdr::to_json_text(xdr::Memo{as<xdr::MemoType::return_>, xdr::Hash{}}) ==
            R"({"return":")" + std::string(64, '0') + R"("})");
    REQUIRE(xdr::to_json_text(xdr::Memo{as<xdr::MemoType::text>, std::string{"a\xc3\n\\\0", 5}}) ==
            R"({"text":"a\\xc3\\n\\\\\\0"})");
    REQUIRE(xdr::to_json_text(xdr::AccountEntryExt{}) == R"("v0")");
    REQUIRE(xdr::to_json_text(xdr::ScVal{as<xdr::ScValType::i64>, -5}) == R"({"i64":"-5"})");
    REQUIRE(xdr::to_json_text(xdr::ScVal{as<xdr::ScValType::vec>, std::nullopt}) == R"({"vec":null})");
    const auto amount = xdr::from_json_text<xdr::ScVal>(R"({"i64": 12})").value(); // a number where SEP-51 writes text
    REQUIRE(amount.get<xdr::ScValType::i64>() == 12);
}

TEST_CASE("JSON that does not fit is refused with its place", "[unit]") {
    const auto refused = [](std::string_view json) { return xdr::from_json_text<xdr::TimeBounds>(json).problem(); };
    REQUIRE(refused("{").code == "xdr.json");
    REQUIRE(refused(R"({"min_time":"0","max_time":"-1"})").message.find("max_time") != std::string::npos);
    REQUIRE(refused(R"({"min_time":"0"})").message.find("max_time") != std::string::npos);
    REQUIRE(refused(R"({"min_time":"0","max_time":"1","more":1})").code == "xdr.json");
    REQUIRE(refused(std::string(100000, '[')).code == "xdr.json");
    const auto says = [&](std::string_view json) { return refused(json).message; };
    REQUIRE(says(R"({"min_time":"0","max_time":"1","min_time":"2"})") ==
            "TimeBounds: the field min_time is given twice");
    REQUIRE(says(R"({"min_time":"0","max_time":"1","more":1})") == "TimeBounds: a field that TimeBounds does not have");
    REQUIRE(says(R"({"max_time":"1"})") == "TimeBounds: the field min_time is missing");
    REQUIRE(says(R"({"min_time":1.5})") == "TimeBounds: min_time: not a whole number in range");
    REQUIRE(says("[]") == "TimeBounds: need an object");
    REQUIRE(says(R"({"min_time":})") == "this is not JSON");
    REQUIRE(says(std::string((64U << 20U) + 1, ' ')) == "JSON of 67108865 bytes, limit 67108864");
    const auto deep = [](std::size_t times) {
        std::string text;
        for (std::size_t i = 0; i < times; ++i) text += R"({"vec":[)";
        return xdr::from_json_text<xdr::ScVal>(text + R"("void")" + [&] {
            std::string end;
            for (std::size_t i = 0; i < times; ++i) end += "]}";
            return end;
        }());
    };
    REQUIRE(deep(100).ok());
    REQUIRE(deep(1000).problem().message.ends_with("nested too deeply"));
}

TEST_CASE("JSON is read as it is written elsewhere too", "[unit]") {
    const auto bounds = [](std::string_view json) { return xdr::from_json_text<xdr::TimeBounds>(json).ok(); };
    for (const auto* good :
         {"\xEF\xBB\xBF{\"min_time\":\"0\",\"max_time\":\"1\"}", " { \"max_time\"\t:\n1 ,\r \"min_time\" : -0 } \n",
          R"({"m\u0069n_time":"\u0030","max_time":18446744073709551615})"}) {
        CAPTURE(good);
        REQUIRE(bounds(good));
    }
    for (const auto* bad :
         {"", "{", "{}", "{\"min_time\"", R"({"min_time":"0"  "max_time":"1"})", R"({"min_time":"0","max_time":"1"},)",
          R"({"min_time":"0","max_time":"1",})", R"({"min_time":"0","max_time":"1"}])",
          R"({"min_time":"0","max_time":01})", R"({"min_time":"0","max_time":18446744073709551616})",
          R"({"min_time":"0","max_time":1e3})", R"({"min_time":"0","max_time":-})",
          R"({"min_time":"0","max_time":null})", R"({"min_time":"0","max_time":"1)"}) {
        CAPTURE(bad);
        REQUIRE_FALSE(bounds(bad));
    }
}

TEST_CASE("strings of JSON and their escapes", "[unit]") {
    const auto text_of = [](std::string_view json) {
        auto memo = xdr::from_json_text<xdr::Memo>(fmt::format(R"({{"text":"{}"}})", json));
        return memo ? std::string{memo->get<xdr::MemoType::text>()} : std::string{"refused"};
    };
    REQUIRE(text_of(R"(\u0041\u00e9\u20ac\ud83d\ude00)") == "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    REQUIRE(text_of(R"(\"\/\b\f\n\r\t)") == "\"/\b\f\n\r\t");
    REQUIRE(text_of(R"(\\n\\x00\\\\)") == std::string{"\n\0\\", 3}); // SEP-51's escapes within JSON's
    REQUIRE(text_of("caf\xC3\xA9") == "caf\xC3\xA9");
    for (const auto* bad : {"\xC3", "\n", R"(\x41)", R"(\u12)", R"(\u12g4)", R"(\ud83d)", R"(\ud83dA)",
                            R"(\ud83d\u0041)", R"(\ude00)", R"(\u-123)", R"(\)", R"(\\q)"}) {
        CAPTURE(bad);
        REQUIRE(text_of(bad) == "refused");
    }
}

TEST_CASE("a case of JSON is one", "[unit]") {
    const auto says = [](std::string_view json) { return xdr::from_json_text<xdr::Memo>(json).problem().message; };
    for (const auto* bad : {"{}", "[]", "1", "null", R"({"id":"1","text":"a"})", R"({"id":"1","id":"1"})"})
        REQUIRE(says(bad) == "Memo: need one case: its name, or an object with that one key");
    REQUIRE(says(R"("id")") == "Memo: id is not a case of Memo");
    REQUIRE(says(R"({"none":null})") == "Memo: none is not a case of Memo");
    REQUIRE(says(R"({"id")") == "this is not JSON");
    REQUIRE(says(R"({"id":"1")") == "this is not JSON");
    REQUIRE(says(R"({"id":"-1"})") == "Memo: id: not a whole number in range");
    REQUIRE(says(R"({"hash":"0g"})").starts_with("Memo: hash: "));
    REQUIRE(says(R"({"hash":")" + std::string(62, '0') + R"(0g"})") == "Memo: hash: need hex digits");
    REQUIRE(says(R"({"hash":")" + std::string(63, '0') + R"("})") == "Memo: hash: need hex digits");
    REQUIRE(says(R"({"hash":"00"})") == "Memo: hash: 1 bytes where 32 fit");
}

TEST_CASE("wide integers in decimal, to their bounds", "[unit]") {
    const std::string_view texts[] = {"0", "-1", "170141183460469231731687303715884105727",
                                      "-170141183460469231731687303715884105728"};
    for (const auto text : texts) {
        xdr::Int128Parts number;
        REQUIRE(xdr::from_text(text, number));
        REQUIRE(xdr::to_text(number) == text);
    }
    xdr::Int128Parts number;
    for (const auto* bad : {"", "-", "170141183460469231731687303715884105728",
                            "-170141183460469231731687303715884105729", "1e3", " 1", "+1"})
        REQUIRE_FALSE(xdr::from_text(bad, number));
    xdr::UInt256Parts big;
    REQUIRE(xdr::from_text("115792089237316195423570985008687907853269984665640564039457584007913129639935", big));
    REQUIRE_FALSE(
        xdr::from_text("115792089237316195423570985008687907853269984665640564039457584007913129639936", big));
}

TEST_CASE("an unknown type name gets the nearest one", "[unit]") {
    REQUIRE(xdr::get_type("TransactionEnvelop").problem().hint.find("TransactionEnvelope") != std::string::npos);
    REQUIRE(xdr::get_type("LedgerEntry").value()->name == "LedgerEntry");
}
