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
