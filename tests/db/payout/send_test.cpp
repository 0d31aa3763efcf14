// A batch from what is owed to what is paid, against a real database and the fake network.
#include "lib/ledger/journal.hpp"
#include "lib/payout/read.hpp"
#include "tests/support/paying_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;

TEST_CASE("what is owed is paid once, and the books say so", "[db][payout]") {
    PayingWorld w{{{"band", 900'01}, {"venue", 100'00, "somewhere", "id:7"}, {"crew", 50'00}}};
    w.network.fund(2000'00);
    const auto batch = w.approved();
    const auto sent = w.send(batch);
    REQUIRE(sent.paid() == 3);
    REQUIRE(sent.batch.state == "drained");
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", 900'01}, {"to-venue", 100'00}, {"to-crew", 50'00}});
    const auto books = w.balances();
    REQUIRE(books.at("treasury KES") == -1050'01);
    REQUIRE(books.at("network_fee XLM") == w.network.fees());
    REQUIRE_FALSE(books.contains("party_payable band"));
    REQUIRE_FALSE(books.contains("payout_clearing KES"));
    w.sweep();

    REQUIRE(w.send(batch).paid() == 3); // once more changes nothing
    REQUIRE(w.network.payments().size() == 3);
    REQUIRE(w.create().is_nil());
}

TEST_CASE("what cannot work fails alone and is owed again, in the asset owed", "[db][payout]") {
    const money::Asset usdc{"USDC:GTEST", 7};
    PayingWorld w{{{"band", 1000'00}, {"crew", 33}, {"shut", 200'00}}, usdc};
    w.add_rate(7731, 6);
    w.network.fund(1'000'000'000'000);
    w.network.close_destination("to-shut");
    const auto batch = w.approved();
    const auto sent = w.send(batch);
    REQUIRE(sent.paid() == 2);
    REQUIRE(sent.count(State::failed) == 1);
    const Int128 band = 7'7310000;
    const Int128 crew = 25512; // 0.33 KES at 0.007731 is 0.00255123: the rest of a unit stays here
    REQUIRE(w.paid() == std::map<std::string, Int128>{{"to-band", band}, {"to-crew", crew}});
    const auto books = w.balances();
    REQUIRE(books.at("party_payable shut") == -200'00);
    REQUIRE(books.at("treasury USDC:GTEST") == -(band + crew));
    REQUIRE(books.at("fx USDC:GTEST") == band + crew);
    REQUIRE(books.at("fx KES") == -1000'33);
    w.sweep();

    w.network.open_destination("to-shut");
    const auto again = w.approved();
    REQUIRE(w.send(again).paid() == 1);
    REQUIRE_FALSE(w.balances().contains("party_payable shut"));
    w.sweep();
}

TEST_CASE("a coarse payout asset leaves its rounding unit on an account of its own", "[db][payout]") {
    PayingWorld w{{{"band", 1000'99}}, {"JPY", 0}};
    w.add_rate(12, 1);
    w.network.fund(5000);
    const auto batch = w.approved();
    REQUIRE(w.send(batch).paid() == 1);
    REQUIRE(w.paid().at("to-band") == 1201); // 1,201.188
    const auto books = w.balances();
    REQUIRE(books.at("fx KES") == -1000'84); // the least that buys 1,201
    REQUIRE(books.at("fx_rounding KES") == -15);
    REQUIRE_FALSE(books.contains("party_payable band"));
    w.sweep();
}

TEST_CASE("attempts hold as many orders as the rail takes, and one memo each", "[db][payout]") {
    std::vector<test::OwedParty> owed;
    for (int i = 0; i < 23; ++i)
        owed.push_back({fmt::format("p{:02}", i), 100 + i, "somewhere",
                        i % 5 == 0 ? std::optional{std::string{"id:5"}} : std::nullopt});
    PayingWorld w{owed};
    w.network.fund(100'000);
    w.rail.set_most_orders(10);
    const auto batch = w.approved();
    REQUIRE(w.send(batch).paid() == 23);
    std::map<std::string, std::set<bool>> memos;
    std::map<std::string, int> sizes;
    for (const auto& p : w.network.payments()) {
        ++sizes[p.key];
        memos[p.key].insert(std::stoi(p.destination.substr(4)) % 5 == 0);
    }
    REQUIRE(sizes.size() == 3); // 10 and 8 without a memo, 5 with
    for (const auto& [key, kinds] : memos) REQUIRE(kinds.size() == 1);
    w.sweep();
}

TEST_CASE("a known obstacle blocks before money is set aside", "[db][payout]") {
    PayingWorld w{{{"band", 100'00}, {"shut", 50'00}}};
    w.network.fund(1000'00);
    w.network.close_destination("to-shut");
    w.rail.set_preflight(true);
    const auto batch = w.approved();
    const auto sent = w.send(batch);
    REQUIRE(sent.count(State::blocked) == 1);
    REQUIRE(sent.paid() == 1);
    REQUIRE(w.balances().at("party_payable shut") == -50'00);
    w.sweep();
}

TEST_CASE("two treasuries do not hide a gap of their clearing accounts from each other", "[db][payout]") {
    PayingWorld w{{{"band", 900'00}, {"venue", 100'00}}};
    w.network.fund(10'000'00);
    REQUIRE(w.reserve(w.approved()).left() == 2);
    w.sweep();
    w.execute(
        "INSERT INTO treasury (organizer_id, id, name, rail, network_name, account, asset_id) SELECT organizer_id, "
        "gen_random_uuid(), 'second', rail, network_name, 'OTHER', asset_id FROM treasury");
    const auto treasury = [&](std::string_view name) {
        return TreasuryId::from_uuid(w.value(
            fmt::format("SELECT id::text AS value FROM treasury WHERE organizer_id = $1 AND name = '{}'", name)));
    };
    const auto first = treasury("main"), second = treasury("second");
    const money::Amount off{5'00, {"KES", 2}};
    db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) { // over both, as much is in clearing as before
        using ledger::AccountKind;
        ledger::post({tx, w.org, w.db.ids, w.clock.now()}, {"write_off",
                                                            w.db.ids.next(),
                                                            "",
                                                            std::nullopt,
                                                            w.clock.now(),
                                                            "a defect",
                                                            {{{AccountKind::payout_clearing, {}, {}, first}, off},
                                                             {{AccountKind::payout_clearing, {}, {}, second}, -off}}});
    });
    const auto all = statements();
    const auto law = std::find_if(all.begin(), all.end(),
                                  [](const auto& s) { return s.name.ends_with("check_clearing_matches_open"); });
    REQUIRE(law != all.end());
    std::map<std::string, std::string> found;
    for (const auto& row : db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) { return tx.run(*law); }))
        found.emplace(row.get<std::string>("treasury_id"),
                      row.get<std::string>("clearing") + " of " + row.get<std::string>("open_payouts"));
    REQUIRE(found ==
            std::map<std::string, std::string>{{first.uuid(), "99500 of 100000"}, {second.uuid(), "500 of 0"}});
}
