// What one manifest's own words tell against it is refused with its place, before any database is asked.
#include "lib/catalog/kinds.hpp"
#include "lib/catalog/rules.hpp"
#include "lib/manifest/read.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {

// "code line:column" of each problem, in the order found.
std::vector<std::string> broken(std::string_view kind, std::string_view spec) {
    const auto text = fmt::format("apiVersion: passa/v1\nkind: {}\nmetadata: {{name: one}}\nspec:\n{}\n", kind, spec);
    const auto manifests =
        manifest::check(manifest::read_text(text, "test.yaml").value(), catalog::kinds()).value_or_throw();
    std::vector<std::string> out;
    for (const auto& p : catalog::check_rules(manifests.front()))
        out.push_back(fmt::format("{} {}:{}", p.code, p.place->line, p.place->column));
    return out;
}

using Found = std::vector<std::string>;

std::string event(std::string_view tiers, std::string_view ends = "2027-03-07T02:00:00+03:00") {
    return fmt::format("  title: Night\n  zone: UTC\n  currency: KES\n  starts: 2027-03-06T19:00:00+03:00\n"
                       "  ends: {}\n  tiers:\n{}",
                       ends, tiers);
}

std::string shares(std::string_view list) { return fmt::format("  event: night\n  shares:\n{}", list); }

} // namespace

TEST_CASE("an event ends after it starts, and each tier has one name, one currency and a window", "[unit][catalog]") {
    REQUIRE(broken("Event", event("    - {name: a, title: A, price: 5 KES}\n    - {name: b, title: B, price: 6 KES}"))
                .empty());
    REQUIRE(broken("Event", event("    - {name: a, title: A, price: 5 KES}", "2027-03-06T15:59:59Z")) ==
            Found{"event.ends_before_start 9:9"});
    REQUIRE(
        broken("Event", event("    - {name: a, title: A, price: 5 KES}\n    - {name: a, title: B, price: 6 KES}")) ==
        Found{"event.tier_twice 12:14"});
    REQUIRE(broken("Event", event("    - {name: a, title: A, price: 5 USD}")) == Found{"event.tier_currency 11:34"});
    const std::string from = "    - {name: a, title: A, price: 5 KES, saleFrom: 2027-01-02T00:00:00Z, saleUntil: ";
    REQUIRE(broken("Event", event(from + "2027-01-03T00:00:00Z}")).empty());
    REQUIRE(broken("Event", event(from + "2027-01-02T02:00:00+03:00}")) == Found{"event.sale_window 11:84"});
}

TEST_CASE("no word of an export means two tiers", "[unit][catalog]") {
    const auto two = [](std::string_view second) {
        return event(fmt::format(
            "    - {{name: a, title: Adult, aliases: [Grown, A], price: 5 KES}}\n    - {{{}, price: 6 KES}}", second));
    };
    REQUIRE(broken("Event", two("name: b, title: Child, aliases: [Small]")).empty());
    REQUIRE(broken("Event", two("name: b, title: ADULT")) == Found{"event.tier_names 12:24"});
    REQUIRE(broken("Event", two("name: grown, title: Child")) == Found{"event.tier_names 12:14"});
    REQUIRE(broken("Event", two("name: b, title: Child, aliases: [' grown ']")) == Found{"event.tier_names 12:41"});
}

TEST_CASE("shares name each party once and add up to 100 %", "[unit][catalog]") {
    REQUIRE(broken("SplitPlan", shares("    - {party: a, share: 33.33%}\n    - {party: b, share: 66.67%}")).empty());
    REQUIRE(broken("SplitPlan", shares("    - {party: a, share: 33.33%}\n    - {party: b, share: 66.66%}")) ==
            Found{"split.sum 8:7"});
    REQUIRE(broken("SplitPlan", shares("    - {party: a, share: 50%}\n    - {party: a, share: 50%}")) ==
            Found{"split.party_twice 8:15"});
    REQUIRE(broken("SplitPlan", "  event: night\n  shares: []") == Found{"split.sum 6:11"});
    REQUIRE(broken("SplitPlan", "  basis: gross\n" + shares("    - {party: a, share: 100%}")) ==
            Found{"split.fees_from 5:10"});
}

TEST_CASE("a campaign has a code once, whatever its case, and windows that open", "[unit][catalog]") {
    const auto codes = [](std::string_view second) {
        return fmt::format("  event: night\n  commission: 5%\n  codes:\n    - {{code: X, creator: a}}\n    - {{{}}}",
                           second);
    };
    REQUIRE(broken("Campaign", codes("code: Y, creator: a")).empty());
    REQUIRE(broken("Campaign", codes("code: x, creator: a")) == Found{"campaign.code_twice 9:14"});
    REQUIRE(broken("Campaign", codes("code: ' X ', creator: b")) == Found{"campaign.code_twice 9:14"});
    REQUIRE(broken("Campaign", codes("code: Y, creator: a, validFrom: 2027-01-01T00:00:00Z, validUntil: "
                                     "2027-01-01T00:00:00Z")) == Found{"campaign.window_empty 9:74"});
}

TEST_CASE("rates convert, limits are of one asset each, and scales are those of their ledgers", "[unit][catalog]") {
    REQUIRE(broken("ExchangeRate", "  {from: KES, to: KES, rate: '1', source: us}") ==
            Found{"exchange_rate.same_asset 5:19"});
    REQUIRE(broken("PayoutPolicy", "  limits: [{asset: KES, perDay: 5 USD}]") ==
            Found{"payout_policy.other_asset 5:33"});
    REQUIRE(broken("PayoutPolicy", "  limits: [{asset: KES, perDay: 5 KES}, {asset: KES, perDay: 6 KES}]") ==
            Found{"payout_policy.asset_twice 5:49"});
    REQUIRE(broken("Asset", "  {code: PTS, scale: 19}") == Found{"asset.scale 5:22"});
    REQUIRE(broken("Asset", "  {code: PTS, scale: 18}").empty());
}
