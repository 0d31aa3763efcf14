// What the contract tells, as the interface writes it: read whole, or refused.
#include "lib/escrow/told.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::escrow;

namespace {
std::optional<Told> read(std::string_view said) { return read_told(said).value_or_throw(); }
std::string code_of(std::string_view said) {
    const auto told = read_told(said);
    return told ? std::string{} : told.problem().code;
}
} // namespace

TEST_CASE("each movement is read with whom it is about", "[unit]") {
    const auto deposit = read(
        R"({"name":"Deposited","parameters":{"token":"CT","reference":"00","from":"GA","version":2,"amount":"170141183460469231731"}})");
    REQUIRE(deposit->kind == Moved::deposit);
    REQUIRE(deposit->token == "CT");
    REQUIRE(deposit->version == 2U);
    REQUIRE(deposit->parts.at(0).address == "GA");
    REQUIRE(money::to_text(deposit->parts.at(0).minor) == "170141183460469231731");
    const auto paid =
        read(R"({"name":"Distributed","parameters":{"token":"CT","version":1,"paid":{"GA":"5","GB":"7"}}})");
    REQUIRE(paid->kind == Moved::paid);
    REQUIRE(paid->parts.size() == 2);
    REQUIRE(paid->parts.at(1).address == "GB");
    REQUIRE(
        read(R"({"name":"Distributed","parameters":{"token":"CT","version":1,"paid":[["GA","5"]]}})")->parts.size() ==
        1);
    REQUIRE(read(R"({"name":"Paid","parameters":{"token":"CT","payee":"GA","to":"GX","version":1,"amount":"3"}})")
                ->parts.at(0)
                .address == "GA");
    REQUIRE(
        read(
            R"({"name":"Commissioned","parameters":{"token":"CT","creator":"GC","batch":"00","version":1,"amount":"3"}})")
            ->kind == Moved::commission);
    REQUIRE(
        read(R"({"name":"Refunded","parameters":{"token":"CT","reference":"00","to":"GO","version":1,"amount":"3"}})")
            ->kind == Moved::refund);
    REQUIRE_FALSE(read(R"({"name":"Exited","parameters":{"token":"CT","to":"GO","amount":"9"}})")->version.has_value());
    REQUIRE(read(R"({"name":"Exited","parameters":{"token":"CT","to":"GO","amount":"0"}})")->parts.empty());
}

TEST_CASE("what moves no money is none of the books'", "[unit]") {
    REQUIRE_FALSE(read(R"({"name":"PauseSet","parameters":{"paused":true}})").has_value());
    REQUIRE_FALSE(read(R"({"topics":[],"data":"void"})").has_value());
}

TEST_CASE("a movement in another form is refused, never left out", "[unit]") {
    for (
        const std::string_view said : {
            "",
            "[]",
            "{",
            R"({"name":"Deposited"})",
            R"({"name":"Deposited","parameters":{"token":"CT","from":"GA","version":2,"amount":"-1"}})",
            R"({"name":"Deposited","parameters":{"token":"CT","from":"GA","version":2,"amount":"0"}})",
            R"({"name":"Deposited","parameters":{"token":"CT","from":"GA","version":2,"amount":1.5}})",
            R"({"name":"Deposited","parameters":{"token":"CT","from":"GA","amount":"1"}})",
            R"({"name":"Deposited","parameters":{"from":"GA","version":2,"amount":"1"}})",
            R"({"name":"Distributed","parameters":{"token":"CT","version":1,"paid":"all"}})",
            R"({"name":"Distributed","parameters":{"token":"CT","version":1,"paid":[["GA"]]}})",
            R"({"name":"Distributed","parameters":{"token":"CT","version":1,"paid":{"GA":"x"}}})",
            R"({"name":"Deposited","parameters":{"token":"CT","from":"GA","version":2,"amount":"99999999999999999999999999999999999999999999"}})",
        }) {
        INFO(said);
        REQUIRE(code_of(said) == "escrow.unreadable");
    }
}
