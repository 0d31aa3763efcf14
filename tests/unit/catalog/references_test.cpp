// Every field that names another object is found, and every kind in the table exists.
#include "lib/catalog/kinds.hpp"
#include "lib/catalog/references.hpp"

#include <catch2/catch.hpp>

namespace passa::catalog {
namespace {

Object object(std::string kind, std::string name, std::string spec) {
    Object o;
    o.kind = std::move(kind);
    o.name = std::move(name);
    o.spec = std::move(spec);
    return o;
}

std::vector<std::string> found(const std::vector<Object>& objects, const Object& wanted) {
    std::vector<std::string> out;
    for (const auto& m : find_mentions(objects, wanted)) out.push_back(m.kind + " " + m.field);
    return out;
}

using Found = std::vector<std::string>;

} // namespace

TEST_CASE("references are found in fields, in maps and in lists", "[unit]") {
    const std::vector<Object> all{
        object("Event", "e", R"({"venue":"hall","currency":"KES"})"),
        object("SplitPlan", "p", R"({"event":"e","feesFrom":"band","shares":[{"party":"band"},{"party":"star"}]})"),
        object("Campaign", "c", R"({"event":"e","codes":[{"creator":"star"}]})"),
        object("Party", "band", R"({"payout":{"asset":"USDC:GISSUER"}})"),
        object("Treasury", "t", R"({"network":"net","asset":"USDC:GISSUER"})"),
    };
    REQUIRE(found(all, object("Venue", "hall", "{}")) == Found{"Event venue"});
    REQUIRE(found(all, object("Event", "e", "{}")) == Found{"SplitPlan event", "Campaign event"});
    REQUIRE(found(all, object("Party", "band", "{}")) == Found{"SplitPlan feesFrom", "SplitPlan shares.party"});
    REQUIRE(found(all, object("Creator", "star", "{}")) == Found{"SplitPlan shares.party", "Campaign codes.creator"});
    REQUIRE(found(all, object("Network", "net", "{}")) == Found{"Treasury network"});
    REQUIRE(found(all, object("Asset", "usd-coin", R"({"code":"USDC","issuer":"GISSUER"})")) ==
            Found{"Party payout.asset", "Treasury asset"});
    REQUIRE(found(all, object("Asset", "other", R"({"code":"USDC","issuer":"GOTHER"})")).empty());
    REQUIRE(found(all, object("Venue", "e", "{}")).empty()); // the name of another kind
}

} // namespace passa::catalog
