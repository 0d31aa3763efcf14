// A payment that comes back after it was settled: closed as `returned`, its payee is owed again and paid once more.
#include "lib/recon/close.hpp"
#include "lib/recon/read.hpp"
#include "lib/recon/run.hpp"
#include "lib/report/payout_facts.hpp"
#include "lib/report/statement.hpp"
#include "tests/support/payment_list.hpp"
#include "tests/support/payout_fixture.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::recon;
using money::Int128;
using payout::State;
using Said = rail::StatementLine;

namespace {

const money::Asset k_kes{"KES", 2}, k_jpy{"JPY", 0};
constexpr std::string_view k_rate =
    "WITH r AS (INSERT INTO exchange_rate (organizer_id, id, name, version, from_asset_id, to_asset_id, mantissa, "
    "decimals, effective_from, source, created_at) SELECT $1, gen_random_uuid(), 'fx', 1, 'KES', 'JPY', 12, 1, "
    "'-infinity', 'a bank', '-infinity' RETURNING 1) SELECT count(*) AS value FROM r";

struct World {
    explicit World(const std::vector<test::OwedParty>& owed, const money::Asset& asset = k_kes)
        : file("returned"), network(file.path(), asset), world(db, "demo", owed, asset),
          rail(network, world.clock, 1, {}) {
        network.fund(100'000'00);
    }
    BatchId pay(const payout::CreateOrder& order) {
        const auto batch = world.create(order);
        world.approve(batch);
        world.send(batch, rail);
        return batch;
    }
    BatchId pay() { return pay({world.event, {}, {}, false, {}}); }
    // The statement shows what was paid so far, and then this.
    void show(std::vector<Said> more = {}) {
        world.clock.advance(std::chrono::minutes{5});
        rail::Statement said;
        said.from = position;
        const auto all = network.payments();
        std::map<std::string, int> orders;
        std::vector<Said> lines;
        for (const auto& p : all) {
            const auto ref = fmt::format("{}:{}", p.key, orders[p.key]++);
            if (shown.insert(ref).second)
                lines.push_back({ref, Said::Kind::payment, {-p.amount, world.asset}, p.destination, "", {}, 0});
        }
        for (const auto& [key, count] : orders)
            if (shown.insert(key).second)
                lines.push_back({key + ":fee", Said::Kind::fee, {-100 * count, {"XLM", 7}}, "", "", {}, 0});
        lines.insert(lines.end(), more.begin(), more.end());
        for (auto& line : lines) {
            line.position = ++position;
            line.booked_at = world.clock.now();
            if (line.amount.asset() == world.asset) held += line.amount.minor();
        }
        said.lines = lines;
        said.to = said.to_ledger = position;
        said.complete = true;
        said.closed_at = world.clock.now();
        said.closing = {{held, world.asset}};
        db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            const auto treasury = load_treasuries(tx, world.org, {}).at(0).id;
            REQUIRE_FALSE(take_in({{tx, world.org, db.ids, world.clock.now()}, treasury, "tester"}, said).has_gap);
            breaks = load_breaks(tx, world.org, {});
        });
    }
    Said back(Int128 minor, const std::string& from) {
        return {fmt::format("back{}:0", ++sent_back), Said::Kind::payment, {minor, world.asset}, from, "", {}, 0};
    }
    void close(CloseCode code, std::optional<PayoutId> payout = {}, std::size_t which = 0) {
        const auto id = breaks.at(which).id;
        db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            recon::close({tx, world.org, db.ids, world.clock.now()}, {id, code, "the exchange", "clerk", payout});
        });
    }
    std::string suspense() {
        return world.value("SELECT coalesce(sum(o.amount), 0)::text AS value FROM posting o JOIN account a ON a.id = "
                           "o.account_id WHERE a.organizer_id = $1 AND a.kind = 'suspense' AND a.treasury_id IS NOT "
                           "NULL");
    }
    State state(BatchId batch, std::size_t i = 0) { return world.payouts(batch).at(i).state; }

    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
    test::FakeRail rail;
    std::set<std::string> shown;
    std::int64_t position = 0;
    int sent_back = 0;
    Int128 held = 0;
    std::vector<BreakView> breaks;
};

} // namespace

