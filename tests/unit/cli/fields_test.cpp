// What --json promises against what is shown: both ways, lists item by item.
#include "cli/out/shape.hpp"
#include "cli/spec/fields.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::cli;

namespace {

const std::vector<Field> k_fields{{"name", "text", ""},
                                  {"age", "seconds", ""},
                                  {"items", "list", ""},
                                  {"items[].good", "yes/no", ""},
                                  {"items[].why", "text", "", true}};

std::string mismatch(const out::Record& record) {
    return find_mismatch(k_fields, out::shape_of(record)).value_or("none");
}

} // namespace

TEST_CASE("a result is as declared, or internal.undeclared says where it is not", "[unit]") {
    const out::Records items{{{"good", true}}, {{"good", false}, {"why", "late"}}};
    REQUIRE(mismatch({{"name", "a"}, {"age", 5}, {"items", items}}) == "none");
    REQUIRE(mismatch({{"name", nullptr}, {"age", nullptr}, {"items", out::Records{}}}) == "none");
    REQUIRE(mismatch({{"name", 7}, {"age", 5}, {"items", items}}) == "name is declared as text but is number");
    REQUIRE(mismatch({{"name", "a"}, {"age", 5}, {"items", items}, {"more", 1}}) == "more is not declared");
    REQUIRE(mismatch({{"name", "a"}, {"items", items}}) == "age is missing");
    REQUIRE(mismatch({{"name", "a"}, {"age", 5}, {"items", out::Records{{{"why", "x"}}}}}) ==
            "items[].good is missing");
}

TEST_CASE("the fields of a command come from its json.md, its schema name from its path", "[unit]") {
    const auto fields = json_fields("event list");
    REQUIRE(fields.size() > 3);
    REQUIRE(fields.front().path == "items");
    REQUIRE(fields.front().type == "list");
    REQUIRE_FALSE(fields.front().meaning.empty());
    REQUIRE(json_fields("event lis").empty());
    REQUIRE(schema_name("settlement show") == "passa.settlement.show.v1");
}
