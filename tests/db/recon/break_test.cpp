// Breaks from opening to closing: what they hold in suspense, how they age out of the list, and that the book follows.
#include "lib/recon/close.hpp"
#include "lib/recon/read.hpp"
#include "tests/support/check_words.hpp"
#include "tests/support/treasury_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::recon;
using test::TreasuryFixture;
using Said = rail::StatementLine;

namespace {

struct Fixture : TreasuryFixture {
    Fixture() {
        show_funding(xlm(1000));
        show_funding(usdc(1000));
    }
    RunReport run_later() {
        db.clock.advance(std::chrono::minutes{10});
        return run();
    }
    std::string balance(const std::string& kind) {
        return value(
            fmt::format("SELECT coalesce(sum(o.amount), 0) FROM posting o JOIN account a ON a.id = o.account_id WHERE "
                        "a.kind = '{}' AND a.asset_id <> 'XLM'",
                        kind));
    }
    BreakId only_break() {
        return db::transact(db.app(), {org}, [&](db::Transaction& tx) { return load_breaks(tx, org, {}).at(0).id; });
    }
    std::optional<JournalId> close_only(CloseCode code, const std::string& reason = "agreed with the band") {
        return close_it(only_break(), code, reason);
    }
    std::optional<JournalId> close_it(BreakId id, CloseCode code, const std::string& reason) {
        return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
            return recon::close({tx, org, db.ids, db.clock.now()}, {id, code, reason, "clerk"});
        });
    }
    std::string code_of_close(BreakId id, CloseCode code, const std::string& reason = "because") {
        try {
            close_it(id, code, reason);
        } catch (const Error& error) {
            return error.first().code;
        }
        return {};
    }
    Said& line_of(const test::MadeAttempt& attempt, std::size_t index) {
        for (auto& line : history)
            if (line.external_ref == fmt::format("{}:{}", attempt.key, index)) return line;
        throw std::logic_error{"no such line"};
    }
    // The book's treasury is what the chain holds, to the unit.
    bool book_is_chain() { return balance("treasury") == money::to_text(balances.at("USDC:GISSUER").minor()); }
};

} // namespace

TEST_CASE("another amount holds the difference in suspense, and closing it by hand books it", "[db]") {
    Fixture f;
    const auto attempt = f.pay({70, 30});
    f.show_attempt(attempt);
    f.line_of(attempt, 0).amount = f.usdc(-75);
    f.balances.at("USDC:GISSUER") -= f.usdc(5);
    const auto report = f.run_later();
    REQUIRE(f.open_breaks() == "AMOUNT");
    REQUIRE_FALSE(report.has_gap);
    REQUIRE(report.settled == 1);
    REQUIRE(f.balance("suspense") == "5");
    REQUIRE(f.book_is_chain());
    REQUIRE(f.run_later().opened == 0);
    REQUIRE(f.open_breaks() == "AMOUNT");

    REQUIRE(f.close_only(CloseCode::written_off).has_value());
    REQUIRE(f.balance("suspense") == "0");
    f.run_later();
    REQUIRE(f.open_breaks().empty()); // and stays closed
    REQUIRE(
        f.value(
            "SELECT string_agg(action || ' ' || actor || ' ' || reason, '; ' ORDER BY seq) FROM recon_break_move") ==
        "opened tester " + f.value("SELECT why FROM recon_break") + "; closed clerk written_off: agreed with the band");
    f.sweep();
}

TEST_CASE("a payment nobody knows waits in suspense until the code says what it was", "[db]") {
    Fixture f;
    f.show({"ffff:0", Said::Kind::payment, f.usdc(-40), "GSTRANGER", "", {}, 0});
    f.run_later();
    REQUIRE(f.open_breaks() == "MISSING_INTERNAL");
    REQUIRE(f.balance("suspense") == "40");
    REQUIRE(f.book_is_chain());
    REQUIRE_FALSE(f.close_only(CloseCode::refunded).has_value());
    REQUIRE(f.balance("suspense") == "40"); // waits for its counterpart
    f.run_later();
    REQUIRE(f.open_breaks().empty());
    f.sweep();
}

