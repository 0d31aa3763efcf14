// What the database itself refuses, whoever writes to it: of each pair the first row is taken, the second is not.
#include "tests/db/catalog/shop.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using test::Shop;

namespace {

struct Pair {
    std::string taken;
    std::string refused;
};

// One party and one treasury of the example; ORG, EVENT, PARTY and TREASURY stand for their ids, ID for a new one.
std::string with_ids(Shop& shop, std::string text) {
    const auto put = [&](std::string_view word, const std::string& id) {
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word))
            text.replace(at, word.size(), "'" + id + "'");
    };
    put("ORG", shop.org.uuid());
    put("EVENT", shop.value("SELECT id FROM event"));
    put("PARTY", shop.value("SELECT id FROM party ORDER BY name LIMIT 1"));
    put("PLAN", shop.value("SELECT id FROM split_plan"));
    put("TERMS", shop.value("SELECT id FROM campaign_version"));
    put("TREASURY", shop.value("SELECT id FROM treasury LIMIT 1"));
    put("NEW", id_text::uuid(shop.db.ids.next()));
    return text;
}

std::string account(std::string_view words) {
    return fmt::format("INSERT INTO account SELECT ORG, NEW, {}, 'KES', now()", words);
}

std::string line(std::string_view kind, std::string_view credit) {
    return fmt::format(
        "INSERT INTO sale_line SELECT ORG, EVENT, x.id, x.id, 0, '{}', 's', x.id::text, '1', NULL, PLAN, {}, "
        "'C', 1, 'KES', 5, 0, 0, 0, 0, 5, now(), now(), x.id, 1, 1 FROM (SELECT NEW::uuid AS id) x",
        kind, credit);
}

std::string rate(std::string_view to) {
    return fmt::format("INSERT INTO exchange_rate SELECT ORG, NEW, NEW, 1, 'KES', '{}', 1, 0, now(), 's', now()", to);
}

std::string version(int number, int ppm) {
    return fmt::format(
        "WITH v AS (INSERT INTO split_plan_version SELECT ORG, EVENT, NEW, PLAN, {}, now(), 'net', NULL, "
        "NULL, now() RETURNING id) INSERT INTO split_share SELECT ORG, EVENT, id, 0, PARTY, {} FROM v",
        number, ppm);
}

std::string due(std::string_view settlement, std::string_view kind) {
    return fmt::format("INSERT INTO settlement_due SELECT ORG, EVENT, {}, NEW, 'KES', '{}', PARTY, NULL, 5, 0, 5",
                       settlement, kind);
}

} // namespace

TEST_CASE("the words of a row fit one another", "[db][catalog]") {
    Shop shop;
    shop.apply(test::starter());
    const auto run = [&](const std::string& sql) {
        shop.db.owner().connection().raw("SET passa.organizer = '" + shop.org.uuid() + "'");
        shop.db.owner().connection().raw(with_ids(shop, sql));
    };
    run("INSERT INTO asset SELECT ORG, 'PTS', 2");
    const std::string settlement = "(SELECT id FROM settlement)";
    const Pair pairs[] = {
        {"INSERT INTO treasury SELECT ORG, NEW, 'one', 'bankfile', NULL, 'A', NULL, 'KES'",
         "INSERT INTO treasury SELECT ORG, NEW, 'two', 'bankfile', NULL, 'A', NULL, 'KES'"},
        {rate("PTS"), rate("KES")},
        {account("'funding', NULL, NULL, TREASURY::uuid"), account("'funding', EVENT::uuid, NULL, NULL")},
        {account("'party_payable', EVENT::uuid, PARTY::uuid, NULL"),
         account("'commission_payable', NULL, PARTY::uuid, NULL")},
        {account("'tax_held', EVENT::uuid, NULL, NULL"), account("'platform_fee', EVENT::uuid, PARTY::uuid, NULL")},
        {account("'fx', NULL, NULL, NULL"), account("'fx_rounding', EVENT::uuid, NULL, NULL")},
        {account("'expense', EVENT::uuid, NULL, NULL"), account("'expense', NEW::uuid, NULL, NULL")},
        {line("sale", "NULL, NULL"), line("refund", "NULL, NULL")},
        {line("fee", "TERMS::uuid, PARTY::uuid"), line("sale", "TERMS::uuid, NULL")},
        {version(2, 1'000'000), version(3, 999'999)},
        {"INSERT INTO settlement SELECT ORG, EVENT, NEW, now(), 1, 't', now()", due("NEW", "share")},
        {due(settlement, "share"), due(settlement, "commission")},
        {"INSERT INTO journal SELECT ORG, NEW, 'funding', NEW, 'k', NULL, now(), now(), NULL",
         "INSERT INTO journal SELECT ORG, NEW, 'reversal', NEW, 'k', NULL, now(), now(), NULL"},
        {"INSERT INTO journal SELECT ORG, NEW, 'reversal', NEW, 'k2', NULL, now(), now(), id FROM journal",
         "INSERT INTO journal SELECT ORG, NEW, 'reversal', NEW, 'k3', NULL, now(), now(), ORG"},
    };
    for (const auto& pair : pairs) {
        CAPTURE(pair.taken, pair.refused);
        run(pair.taken);
        REQUIRE_FALSE(test::problem_code([&] { run(pair.refused); }).empty());
    }
}