TEST_CASE("a payout that came back is owed again, told, and paid by the next batch", "[db][recon]") {
    World w{{{"band", 100'00, "somewhere", {}, 20'00}}};
    const auto batch = w.pay();
    w.show();
    REQUIRE(w.state(batch) == State::settled);
    w.show({w.back(120'00, "to-band")});
    REQUIRE(w.breaks.at(0).type == "LATE_RETURN");
    w.close(CloseCode::returned);
    REQUIRE(w.state(batch) == State::returned);
    const auto books = w.world.balances();
    REQUIRE(books.at("party_payable band") == -100'00);
    REQUIRE(books.at("commission_payable band") == -20'00);
    REQUIRE_FALSE(books.contains("treasury KES")); // paid 120.00, came back
    REQUIRE(w.suspense() == "0");
    w.db.sweep(w.world.org);

    const auto event = db::transact(w.db.app(), {w.world.org},
                                    [&](db::Transaction& tx) { return event::get_event(tx, w.world.org, "show"); });
    const auto told = db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) {
        return report::load_statements(tx, w.world.org, {event, "band", w.world.clock.now()});
    });
    REQUIRE(told.at(0).accounts.at(0).totals.paid.is_zero());
    REQUIRE(told.at(0).accounts.at(0).totals.owed.minor() == 120'00);
    REQUIRE(told.at(0).payouts.at(0).state == "returned");
    REQUIRE(told.at(0).payouts.at(0).reason.find("brought it back") != std::string::npos);
    const auto payout = w.world.payouts(batch).at(0).id;
    REQUIRE_NOTHROW(db::transact(w.db.app(), {w.world.org},
                                 [&](db::Transaction& tx) { report::explain_payout(tx, w.world.org, payout); }));

    w.show();
    REQUIRE(w.breaks.empty());
    const auto again = w.pay();
    w.show();
    REQUIRE(w.state(again) == State::settled);
    REQUIRE(w.network.payments().size() == 2);
    REQUIRE_FALSE(w.world.balances().contains("party_payable band"));
    w.db.sweep(w.world.org);
}

TEST_CASE("what came back undoes its conversion at the rate it had", "[db][recon]") {
    World w{{{"band", 1000'99}}, k_jpy};
    w.world.value(std::string{k_rate});
    const auto batch = w.pay();
    const auto amount = w.world.payouts(batch).at(0).amount;
    w.show();
    w.show({w.back(amount.minor(), "to-band")});
    w.close(CloseCode::returned);
    const auto books = w.world.balances();
    REQUIRE(books.at("party_payable band") == -1000'99);
    for (const auto* gone : {"fx KES", "fx JPY", "fx_rounding KES", "treasury JPY", "payout_clearing JPY"})
        REQUIRE_FALSE(books.contains(gone));
    w.db.sweep(w.world.org);
}

TEST_CASE("what came back brings the debts back that were netted with it", "[db][recon]") {
    World w{{{"band", -500'00}}};
    const auto second = w.world.add_event("second");
    w.world.owe("band", ledger::AccountKind::party_payable, 2000'00, second);
    const auto batch = w.pay({second, {}, {}, false, {}});
    REQUIRE(w.world.payouts(batch).at(0).netted.minor() == 500'00);
    w.show();
    w.show({w.back(1500'00, "to-band")});
    w.close(CloseCode::returned);
    REQUIRE(w.world.balances().at("party_payable band") == -1500'00); // 2000.00 less the debt
    const auto again = w.pay({second, {}, {}, false, {}});
    REQUIRE(w.world.payouts(again).at(0).amount.minor() == 1500'00);
    w.db.sweep(w.world.org);
}

TEST_CASE("two payouts of one sum to one payee come back one by one", "[db][recon]") {
    World w{{{"band", 100'00}}};
    const auto first = w.pay();
    w.world.owe("band", ledger::AccountKind::party_payable, 100'00);
    const auto second = w.pay();
    w.show();
    w.show({w.back(100'00, "to-band"), w.back(100'00, "to-band")});
    if (w.breaks.size() == 1) FAIL("the second line was lost");
    w.close(CloseCode::returned, {}, 0);
    w.close(CloseCode::returned, {}, 1);
    REQUIRE(w.state(first) == State::returned);
    REQUIRE(w.state(second) == State::returned);
    w.db.sweep(w.world.org);
}

TEST_CASE("money from another address brings back the payout that is named", "[db][recon]") {
    World w{{{"band", 100'00}, {"crew", 60'00}}};
    const auto batch = w.pay();
    const auto payouts = w.world.payouts(batch);
    w.show();
    w.show({w.back(100'00, "hot-wallet")});
    REQUIRE(w.breaks.at(0).type == "MISSING_INTERNAL");
    const auto code = [&](CloseCode as, std::optional<PayoutId> named) {
        return test::problem_code([&] { w.close(as, named); });
    };
    REQUIRE(code(CloseCode::returned, {}) == "recon.not_by_hand");
    REQUIRE(code(CloseCode::returned, payouts[1].id) == "recon.not_by_hand"); // another sum
    REQUIRE(code(CloseCode::returned, w.db.ids.make<PayoutTag>()) == "recon.not_by_hand");
    REQUIRE(code(CloseCode::refunded, payouts[0].id) == "recon.not_by_hand");
    w.close(CloseCode::returned, payouts[0].id);
    REQUIRE(w.state(batch, 0) == State::returned);
    REQUIRE(w.state(batch, 1) == State::settled);
    w.show({w.back(100'00, "hot-wallet")});
    REQUIRE(code(CloseCode::returned, payouts[0].id) == "recon.not_by_hand"); // it came back already
    w.db.sweep(w.world.org);
}

TEST_CASE("what went out, or never was paid, does not come back", "[db][recon]") {
    World w{{{"band", 100'00}}};
    w.network.close_destination("to-band");
    const auto batch = w.pay();
    REQUIRE(w.state(batch) == State::failed);
    const auto payout = w.world.payouts(batch).at(0).id;
    SECTION("never paid") { w.show({w.back(100'00, "to-band")}); }
    SECTION("went out") { w.show({w.back(-100'00, "to-band")}); }
    REQUIRE(test::problem_code([&] { w.close(CloseCode::returned, payout); }) == "recon.not_by_hand");
    REQUIRE(w.state(batch) == State::failed);
}

TEST_CASE("a line of a file that came back is paid again when asked to", "[db][recon]") {
    World w{{{"band", 0}}};
    test::PaymentList payments;
    payments.sha256[0] = 9;
    payments.lines = {{2, "band", {}, {80'00, k_kes}, {}, "travel"}};
    w.pay({{}, {}, payments, false, {}});
    w.show();
    w.show({w.back(80'00, "to-band")});
    w.close(CloseCode::returned);
    REQUIRE_FALSE(w.world.balances().contains("expense KES"));
    const auto again = w.pay({{}, {}, payments, true, {}});
    REQUIRE(w.world.payouts(again).at(0).amount.minor() == 80'00);
    REQUIRE(w.network.payments().size() == 2);
    w.db.sweep(w.world.org);
}
