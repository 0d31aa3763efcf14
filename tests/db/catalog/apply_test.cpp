// Applying manifests: all or nothing, twice is once, money rules are versions.
#include "tests/db/catalog/shop.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using test::replaced;
using test::Shop;
using test::starter;
using Codes = std::set<std::string>;

TEST_CASE("applying twice changes nothing the second time", "[db]") {
    Shop shop;
    for (const auto& a : shop.apply(starter())) REQUIRE(a.change == catalog::Change::created);
    for (const auto& a : shop.apply(starter())) REQUIRE(a.change == catalog::Change::unchanged);
    REQUIRE(shop.count("split_plan_version") == 1);
    REQUIRE(shop.count("object_version") == 7);
}

TEST_CASE("a change names its fields and makes a new version of a money rule", "[db]") {
    Shop shop;
    shop.apply(starter());
    const auto applied = shop.apply(replaced(replaced(starter(), "66.67%", "60%"), "33.33%", "40%"));
    const auto plan = std::find_if(applied.begin(), applied.end(), [](const auto& a) { return a.kind == "SplitPlan"; });
    REQUIRE(plan->change == catalog::Change::changed);
    REQUIRE(catalog::top_fields(plan->changes) == std::vector<std::string>{"shares"});
    REQUIRE(shop.count("split_plan_version") == 2);
}

TEST_CASE("one wrong object keeps all others out, and every problem is told", "[db]") {
    Shop shop;
    auto text = replaced(starter(), "66.67%", "66.60%");
    text = replaced(text, "creator: demo-creator}", "creator: demo-craetor}");
    text = replaced(text, "price: 1500.00 KES", "price: 1500.001 KES");
    REQUIRE(shop.codes_of(text) == Codes{"split.sum", "manifest.unknown_reference", "money.too_precise"});
    REQUIRE(shop.count("object") == 0);
    REQUIRE(shop.count("party") == 0);
}

TEST_CASE("shares that do not sum say by how much", "[db]") {
    Shop shop;
    try {
        shop.apply(replaced(starter(), "33.33%", "33.23%"));
        FAIL("accepted");
    } catch (const Error& error) {
        REQUIRE(error.first().message == "shares of split plan demo-night add up to 99.9000 %, need 100 %");
        REQUIRE(error.first().hint == "raise one share by 0.1%, or add the missing party");
        REQUIRE(error.first().place->note == "the last of 2 shares");
    }
}

TEST_CASE("after the first sale, plans and terms change only forward, and capacity, tier and currency hold", "[db]") {
    Shop shop;
    shop.apply(starter());
    shop.sell();
    const auto shares = replaced(replaced(starter(), "66.67%", "60%"), "33.33%", "40%");
    REQUIRE(shop.codes_of(shares) == Codes{"split.frozen"});
    REQUIRE(shop.codes_of(replaced(shares, "  event: demo-night\n  shares",
                                   "  event: demo-night\n  effectiveFrom: 2020-01-01T00:00:00Z\n  shares")) ==
            Codes{"split.frozen"});
    REQUIRE(shop.codes_of(replaced(shares, "  event: demo-night\n  shares",
                                   "  event: demo-night\n  effectiveFrom: 2027-01-01T00:00:00Z\n  shares"))
                .empty());
    REQUIRE(shop.count("split_plan_version") == 2);
    REQUIRE(shop.codes_of(replaced(starter(), "commission: 10%", "commission: 12%")).contains("campaign.frozen"));
    REQUIRE(shop.codes_of(replaced(starter(), "capacity: 500", "capacity: 2")).contains("event.capacity_below_sold"));
    REQUIRE(shop.codes_of(replaced(replaced(starter(), "currency: KES", "currency: UGX"), "1500.00 KES", "1500 UGX"))
                .contains("event.currency_fixed"));
    REQUIRE(shop.codes_of(replaced(starter(), "    - name: regular\n", "    - name: normal\n"))
                .contains("event.tier_in_use"));
}

TEST_CASE("an object that something else changed is not overwritten unasked", "[db]") {
    Shop shop;
    shop.apply(starter());
    shop.db.owner().connection().raw(
        "UPDATE object SET spec = jsonb_set(spec, '{title}', '\"Other\"') WHERE kind = 'Party' AND name = 'demo-band'");
    REQUIRE(shop.codes_of(starter()) == Codes{"manifest.drift"});
    const auto applied = shop.apply(starter(), true);
    REQUIRE(std::count_if(applied.begin(), applied.end(),
                          [](const auto& a) { return a.change == catalog::Change::changed; }) == 1);
}

TEST_CASE("unknown zones, assets and codes of somebody else are refused", "[db]") {
    Shop shop;
    REQUIRE(shop.codes_of(
                    replaced(starter(), "  zone: Africa/Nairobi\n  currency", "  zone: Africa/Nairobbery\n  currency"))
                .contains("event.zone"));
    REQUIRE(shop.codes_of(replaced(starter(), "price: 1500.00 KES", "price: 1500.00 KESH"))
                .contains("money.unknown_asset"));
    shop.apply(starter());
    const auto other =
        starter() + "---\napiVersion: passa/v1\nkind: Creator\nmetadata: {name: other}\nspec: {title: Other}\n";
    REQUIRE(shop.codes_of(replaced(other, "code: DEMO10, creator: demo-creator", "code: demo10, creator: other")) ==
            Codes{"campaign.code_taken"});
}
