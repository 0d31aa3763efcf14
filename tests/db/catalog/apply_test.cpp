// Applying manifests: all or nothing, twice is once, money rules are versions.
#include "lib/catalog/remove.hpp"
#include "lib/ledger/journal.hpp"
#include "tests/db/catalog/shop.hpp"
#include "tests/support/all_statements.hpp"

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
    REQUIRE(
        shop.codes_of(replaced(starter(), "  currency: KES\n", "  currency: KESH\n")).contains("money.unknown_asset"));
    shop.apply(starter());
    const auto other =
        starter() + "---\napiVersion: passa/v1\nkind: Creator\nmetadata: {name: other}\nspec: {title: Other}\n";
    REQUIRE(shop.codes_of(replaced(other, "code: DEMO10, creator: demo-creator", "code: demo10, creator: other")) ==
            Codes{"campaign.code_taken"});
}

TEST_CASE("a window in which a code is never valid is refused", "[db]") {
    Shop shop;
    const auto window = [](const std::string& text) {
        return replaced(starter(), "code: DEMO10, creator: demo-creator",
                        "code: DEMO10, creator: demo-creator, " + text);
    };
    REQUIRE(shop.codes_of(window("validFrom: 2027-02-01T00:00:00Z, validUntil: 2027-01-01T00:00:00Z")) ==
            Codes{"campaign.window_empty"});
    shop.apply(window("validFrom: 2027-02-01T00:00:00Z, validUntil: 2027-03-01T00:00:00Z"));
    shop.apply(replaced(starter(), "code: DEMO10", "code: OTHER10")); // ended before it began
}

TEST_CASE("prices and caps are in the currency that the event sells in", "[db]") {
    Shop shop;
    REQUIRE(
        shop.codes_of(replaced(starter(), "price: 1500.00 KES", "price: 15.00 USD")).contains("event.tier_currency"));
    REQUIRE(shop.codes_of(replaced(starter(), "  commission: 10%", "  commission: 10%\n  cap: 100.00 USD")) ==
            Codes{"campaign.cap_currency"});
}

TEST_CASE("a rate keeps its pair, a pair has one rate, and a planned rate can be corrected", "[db]") {
    Shop shop;
    shop.apply(starter());
    const auto rate = [](const std::string& name, const std::string& spec) {
        return "---\napiVersion: passa/v1\nkind: ExchangeRate\nmetadata: {name: " + name + "}\nspec: {" + spec +
               ", source: by hand}\n";
    };
    const std::string july = ", effectiveFrom: 2027-07-01T00:00:00Z", august = ", effectiveFrom: 2027-08-01T00:00:00Z";
    shop.apply(rate("kes-usd", "from: KES, to: USD, rate: \"0.0077\""));
    REQUIRE(shop.codes_of(rate("kes-usd", "from: KES, to: EUR, rate: \"0.0066\"")) ==
            Codes{"exchange_rate.pair_fixed"});
    REQUIRE(shop.codes_of(rate("other", "from: KES, to: USD, rate: \"0.0078\"")) == Codes{"exchange_rate.pair_taken"});
    REQUIRE(shop.codes_of(rate("kes-usd", "from: KES, to: USD, rate: \"0.0070\"" + july)).empty());
    REQUIRE(shop.codes_of(rate("kes-usd", "from: KES, to: USD, rate: \"0.0071\"" + july)).empty());
    REQUIRE(shop.codes_of(rate("kes-usd", "from: KES, to: USD, rate: \"0.0072\"" + august)).empty());
    const auto statements = test::all_statements();
    const auto in_force =
        std::find_if(statements.begin(), statements.end(), [](const auto& s) { return s.name == "payout.load_rates"; });
    REQUIRE(in_force != statements.end());
    const auto mantissa_at = [&](const std::string& at) {
        std::string found;
        db::transact(shop.db.app(), {shop.org}, [&](db::Transaction& tx) {
            for (const auto& row : tx.run(*in_force, shop.org, at)) found += row.get<std::string>("mantissa") + " ";
        });
        return found;
    };
    REQUIRE(mantissa_at("2027-06-15T00:00:00Z") == "77 ");
    REQUIRE(mantissa_at("2027-07-15T00:00:00Z") == "77 ");
    REQUIRE(mantissa_at("2027-08-15T00:00:00Z") == "72 ");
}

