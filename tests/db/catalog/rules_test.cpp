// Money rules over time: which plan, terms and code a sale of any day follows, whatever is declared when. What was sold
// keeps its rules, and late files find for a past day the rules of that day.
#include "tests/db/catalog/shop.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using test::replaced;
using test::Shop;
using test::starter;
using Codes = std::set<std::string>;

namespace {

// The starter example with a second tier.
std::string two_tiers() {
    return replaced(starter(), "  tiers:\n", "  tiers:\n    - {name: vip, title: VIP, price: 6000.00 KES}\n");
}

std::string vip_plan(const std::string& effective) {
    return "---\napiVersion: passa/v1\nkind: SplitPlan\nmetadata: {name: vip-plan}\nspec:\n  event: demo-night\n  "
           "tiers: "
           "[vip]\n" +
           (effective.empty() ? "" : "  effectiveFrom: " + effective + "\n") +
           "  shares:\n    - {party: demo-band, share: 100%}\n";
}

// The example's plan with other shares, from a time on ("" for none).
std::string plan_from(const std::string& text, const std::string& effective) {
    const auto changed = replaced(replaced(text, "66.67%", "60%"), "33.33%", "40%");
    if (effective.empty()) return changed;
    return replaced(changed, "  event: demo-night\n  shares",
                    "  event: demo-night\n  effectiveFrom: " + effective + "\n  shares");
}

std::string terms_from(const std::string& rate, const std::string& effective) {
    return replaced(starter(), "  commission: 10%",
                    "  commission: " + rate + (effective.empty() ? "" : "\n  effectiveFrom: " + effective));
}

const std::string k_june = "2027-06-01T00:00:00Z", k_july = "2027-07-01T00:00:00Z";
const std::string k_past = "2026-01-01T00:00:00Z", k_mid_june = "2027-06-15T00:00:00Z", k_late = "2027-12-01T00:00:00Z";

} // namespace

TEST_CASE("a plan of its own for a tier takes no ticket that was sold, nor a day that is past", "[db]") {
    Shop shop;
    shop.apply(two_tiers());
    shop.sell();
    REQUIRE(shop.codes_of(two_tiers() + vip_plan("")) == Codes{"split.frozen"});
    REQUIRE(shop.codes_of(two_tiers() + vip_plan("2026-11-20T13:00:00Z")) == Codes{"split.frozen"});
    REQUIRE(shop.codes_of(two_tiers() + vip_plan(k_june)).empty());
    REQUIRE(shop.plan_at(k_past, "vip") == "demo-night/1");
    REQUIRE(shop.plan_at(k_june, "vip") == "vip-plan/1");
    REQUIRE(shop.plan_at(k_june, "regular") == "demo-night/1");
}

TEST_CASE("before a tier has sold, a plan of its own holds for all time", "[db]") {
    Shop shop;
    shop.apply(two_tiers());
    REQUIRE(shop.codes_of(two_tiers() + vip_plan("")).empty());
    REQUIRE(shop.plan_at(k_past, "vip") == "vip-plan/1");
    REQUIRE(shop.plan_at(k_past, "") == "demo-night/1");
}

TEST_CASE("a new version of a sold plan changes its tiers when it begins, not before", "[db]") {
    Shop shop;
    shop.apply(two_tiers() + vip_plan(""));
    shop.sell();
    const auto wider = replaced(vip_plan(k_june), "[vip]", "[vip, regular]");
    REQUIRE(shop.codes_of(two_tiers() + wider).empty());
    REQUIRE(shop.plan_at(k_past, "regular") == "demo-night/1");
    REQUIRE(shop.plan_at(k_june, "regular") == "vip-plan/2");
}

TEST_CASE("two plans for one tier at one time are refused, one after the other is not", "[db]") {
    Shop shop;
    shop.apply(two_tiers() + vip_plan(""));
    const auto other = [](const std::string& effective) {
        return replaced(vip_plan(effective), "name: vip-plan", "name: vip-zwei");
    };
    REQUIRE(shop.codes_of(other(k_june)) == Codes{"split.tier_taken"});
    const auto narrower = replaced(vip_plan(k_june), "[vip]", "[regular]");
    REQUIRE(shop.codes_of(narrower + other(k_june)).empty());
    REQUIRE(shop.plan_at(k_past, "vip") == "vip-plan/1");
    REQUIRE(shop.plan_at(k_june, "vip") == "vip-zwei/1");
    REQUIRE(shop.codes_of(replaced(vip_plan(k_june), "[vip]", "[nosuch]")) == Codes{"split.unknown_tier"});
}

TEST_CASE("a planned version is postponed, and called off", "[db]") {
    Shop shop;
    shop.apply(starter());
    shop.sell();
    shop.apply(plan_from(starter(), k_june));
    REQUIRE(shop.plan_at(k_mid_june) == "demo-night/2");
    shop.apply(plan_from(starter(), k_july));
    REQUIRE(shop.plan_at(k_mid_june) == "demo-night/1");
    REQUIRE(shop.plan_at(k_late) == "demo-night/3");
    shop.apply(starter());
    REQUIRE(shop.count("split_plan_version") == 4);
    REQUIRE(shop.plan_at(k_past) == "demo-night/1");
    REQUIRE(shop.plan_at(k_late) == "demo-night/4"); // says what the first says
    REQUIRE(shop.value("SELECT max(ppm) FROM split_share h JOIN split_plan_version v ON v.id = h.plan_version_id WHERE "
                       "v.version = 4") == "666700");
}