TEST_CASE("money that comes in is ours from whom we named, else it waits for a person", "[db]") {
    Fixture f;
    f.execute("UPDATE treasury SET funded_from = '{GBANK}'");
    f.show({"aaaa:0", Said::Kind::payment, f.usdc(500), "GBANK", "", {}, 0});
    f.show({"bbbb:0", Said::Kind::payment, f.usdc(40), "GSTRANGER", "", {}, 0});
    f.run_later();
    REQUIRE(f.open_breaks() == "MISSING_INTERNAL");
    REQUIRE(f.balance("funding") == "-1500"); // with the 1000 that it began with
    REQUIRE(f.balance("suspense") == "-40");
    REQUIRE(f.book_is_chain());
    REQUIRE(f.close_only(CloseCode::funding, "our own, from the old account").has_value());
    REQUIRE(f.balance("funding") == "-1540");
    REQUIRE(f.balance("suspense") == "0");
    f.show({"ffff:0", Said::Kind::payment, f.usdc(-40), "GSTRANGER", "", {}, 0});
    f.run_later();
    REQUIRE(f.code_of_close(f.only_break(), CloseCode::funding) == "recon.not_by_hand"); // it went out
    f.sweep();
}

TEST_CASE("a payout is due by the clock of the ledger that paid it", "[db]") {
    Fixture f;
    const auto attempt = f.pay({70}); // proved by our clock now; the ledger says that it closed in ten minutes
    f.execute(fmt::format("INSERT INTO evidence VALUES ('{}', '{}', 'stellar', 'found', '{}', '', sha256(''), "
                          "'{{\"closed_at\": \"{}\"}}', now(), '{}')",
                          f.org.uuid(), id_text::uuid(f.db.ids.next()), attempt.key,
                          to_text(f.db.clock.now() + std::chrono::minutes{10}), id_text::uuid(attempt.id)));
    f.run_later();
    REQUIRE(f.open_breaks().empty());
    f.run_later();
    REQUIRE(f.open_breaks() == "MISSING_EXTERNAL");
}

TEST_CASE("a line that comes late closes the break about its absence", "[db]") {
    Fixture f;
    const auto attempt = f.pay({70});
    f.run_later();
    REQUIRE(f.open_breaks() == "MISSING_EXTERNAL");
    f.show_attempt(attempt);
    const auto report = f.run_later();
    REQUIRE(f.open_breaks().empty());
    REQUIRE(report.closed == 1);
    REQUIRE(f.value("SELECT close_code || ' ' || closed_by FROM recon_break") == "matched tester");
    REQUIRE(f.book_is_chain());
    f.sweep();
}

TEST_CASE("closing an absence by hand returns the money to the treasury, and its late line takes it out again",
          "[db]") {
    Fixture f;
    const auto attempt = f.pay({70});
    f.run_later();
    REQUIRE(f.balance("treasury") == "930");
    REQUIRE(f.close_only(CloseCode::reissued).has_value());
    REQUIRE(f.balance("treasury") == "1000");
    REQUIRE(f.balance("suspense") == "-70");
    REQUIRE_FALSE(f.run_later().has_gap);
    REQUIRE(f.open_breaks().empty());
    f.show_attempt(attempt);
    REQUIRE_FALSE(f.run_later().has_gap);
    REQUIRE(f.balance("suspense") == "0");
    REQUIRE(f.book_is_chain());
    f.sweep();
}

TEST_CASE("closing an absence by hand is undone by a late line that says another sum, too", "[db][recon]") {
    Fixture f;
    const auto attempt = f.pay({70});
    f.run_later();
    f.close_only(CloseCode::reissued);
    f.run_later();
    f.show_attempt(attempt);
    f.line_of(attempt, 0).amount = f.usdc(-75);
    f.balances.at("USDC:GISSUER") -= f.usdc(5);
    REQUIRE_FALSE(f.run_later().has_gap);
    REQUIRE(f.open_breaks() == "AMOUNT");
    REQUIRE(f.balance("suspense") == "5");
    REQUIRE(f.book_is_chain());
    f.sweep();
}

TEST_CASE("closing the absence of a fee by hand gives it back, and its late line takes it again", "[db][recon]") {
    Fixture f;
    const auto attempt = f.pay({70});
    f.book_fee(attempt, 150);
    f.show({attempt.key + ":0", Said::Kind::payment, f.usdc(-70), attempt.payouts[0].destination, "", {}, 0});
    f.run_later();
    REQUIRE(f.open_breaks() == "FEE");
    const auto charged = [&] {
        return f.value(
            "SELECT sum(amount) FROM posting o JOIN account a ON a.id = o.account_id WHERE a.kind = 'network_fee'");
    };
    f.close_only(CloseCode::provider_corrected);
    REQUIRE(charged() == "0");
    REQUIRE_FALSE(f.run_later().has_gap);
    SECTION("as it was booked") {
        f.show({attempt.key + ":fee", Said::Kind::fee, f.xlm(-150), "", "", {}, 0});
        REQUIRE_FALSE(f.run_later().has_gap);
        REQUIRE(f.open_breaks().empty());
    }
    SECTION("another sum") {
        f.show({attempt.key + ":fee", Said::Kind::fee, f.xlm(-180), "", "", {}, 0});
        REQUIRE_FALSE(f.run_later().has_gap);
        REQUIRE(f.open_breaks() == "FEE");
    }
    REQUIRE(charged() == "150");
    f.sweep();
}

