// What a reader sees of real payouts and of the statement they are compared with, row by row.
#include "lib/recon/run.hpp"
#include "lib/report/page.hpp"
#include "lib/report/statement.hpp"
#include "tests/support/payout_fixture.hpp"

#include <catch2/catch.hpp>

#include <regex>

using namespace passa;
using Line = rail::StatementLine::Kind;
using Rows = std::vector<std::string>;

namespace {

const std::string k_issuer = "GCAFM73N444TKAWDZLLQC6HLRU75YDFWJFHBTNXLKAW4EYIJQKA43SF3";
const money::Asset k_usdc{"USDC:" + k_issuer, 7}, k_xlm{"XLM", 7};

// Three parties are owed shillings and paid in a dollar; one of them cannot be reached, a fourth has no account.
struct World {
    World()
        : file("pages"), network(file.path(), k_usdc),
          world(db, "demo", {{"band", 1000'99}, {"crew", 50'00}, {"shut", 40'00}, {"lost", 70'00, std::nullopt}},
                k_usdc),
          rail(network, world.clock, 1, {}) {
        world.value(
            fmt::format("WITH r AS (INSERT INTO exchange_rate (organizer_id, id, name, version, from_asset_id, "
                        "to_asset_id, mantissa, decimals, effective_from, source, created_at) SELECT $1, "
                        "gen_random_uuid(), 'kes-usdc', 1, 'KES', '{}', 77, 4, '-infinity', 'a bank', '-infinity' "
                        "RETURNING 1) SELECT count(*) AS value FROM r",
                        k_usdc.id));
        network.fund(100'0000000);
        network.close_destination("to-shut");
        const auto batch = world.create();
        world.approve(batch);
        world.send(batch, rail);
        world.clock.advance(std::chrono::minutes{10});
    }
    // As the network would tell it: what funded the treasury, our payments, our fees, and what else a test adds.
    rail::Statement statement(std::vector<rail::StatementLine> more = {}) {
        rail::Statement s;
        auto left = money::Amount{0, k_usdc}, fees_left = money::Amount{0, k_xlm};
        const auto add = [&](rail::StatementLine line) {
            line.position = ++s.to;
            (line.amount.asset() == k_usdc ? left : fees_left) += line.amount;
            s.lines.push_back(std::move(line));
        };
        add({"start:0", Line::funding, {100'0000000, k_usdc}, "GFUNDER", "", world.clock.now()});
        add({"start:1", Line::funding, {5'0000000, k_xlm}, "GFUNDER", "", world.clock.now()});
        std::map<std::string, int> orders;
        for (const auto& p : network.payments())
            add({fmt::format("{}:{}", p.key, orders[p.key]++),
                 Line::payment,
                 {-p.amount, k_usdc},
                 p.destination,
                 "",
                 world.clock.now()});
        for (const auto& [key, fee] : fees()) add({key + ":fee", Line::fee, {-fee, k_xlm}, "", "", world.clock.now()});
        for (auto& line : more) add(std::move(line));
        s.to_ledger = 2000;
        s.complete = true;
        s.closing = {left, fees_left};
        s.closed_at = world.clock.now();
        return s;
    }
    // Of every attempt that reached the ledger, also the one that failed there.
    std::map<std::string, std::int64_t> fees() {
        std::map<std::string, std::int64_t> all;
        db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            const db::Statement k_fees{"test.fees",
                                       "SELECT key, fee_minor FROM payout_attempt WHERE organizer_id = $1"};
            for (const auto& row : tx.run(k_fees, world.org))
                all[row.get<std::string>("key")] = row.get<std::int64_t>("fee_minor");
        });
        return all;
    }
    void reconcile(const rail::Statement& statement) {
        const auto treasury =
            TreasuryId::from_uuid(world.value("SELECT id::text AS value FROM treasury WHERE organizer_id = $1"));
        db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            recon::take_in({{tx, world.org, db.ids, world.clock.now()}, treasury, "tester"}, statement);
        });
    }
    std::string page() {
        return db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            const auto event = event::get_event(tx, world.org, "show");
            return report::make_event_page(report::load_event_figures(tx, world.org, event, world.clock.now()), "test");
        });
    }
    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
    test::FakeRail rail;
};

std::string replaced(const std::string& text, const std::string& pattern, const std::string& by) {
    return std::regex_replace(text, std::regex{pattern}, by);
}

// The table rows under a heading as text, cells apart by " | "; what differs from run to run is named only.
Rows rows_under(const std::string& page, const std::string& heading) {
    const auto from = page.find("<h2>" + heading + "</h2>");
    REQUIRE(from != std::string::npos);
    const auto section = page.substr(from, page.find("</section>", from) - from);
    const std::regex row{"<tr[^>]*>(.*)</tr>"};
    Rows rows;
    for (auto it = std::sregex_iterator{section.begin(), section.end(), row}; it != std::sregex_iterator{}; ++it) {
        auto text = replaced((*it)[1], "</t[hd]><t[hd][^>]*>", " | ");
        text = replaced(replaced(replaced(text, "<br>", " "), "<[^>]*>", ""), " +", " ");
        text = replaced(replaced(text, "[0-9a-f]{64}", "HASH"), "pay_[0-9a-z]{26}", "PAYOUT");
        rows.push_back(replaced(text, " +$", ""));
    }
    return rows;
}

} // namespace

TEST_CASE("payouts stand under their transaction, each with its asset and issuer", "[db][report]") {
    World w;
    CHECK(rows_under(w.page(), "Payouts") ==
          Rows{"Party | Owed | Payout | State | To", "Transaction on fake HASH",
               "shut | 40.00 KES | 0.3080000 USDC | failed, 21 Nov 2026 12:00 | to-shut",
               "PAYOUT | of GCAFM7…A43SF3 | 1 KES = 0.0077 USDC (kes-usdc v1) NO_DESTINATION",
               "Transaction on fake HASH",
               "band | 1,000.99 KES | 7.7076230 USDC | confirmed, 21 Nov 2026 12:00 | to-band",
               "PAYOUT | of GCAFM7…A43SF3 | 1 KES = 0.0077 USDC (kes-usdc v1)",
               "crew | 50.00 KES | 0.3850000 USDC | confirmed, 21 Nov 2026 12:00 | to-crew",
               "PAYOUT | of GCAFM7…A43SF3 | 1 KES = 0.0077 USDC (kes-usdc v1)", "Not sent",
               "lost | 70.00 KES | 0.5390000 USDC | blocked, 21 Nov 2026 12:00 |",
               "PAYOUT | of GCAFM7…A43SF3 | 1 KES = 0.0077 USDC (kes-usdc v1) the party has no destination on rail "
               "stellar",
               "Paid, 2 | 1,050.99 KES | 8.0926230 USDC of GCAFM7…A43SF3 | |"});
}

TEST_CASE("a clean reconciliation settles the payouts and closes every balance", "[db][report]") {
    World w;
    CHECK(w.page().find("Not reconciled yet.") != std::string::npos);
    w.reconcile(w.statement());
    const auto page = w.page();
    CHECK(rows_under(page, "Reconciliation") ==
          Rows{"Asset | Opening | In | Out | Fees | Closing | Gap",
               "USDC of GCAFM7…A43SF3 | 0.0000000 | 100.0000000 | 8.0926230 | 0.0000000 | 91.9073770 | 0.0000000",
               "XLM | 0.0000000 | 5.0000000 | 0.0000000 | 0.0000500 | 4.9999500 | 0.0000000"});
    CHECK(page.find("Of 2 paid payouts 2 are matched to a line of the statement. No break is open.") !=
          std::string::npos);
    const auto payouts = rows_under(page, "Payouts");
    CHECK(payouts.at(5) == "band | 1,000.99 KES | 7.7076230 USDC | settled, 21 Nov 2026 12:00 | to-band");
    CHECK(payouts.at(7) == "crew | 50.00 KES | 0.3850000 USDC | settled, 21 Nov 2026 12:00 | to-crew");
}

TEST_CASE("a hole in the history is told, and nothing looks proved", "[db][report]") {
    World w;
    auto statement = w.statement();
    statement.complete = false;
    statement.gap = "the server's history begins at ledger 1500";
    w.reconcile(statement);
    const auto page = w.page();
    CHECK(page.find("The history is not complete: the server&#39;s history begins at ledger 1500") !=
          std::string::npos);
    const auto from = page.find("<h2>Reconciliation</h2>");
    CHECK(page.substr(from, page.find("</section>", from) - from).find("\"good\"") == std::string::npos);
}

TEST_CASE("money that left without a payout is an open break on the report", "[db][report]") {
    World w;
    w.reconcile(w.statement({{"alien:0", Line::payment, {-1'0000000, k_usdc}, "GSTRANGER", "", w.world.clock.now()}}));
    const auto page = w.page();
    CHECK(rows_under(page, "Reconciliation").back() ==
          "MISSING_INTERNAL | alien:0 USDC | main | 21 Nov 2026 12:10 | 0 | -1.0000000 USDC of GCAFM7…A43SF3");
    CHECK(page.find("No break is open.") == std::string::npos);
}

TEST_CASE("the page of the event and that of a party name the issuer in full", "[db][report]") {
    World w;
    const auto statements = db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) {
        const auto event = event::get_event(tx, w.world.org, "show");
        return report::load_statements(tx, w.world.org, {event, "band", w.world.clock.now()});
    });
    REQUIRE(statements.size() == 1);
    const auto statement = report::make_statement_page(statements.front(), "test");
    const auto in_full = "USDC of GCAFM7…A43SF3 is <span class=\"id\">USDC:" + k_issuer + "</span>";
    CHECK(statement.find(in_full) != std::string::npos);
    CHECK(w.page().find(in_full) != std::string::npos);
    CHECK(statement.find("Payout of 7.7076230 USDC of GCAFM7…A43SF3, confirmed") != std::string::npos);
}