TEST_CASE("a planned version under which tickets were sold already cannot be withdrawn", "[db]") {
    Shop shop;
    shop.apply(starter());
    shop.sell();
    shop.apply(plan_from(starter(), k_june));
    shop.sell(k_mid_june); // a clock that is ahead, or a file of a later day
    REQUIRE(shop.codes_of(plan_from(starter(), k_july)) == Codes{"split.frozen"});
    REQUIRE(shop.codes_of(starter()) == Codes{"split.frozen"});
}

TEST_CASE("planned terms are postponed, and called off", "[db]") {
    Shop shop;
    shop.apply(starter());
    shop.sell();
    shop.apply(terms_from("12%", k_june));
    REQUIRE(shop.terms_at(k_mid_june) == "demo-night-creators/120000");
    shop.apply(terms_from("12%", k_july));
    REQUIRE(shop.terms_at(k_mid_june) == "demo-night-creators/100000");
    REQUIRE(shop.terms_at(k_late) == "demo-night-creators/120000");
    REQUIRE(shop.codes_of(terms_from("12%", "")) == Codes{"campaign.frozen"});
    shop.apply(starter());
    REQUIRE(shop.terms_at(k_late) == "demo-night-creators/100000");
    REQUIRE(shop.count("campaign_version") == 4);
    shop.apply(terms_from("12%", k_june));
    shop.sell(k_mid_june);
    REQUIRE(shop.codes_of(terms_from("12%", k_july)) == Codes{"campaign.frozen"});
}

TEST_CASE("before the first sale, terms hold from the time that the manifest says", "[db]") {
    Shop shop;
    shop.apply(terms_from("10%", k_june));
    REQUIRE(shop.terms_at(k_past) == "NULL");
    shop.apply(terms_from("10%", k_july));
    REQUIRE(shop.terms_at(k_mid_june) == "NULL");
    REQUIRE(shop.terms_at(k_late) == "demo-night-creators/100000");
    shop.apply(starter());
    REQUIRE(shop.terms_at(k_past) == "demo-night-creators/100000");
}

TEST_CASE("once a ticket was sold with a code, only what is to come of its windows changes", "[db]") {
    Shop shop;
    shop.apply(starter());
    shop.sell();
    const auto with = [](const std::string& more) {
        return replaced(starter(), "creator: demo-creator}", "creator: demo-creator" + more + "}");
    };
    REQUIRE(shop.codes_of(with(", validFrom: \"2026-11-20T13:00:00Z\"")) == Codes{"campaign.code_frozen"});
    REQUIRE(shop.codes_of(with(", validUntil: \"2026-11-20T11:00:00Z\"")) == Codes{"campaign.code_frozen"});
    REQUIRE(shop.codes_of(with(", validUntil: \"2027-06-01T00:00:00Z\"")).empty());
    REQUIRE(shop.terms_at(k_past) == "demo-night-creators/100000");
    REQUIRE(shop.terms_at(k_mid_june) == "NULL");
    REQUIRE(shop.codes_of(starter()).empty());
    REQUIRE(shop.terms_at(k_mid_june) == "demo-night-creators/100000");
}

TEST_CASE("a code that was taken out and put back credits nothing in between", "[db]") {
    Shop shop;
    shop.apply(starter());
    shop.sell();
    shop.apply(replaced(starter(), "DEMO10", "DEMO20"));
    shop.db.clock.advance(std::chrono::hours{24});
    shop.apply(starter());
    REQUIRE(shop.terms_at("2026-11-21T08:00:00Z") == "demo-night-creators/100000");
    REQUIRE(shop.terms_at("2026-11-21T20:00:00Z") == "NULL");
    REQUIRE(shop.terms_at("2026-11-23T00:00:00Z") == "demo-night-creators/100000");
}

TEST_CASE("a code is of one campaign at a time, and what it earned there stays", "[db]") {
    Shop shop;
    shop.apply(starter());
    shop.sell();
    const std::string second = "---\napiVersion: passa/v1\nkind: Campaign\nmetadata: {name: second}\nspec:\n  event: "
                               "demo-night\n  commission: 30%\n  codes:\n    - {code: demo10, creator: demo-creator}\n";
    REQUIRE(shop.codes_of(second) == Codes{"campaign.code_taken"});
    REQUIRE(shop.codes_of(replaced(starter(), "DEMO10", "DEMO20") + second).empty());
    REQUIRE(shop.terms_at(k_past) == "demo-night-creators/100000");
    REQUIRE(shop.terms_at(k_june) == "second/300000");
}

TEST_CASE("a code found on sold tickets only later credits from then on", "[db]") {
    Shop shop;
    shop.apply(replaced(starter(), "DEMO10", "DEMO20"));
    shop.sell();
    shop.apply(starter());
    REQUIRE(shop.terms_at(k_past) == "NULL");
    REQUIRE(shop.terms_at(k_june) == "demo-night-creators/100000");
}

TEST_CASE("nobody books a sale while rules are being applied", "[db]") {
    Shop shop;
    db::Database other{{shop.db.target(), "passa.tests"}};
    const auto booking = [&] {
        return other.connection()
            .raw("SELECT pg_try_advisory_xact_lock_shared(passa_catalog_key('" + shop.org.uuid() + "')) AS got")
            .one()
            .get<bool>("got");
    };
    REQUIRE(booking());
    db::transact(shop.db.app(), {shop.org}, [&](db::Transaction& tx) {
        auto store = catalog::open_store(tx, shop.org, shop.db.ids, shop.db.clock);
        catalog::apply(store, {{}, "tester", false, false});
        REQUIRE_FALSE(booking());
    });
    REQUIRE(booking());
}