TEST_CASE("a payout under way is told, and explained by the run after its proof", "[db]") {
    Fixture f;
    const auto attempt = f.pay({70}, "unknown", "unknown");
    f.show_attempt(attempt);
    const auto report = f.run_later();
    REQUIRE_FALSE(report.has_gap);
    REQUIRE(f.open_breaks() == "TIMING UNKNOWN_OUTCOME"); // the fee, the payout
    for (const auto& view :
         db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) { return load_breaks(tx, f.org, {}); }))
        REQUIRE(f.code_of_close(view.id, CloseCode::written_off) == "recon.not_by_hand");
    f.execute("UPDATE payout_attempt SET state = 'confirmed', finished_at = now()");
    f.confirm(attempt.payouts[0]);
    const auto after = f.run_later();
    REQUIRE(f.open_breaks().empty());
    REQUIRE(after.settled == 1);
    REQUIRE_FALSE(after.has_gap);
    REQUIRE(f.book_is_chain());
    f.sweep();
}

TEST_CASE("a payout that is unknown before and after its line is read is explained by the run after its proof",
          "[db]") {
    Fixture f;
    const auto attempt = f.pay({70}, "unknown", "unknown");
    f.run_later();
    REQUIRE(f.open_breaks() == "UNKNOWN_OUTCOME");
    f.show_attempt(attempt);
    f.run_later();
    f.execute("UPDATE payout_attempt SET state = 'confirmed', finished_at = now()");
    f.confirm(attempt.payouts[0]);
    REQUIRE(f.run_later().settled == 1);
    REQUIRE(f.open_breaks().empty());
    REQUIRE(f.book_is_chain());
    f.sweep();
}

TEST_CASE("found on the chain but failed in the book, to the wrong party, and twice", "[db]") {
    Fixture f;
    f.show_attempt(f.pay({10}, "failed", "dead"));
    const auto misled = f.pay({20});
    f.show_attempt(misled);
    f.line_of(misled, 0).counterparty = "GSTRANGER";
    const auto twice = f.pay({30});
    f.show_attempt(twice);
    f.show({twice.key + ":1", Said::Kind::payment, f.usdc(-30), twice.payouts[0].destination, "", {}, 0});
    const auto report = f.run_later();
    REQUIRE(f.open_breaks() == "DUPLICATE_EXTERNAL PARTY_MISMATCH STATUS_CONFLICT");
    REQUIRE_FALSE(report.has_gap);
    REQUIRE(f.balance("suspense") == "40");
    REQUIRE(f.book_is_chain());
    f.sweep();
}

TEST_CASE("a hole in the history concludes nothing and is read again", "[db]") {
    Fixture f;
    f.pay({70});
    f.complete = false;
    const auto report = f.run_later();
    REQUIRE(f.open_breaks() == "TIMING");
    REQUIRE_FALSE(report.has_gap);
    REQUIRE(report.books.empty());
    const auto before = f.value("SELECT count(*) FROM recon_break");
    REQUIRE(f.run_later().from == 0); // the same stretch again
    REQUIRE(f.value("SELECT count(*) FROM recon_break") == before);
    f.complete = true;
    REQUIRE(f.run_later().from == 0);
    REQUIRE(f.open_breaks() == "MISSING_EXTERNAL"); // now it may be said
    REQUIRE(f.run_later().from > 0);
}

TEST_CASE("a hole that nobody can fill is accepted by a person, and its opening money booked", "[db]") {
    Fixture f;
    f.history.clear(); // older than what the server keeps
    f.complete = false;
    f.run_later();
    f.close_only(CloseCode::provider_corrected, "account is older than the server's history");
    f.complete = true;
    const auto report = f.run_later();
    REQUIRE(report.from > 0);
    REQUIRE(f.open_breaks() == "BALANCE_GAP BALANCE_GAP"); // the book knows nothing of the opening money
    for (int i = 0; i < 2; ++i) f.close_only(CloseCode::written_off, "opening balance as of today");
    const auto last = f.run_later();
    REQUIRE_FALSE(last.has_gap);
    REQUIRE(f.open_breaks().empty());
    REQUIRE(f.balance("funding") == "-1000");
    REQUIRE(f.book_is_chain());
}