TEST_CASE("planned limits are withdrawn by later ones, and none begin in the past", "[db]") {
    Shop shop;
    shop.apply(starter());
    const auto limits = [](const std::string& per_day, const std::string& from = "") {
        return "---\napiVersion: passa/v1\nkind: PayoutPolicy\nmetadata: {name: careful}\nspec: {limits: [{asset: KES, "
               "perDay: " +
               per_day + ".00 KES}]" + from + "}\n";
    };
    shop.apply(limits("100", ", effectiveFrom: 2020-01-01T00:00:00Z")); // the first may
    shop.apply(limits("900", ", effectiveFrom: 2027-07-01T00:00:00Z"));
    REQUIRE(shop.codes_of(limits("800", ", effectiveFrom: 2020-01-01T00:00:00Z")) ==
            Codes{"payout_policy.retroactive"});
    REQUIRE(shop.count("payout_policy") == 2);
    const auto statements = test::all_statements();
    const auto in_force = std::find_if(statements.begin(), statements.end(),
                                       [](const auto& s) { return s.name == "payout.load_policies"; });
    REQUIRE(in_force != statements.end());
    const auto per_day_at = [&](const std::string& at) {
        std::string found;
        db::transact(shop.db.app(), {shop.org}, [&](db::Transaction& tx) {
            for (const auto& row : tx.run(*in_force, shop.org, at))
                found += shop.value(fmt::format("SELECT per_day_minor FROM payout_limit WHERE policy_id = '{}'",
                                                row.get<std::string>("id"))) +
                         " ";
        });
        return found;
    };
    REQUIRE(per_day_at("2019-06-15T00:00:00Z").empty());
    REQUIRE(per_day_at("2026-12-15T00:00:00Z") == "10000 ");
    REQUIRE(per_day_at("2027-07-15T00:00:00Z") == "90000 ");
    shop.apply(limits("50")); // stricter, at once
    REQUIRE(per_day_at("2027-06-15T00:00:00Z") == "5000 ");
    REQUIRE(per_day_at("2027-07-15T00:00:00Z") == "5000 ");
}

TEST_CASE("a treasury names a policy that there is", "[db]") {
    Shop shop;
    shop.apply(starter());
    const std::string policy = "---\napiVersion: passa/v1\nkind: PayoutPolicy\nmetadata: {name: careful}\nspec: {}\n";
    const auto treasury = [](const std::string& named) {
        return "---\napiVersion: passa/v1\nkind: Treasury\nmetadata: {name: main}\nspec: {rail: stellar, network: "
               "standalone, address: GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ, asset: XLM, policy: " +
               named + "}\n";
    };
    REQUIRE(shop.codes_of(treasury("careful")) == Codes{"manifest.unknown_reference"});
    REQUIRE(shop.codes_of(treasury("carefull") + policy) == Codes{"manifest.unknown_reference"});
    REQUIRE(shop.codes_of(treasury("careful") + policy).empty()); // in whatever order they are written
    REQUIRE(shop.value("SELECT policy_name FROM treasury WHERE name = 'main'") == "careful");
}

TEST_CASE("a party that one event owes what another has to get back is still owed", "[db]") {
    Shop shop;
    const auto spare = "---\napiVersion: passa/v1\nkind: Party\nmetadata: {name: spare}\nspec: {title: Spare}\n";
    shop.apply(starter() + spare);
    const auto party = PartyId::from_uuid(shop.value("SELECT id FROM party WHERE name = 'spare'"));
    const money::Amount amount{100, {"KES", 2}};
    shop.db.owner().connection().raw("INSERT INTO event SELECT organizer_id, gen_random_uuid(), 'other', title, NULL, "
                                     "zone, currency_id, starts_at, ends_at FROM event");
    const std::array events{EventId::from_uuid(shop.value("SELECT id FROM event WHERE name = 'demo-night'")),
                            EventId::from_uuid(shop.value("SELECT id FROM event WHERE name = 'other'"))};
    db::transact(shop.db.app(), {shop.org}, [&](db::Transaction& tx) {
        using ledger::AccountKind;
        ledger::post({tx, shop.org, shop.db.ids, shop.db.clock.now()},
                     {"settlement",
                      shop.db.ids.next(),
                      "",
                      {},
                      shop.db.clock.now(),
                      "",
                      {{{AccountKind::party_payable, events[0], party}, amount},
                       {{AccountKind::party_payable, events[1], party}, -amount}}});
    });
    REQUIRE_THROWS_WITH(db::transact(shop.db.app(), {shop.org},
                                     [&](db::Transaction& tx) {
                                         auto store = catalog::open_store(tx, shop.org, shop.db.ids, shop.db.clock);
                                         return catalog::remove(store, {"Party", "spare", "tester"});
                                     }),
                        Catch::Contains("is still owed by it"));
}
