// Reconciliation against a real database: every line is explained or a break, and the balances are proved.
#include "tests/support/treasury_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using test::TreasuryFixture;

namespace {
// Well beyond the window in which a proved payout may be absent.
void wait(TreasuryFixture& f) { f.db.clock.advance(std::chrono::minutes{10}); }

// Funded in both assets, one batch of two paid: five lines.
void show_paid_batch(TreasuryFixture& f) {
    f.show_funding(f.xlm(100'0000000));
    f.show_funding(f.usdc(500'0000000));
    f.show_attempt(f.pay({70'0000000, 30'0000001}), 200);
    wait(f);
}
} // namespace

TEST_CASE("a paid batch is matched, settled and proved to the unit", "[db]") {
    TreasuryFixture f;
    show_paid_batch(f);
    const auto report = f.run();
    REQUIRE(f.open_breaks().empty());
    REQUIRE_FALSE(report.has_gap);
    REQUIRE(report.lines_new == 5);
    REQUIRE(report.matched == 5);
    REQUIRE(report.settled == 2);
    REQUIRE(f.value("SELECT string_agg(DISTINCT state, ' ') FROM payout") == "settled");
    REQUIRE(
        f.value("SELECT sum(amount) FROM posting o JOIN account a ON a.id = o.account_id WHERE a.kind = 'treasury' AND "
                "a.asset_id <> 'XLM'") == "3999999999");
    REQUIRE(
        f.value(
            "SELECT sum(amount) FROM posting o JOIN account a ON a.id = o.account_id WHERE a.kind = 'network_fee'") ==
        "200");
    REQUIRE(
        f.value("SELECT cause || ' ' || state_from || ' ' || state_to FROM payout_move ORDER BY seq DESC LIMIT 1") ==
        "statement_matched confirmed settled");
    f.sweep();
}

TEST_CASE("a history read in stretches is proved at its end, from the beginning", "[db]") {
    TreasuryFixture f;
    show_paid_batch(f);
    auto part = f.statement();
    REQUIRE(part.lines.size() == 5);
    part.more = true;
    part.lines.resize(3);
    part.to = part.to_ledger = part.lines.back().position;
    part.closed_at = part.lines.back().booked_at;
    const auto first = f.run(part);
    REQUIRE_FALSE(first.has_gap);
    REQUIRE(first.books.empty());
    REQUIRE(f.open_breaks().empty());

    auto rest = f.statement(); // it goes on where the first ended
    REQUIRE(rest.from == part.to);
    REQUIRE(rest.lines.size() == 2);
    const bool loses_one = GENERATE(false, true);
    if (loses_one) rest.lines.pop_back();
    const auto second = f.run(rest);
    REQUIRE(second.has_gap == loses_one);
    REQUIRE(first.settled + second.settled == (loses_one ? 1 : 2));
    f.sweep();
}

TEST_CASE("a stretch that left a line out is read again once the end shows the gap", "[db]") {
    TreasuryFixture f;
    show_paid_batch(f);
    auto part = f.statement();
    part.more = true;
    part.lines.resize(3);
    part.to = part.to_ledger = part.lines.back().position;
    part.closed_at = part.lines.back().booked_at;
    part.lines.erase(part.lines.begin() + 1); // a hollow server
    f.run(part);
    wait(f);
    const auto end = f.statement();
    REQUIRE(end.from == part.to);
    REQUIRE(f.run(end).has_gap);
    wait(f);
    auto whole = f.statement();
    REQUIRE(whole.from < part.to); // from before the stretch
    REQUIRE_FALSE(f.run(whole).has_gap);
    f.sweep();
}

namespace {
// A payout proved in the book, never on the statement. The breaks that are open then.
std::string open_a_missing_line(TreasuryFixture& f) {
    f.show_funding(f.usdc(500'0000000));
    f.pay({70});
    wait(f);
    f.run();
    REQUIRE(f.open_breaks().find("MISSING_EXTERNAL") != std::string::npos);
    return f.open_breaks();
}
} // namespace

TEST_CASE("a statement without a new ledger closes no break by its silence", "[db]") {
    TreasuryFixture f;
    const auto before = open_a_missing_line(f);
    auto silent = f.statement();
    silent.closed_at = Instant{}; // nothing was closed since: there is no newest ledger to speak of
    REQUIRE(silent.from == silent.to);
    f.run(silent);
    REQUIRE(f.open_breaks() == before);
    f.sweep();
}

TEST_CASE("a statement whose moment nobody told closes no break by its silence", "[db]") {
    TreasuryFixture f;
    const auto before = open_a_missing_line(f);
    f.show_funding(f.usdc(1));
    auto silent = f.statement();
    silent.closed_at = Instant{};
    REQUIRE(silent.to > silent.from);
    REQUIRE(f.run(silent).closed == 0);
    REQUIRE(f.open_breaks() == before);
    f.sweep();
}

TEST_CASE("money that was there before an empty first stretch is a gap at the end, not lost", "[db]") {
    TreasuryFixture f;
    f.show_funding(f.usdc(500));
    auto part = f.statement();
    part.more = true;
    part.lines.clear(); // the rail did not see that the account is older than its history
    REQUIRE_FALSE(f.run(part).has_gap);
    wait(f);
    f.show_funding(f.usdc(1));
    const auto end = f.run(f.statement());
    REQUIRE(end.from == part.to);
    REQUIRE(end.has_gap);
    REQUIRE(end.proofs.at(0).gap == f.usdc(-500));
}

TEST_CASE("a payout proved after the statement ends is not missing from it", "[db]") {
    TreasuryFixture f;
    f.show_funding(f.usdc(500'0000000));
    const auto read = f.statement(); // reading took ten minutes, and meanwhile a payout was proved
    f.db.clock.advance(std::chrono::minutes{5});
    f.pay({70});
    wait(f);
    f.run(read);
    REQUIRE(f.open_breaks().empty());
    f.run();
    REQUIRE(f.open_breaks().find("MISSING_EXTERNAL") != std::string::npos);
}

TEST_CASE("a second run changes nothing", "[db]") {
    TreasuryFixture f;
    f.show_funding(f.xlm(100'0000000));
    f.show_funding(f.usdc(500'0000000));
    f.show_attempt(f.pay({70, 30}));
    f.run();
    const auto content = [&] {
        return f.value(
            "SELECT (SELECT count(*) FROM statement_line) || ' ' || (SELECT count(*) FROM recon_match) || ' ' || "
            "(SELECT count(*) FROM journal) || ' ' || (SELECT count(*) FROM recon_break) || ' ' || "
            "(SELECT count(*) FROM payout_move)");
    };
    const auto before = content();
    const auto again = f.run();
    REQUIRE(content() == before);
    REQUIRE(again.matched == 0);
    REQUIRE(again.lines_new == 0);
    REQUIRE(again.from == again.to);
    REQUIRE_FALSE(again.has_gap);
    f.sweep();
}

TEST_CASE("a statement of a stretch that another run took is refused", "[db]") {
    TreasuryFixture f;
    f.show_funding(f.xlm(5));
    const auto stale = f.statement();
    f.run();
    REQUIRE(f.code_of(stale) == "recon.moved_on");
}

TEST_CASE("a rail that tells a line in another way than before is not believed", "[db]") {
    TreasuryFixture f;
    f.complete = false; // so that the stretch is read again
    f.show_funding(f.xlm(5));
    f.run();
    f.history.back().amount = f.xlm(6);
    REQUIRE(f.code_of(f.statement()) == "recon.history_changed");
    REQUIRE(f.value("SELECT count(*) FROM recon_run") == "1");
}

TEST_CASE("an asset that the rail counts in other units is refused", "[db]") {
    TreasuryFixture f;
    f.show_funding({5, {"USDC:GISSUER", 6}});
    REQUIRE(f.code_of(f.statement()) == "recon.other_units");
    REQUIRE(f.value("SELECT count(*) FROM statement_line") == "0");
}