TEST_CASE("a balance that the lines do not explain is a gap until it closes or a person accepts it", "[db]") {
    Fixture f;
    f.balances.at("USDC:GISSUER") -= f.usdc(1);
    const auto report = f.run_later();
    REQUIRE(report.has_gap);
    REQUIRE(report.proofs.at(0).gap == f.usdc(1));
    REQUIRE(f.open_breaks() == "BALANCE_GAP BALANCE_GAP"); // of the statement and of the book
    REQUIRE(f.run_later().from == 0);                      // read again: a server may have lied
    SECTION("it was the server") {
        f.balances.at("USDC:GISSUER") += f.usdc(1);
        REQUIRE_FALSE(f.run_later().has_gap);
        REQUIRE(f.open_breaks().empty());
    }
    SECTION("a person accepts it") {
        const auto views =
            db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) { return load_breaks(tx, f.org, {}); });
        for (const auto& view : views) f.close_it(view.id, CloseCode::written_off, "one unit, known bug of the server");
        REQUIRE_FALSE(f.run_later().has_gap);
        REQUIRE(f.open_breaks().empty());
        REQUIRE(f.book_is_chain());
    }
    f.sweep();
}

TEST_CASE("a break is closed once, by somebody with a reason", "[db]") {
    Fixture f;
    f.show({"ffff:0", Said::Kind::payment, f.usdc(-40), "GSTRANGER", "", {}, 0});
    f.run_later();
    const auto id = f.only_break();
    REQUIRE(f.code_of_close(id, CloseCode::written_off, "  ") == "recon.reason");
    REQUIRE(f.code_of_close(id, CloseCode::matched) == "recon.not_by_hand");
    REQUIRE(f.code_of_close(f.db.ids.make<BreakTag>(), CloseCode::written_off) == "recon.no_break");
    f.close_it(id, CloseCode::written_off, "test payment");
    REQUIRE(f.code_of_close(id, CloseCode::written_off) == "recon.closed_already");
    REQUIRE_THROWS_AS(f.execute("UPDATE recon_break SET close_reason = 'other'"), Error);
    REQUIRE_THROWS_AS(f.execute("DELETE FROM recon_break"), Error);
    REQUIRE_THROWS_AS(f.execute("UPDATE recon_break_move SET reason = 'other'"), Error);
    f.sweep();
}

TEST_CASE("fees that the payout flow booked itself are matched, not booked again", "[db]") {
    Fixture f;
    const auto attempt = f.pay({70});
    f.book_fee(attempt, 150);
    f.show_attempt(attempt, 150);
    const auto other = f.pay({30});
    f.book_fee(other, 150);
    f.show_attempt(other, 180);
    const auto report = f.run_later();
    REQUIRE(f.open_breaks() == "FEE");
    REQUIRE_FALSE(report.has_gap);
    REQUIRE(
        f.value(
            "SELECT sum(amount) FROM posting o JOIN account a ON a.id = o.account_id WHERE a.kind = 'network_fee'") ==
        "300");
    REQUIRE(
        f.value("SELECT sum(amount) FROM posting o JOIN account a ON a.id = o.account_id WHERE a.kind = 'suspense'") ==
        "30");
    f.sweep();
}

TEST_CASE("whatever is corrupted, the book follows the chain and a second run changes nothing", "[db][prop]") {
    SeededRandom random{17};
    for (int round = 0; round < 12; ++round) {
        Fixture f;
        CAPTURE(round);
        for (int i = 0; i < 3; ++i) {
            const auto attempt = f.pay({10 + i, 20 + i});
            if (random.below(2) == 0) f.book_fee(attempt, 100);
            if (random.below(5) != 0) f.show_attempt(attempt);
        }
        auto& line = f.history[random.below(f.history.size())];
        const auto was = line.amount;
        switch (random.below(4)) {
        case 0: line.amount = {was.minor() + 3, was.asset()}; break;
        case 1: line.external_ref = "ffff:0"; break;
        case 2: line.counterparty = "GSTRANGER"; break;
        default: line.kind = Said::Kind::other; break;
        }
        f.balances.at(was.asset().id) += line.amount - was;
        const auto report = f.run_later();
        CAPTURE(f.open_breaks());
        REQUIRE_FALSE(report.has_gap);
        const auto again = f.run_later();
        REQUIRE(again.opened + again.closed + again.matched == 0);
        REQUIRE_FALSE(again.has_gap);
        f.sweep();
    }
}

TEST_CASE("the database knows the types of break and the close codes that the code knows", "[db][recon]") {
    test::FreshDatabase db;
    REQUIRE(test::words_of_check(db, "recon_break_type_check") == test::words_up_to(BreakType::unknown_outcome));
    REQUIRE(test::words_of_check(db, "recon_break_close_code_check") ==
            test::words_up_to(CloseCode::provider_corrected));
}
