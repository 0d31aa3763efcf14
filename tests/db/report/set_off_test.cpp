// What a party owes for one event and a payout for another clears: a line on both statements, that a payee can look up.
#include "lib/report/statement.hpp"
#include "tests/support/payout_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {

report::Statement statement_of(test::PayoutWorld& world, const std::string& name) {
    return db::transact(world.db.app(), {world.org}, [&](db::Transaction& tx) {
        const auto event = event::get_event(tx, world.org, name);
        return report::load_statements(tx, world.org, {event, "band", world.clock.now()}).at(0);
    });
}

std::string lines_of(const report::Statement& statement) {
    std::string text;
    for (const auto& line : statement.accounts.at(0).lines)
        text += fmt::format("{} {}\n", line.what, line.amount.number());
    return text;
}

} // namespace

TEST_CASE("a debt set against another event's payout is a line on both statements", "[db][report]") {
    test::FreshDatabase db;
    test::NetworkFile file{"set-off"};
    test::FakeNetwork network{file.path(), {"KES", 2}};
    test::PayoutWorld world{db, "demo", {{"band", -500'00, "somewhere", {}, 100'00}}};
    test::FakeRail rail{network, world.clock, 1, {}};
    const auto second = world.add_event("second");
    world.owe("band", ledger::AccountKind::party_payable, 2000'00, second);
    network.fund(10'000'00);
    const auto batch = world.create({second, {}, {}, false, {}});
    world.approve(batch);
    REQUIRE(world.send(batch, rail).paid() == 1);

    const auto paid = statement_of(world, "second");
    REQUIRE(lines_of(paid) == "Set against what you owe for show -400.00\n"
                              "Payout of 1,600.00 KES, confirmed -1600.00\n"
                              "Other bookings; see: passa ledger journal 2000.00\n");
    const auto owing = statement_of(world, "show");
    REQUIRE(lines_of(owing) == "Set against your payout for second 400.00\n"
                               "Other bookings; see: passa ledger journal -400.00\n");
    const auto sum_of = [](const report::Statement& s) {
        const auto& a = s.accounts.at(0);
        CHECK(a.earned() - a.totals.paid - a.totals.under_way + a.set_off + a.other() == a.totals.owed);
        return fmt::format("paid {} set off {} other {} owed {}", a.totals.paid.number(), a.set_off.number(),
                           a.other().number(), a.totals.owed.number());
    };
    REQUIRE(sum_of(paid) == "paid 1600.00 set off -400.00 other 2000.00 owed 0.00");
    REQUIRE(sum_of(owing) == "paid 0.00 set off 400.00 other -400.00 owed 0.00");
    REQUIRE(report::make_statement_csv(paid).find("total set against other events") != std::string::npos);
    REQUIRE(report::make_statement_page(owing, "passa").find("<dt>Set against other events</dt><dd>400.00</dd>") !=
            std::string::npos);
    const auto reference = paid.payouts.at(0).id;
    for (const auto& each : {paid, owing}) {
        REQUIRE(report::make_statement_csv(each).find(reference + ",Set against ") != std::string::npos);
        REQUIRE(report::make_statement_page(each, "passa").find("Set against ") != std::string::npos);
    }
    db.sweep(world.org);
}
