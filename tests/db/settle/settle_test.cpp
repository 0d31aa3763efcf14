// Settlement against a real database: due to date less posted, whatever the order in which lines and settlements come.
#include "lib/ledger/check.hpp"
#include "lib/settle/checks.hpp"
#include "lib/settle/settlement.hpp"
#include "tests/support/db_test.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <thread>

using namespace passa;
using money::Amount;
using money::Int128;

namespace {

// One organizer with one event, two plans of odd shares and one campaign; sale lines are made as an import makes them.
class Fixture {
public:
    Fixture()
        : org(db.add_organizer("demo")), event(db.ids.make<EventTag>()), plan{db.ids.next(), db.ids.next()},
          campaign_version(db.ids.next()) {
        for (int i = 0; i < 4; ++i) parties.push_back(db.ids.make<PartyTag>());
        db::transact(db.app(), {org}, [&](db::Transaction& tx) {
            run(tx, "INSERT INTO asset (organizer_id, id, scale) VALUES ($1, 'KES', 2)", org);
            run(tx,
                "INSERT INTO event (organizer_id, id, name, title, zone, currency_id, starts_at, ends_at) VALUES ($1, "
                "$2, 'show', 'Show', 'Africa/Nairobi', 'KES', now(), now())",
                org, event);
            for (std::size_t i = 0; i < parties.size(); ++i)
                run(tx, "INSERT INTO party (organizer_id, id, name, role, title) VALUES ($1, $2, $3, 'party', 'x')",
                    org, parties[i], fmt::format("party-{}", i));
            for (int p = 0; p < 2; ++p) {
                const auto plan_id = db.ids.next();
                run(tx, "INSERT INTO split_plan (organizer_id, event_id, id, name) VALUES ($1, $2, $3, $4)", org, event,
                    plan_id, fmt::format("plan-{}", p));
                run(tx,
                    "INSERT INTO split_plan_version (organizer_id, event_id, id, plan_id, version, effective_from, "
                    "basis, created_at) VALUES ($1, $2, $3, $4, 1, '-infinity', 'net', now())",
                    org, event, plan[static_cast<std::size_t>(p)], plan_id);
                const int ppm[2][3] = {{333'300, 333'300, 333'400}, {900'001, 0, 99'999}};
                for (std::size_t s = 0; s < 3; ++s)
                    run(tx,
                        "INSERT INTO split_share (organizer_id, event_id, plan_version_id, pos, party_id, ppm) VALUES "
                        "($1, $2, $3, $4, $5, $6)",
                        org, event, plan[static_cast<std::size_t>(p)], s, parties[s], ppm[p][s]);
            }
            const auto campaign = db.ids.next();
            run(tx, "INSERT INTO campaign (organizer_id, event_id, id, name) VALUES ($1, $2, $3, 'c')", org, event,
                campaign);
            run(tx,
                "INSERT INTO campaign_version (organizer_id, event_id, id, campaign_id, version, effective_from, "
                "rate_ppm, created_at) VALUES ($1, $2, $3, $4, 1, '-infinity', 73000, now())",
                org, event, campaign_version, campaign);
            run(tx,
                "INSERT INTO promo_code (organizer_id, event_id, code, campaign_id, creator_id) VALUES ($1, $2, 'C', "
                "$3, $4)",
                org, event, campaign, parties[3]);
        });
    }

    // A line and its journal, as an import commits them together.
    void add_line(Int128 gross, Int128 tax, Int128 fee, std::size_t plan_index, bool with_creator) {
        db.clock.advance(std::chrono::seconds{1});
        db::transact(db.app(), {org}, [&](db::Transaction& tx) {
            const auto id = db.ids.next();
            run(tx,
                "INSERT INTO sale_line (organizer_id, event_id, id, sale_id, seq, kind, source, order_ref, line_ref, "
                "plan_version_id, campaign_version_id, creator_id, code, quantity, asset_id, "
                "gross, discount, tax, fee_platform, fee_payment, net, occurred_at, imported_at, import_id, file_row) "
                "VALUES ($1, $2, $3, $3, 0, 'sale', 'test', $4, '1', $5, $6, $7, CASE WHEN $7::uuid IS NOT NULL THEN "
                "'C' "
                "END, 1, 'KES', $8, 0, $9, $10, 0, $11, "
                "$12, $12, $3, 1)",
                org, event, id, id_text::uuid(id), plan[plan_index],
                with_creator ? std::optional{campaign_version} : std::nullopt,
                with_creator ? std::optional{parties[3]} : std::nullopt, gross, tax, fee, gross - tax - fee,
                db.clock.now());
            using ledger::AccountKind;
            const auto kes = [](Int128 minor) { return Amount{minor, {"KES", 2}}; };
            ledger::post({tx, org, db.ids, db.clock.now()},
                         {"sales",
                          id,
                          "",
                          event,
                          db.clock.now(),
                          "",
                          {{{AccountKind::gateway_receivable, event}, kes(gross - fee)},
                           {{AccountKind::platform_fee, event}, kes(fee)},
                           {{AccountKind::tax_held, event}, kes(-tax)},
                           {{AccountKind::event_proceeds, event}, kes(-(gross - tax))}}});
        });
        totals[{plan_index, with_creator}] += gross - tax - fee;
    }

    std::optional<settle::Settlement> settle() {
        db.clock.advance(std::chrono::seconds{1});
        return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
            return settle::settle({tx, org, db.ids, db.clock.now()}, event::get_event(tx, org, "show"), db.clock.now(),
                                  "tester");
        });
    }

    std::map<std::string, Int128> posted() {
        std::map<std::string, Int128> sums;
        db::transact(db.app(), {org}, [&](db::Transaction& tx) {
            for (const auto& head : settle::load_settlements(tx, org, event))
                for (const auto& d : settle::get_settlement(tx, org, head.id).deltas)
                    sums[d.party_name] += d.delta.minor();
        });
        return sums;
    }

    test::FreshDatabase db;
    OrganizerId org;
    EventId event;
    std::array<IdBytes, 2> plan;
    IdBytes campaign_version;
    std::vector<PartyId> parties;
    std::map<std::pair<std::size_t, bool>, Int128> totals;

private:
    template <typename... Args>
    static void run(db::Transaction& tx, std::string_view text, const Args&... args) {
        const auto& [known, name] = *named(text);
        tx.run(db::Statement{name, known}, args...);
    }
    static std::map<std::string, std::string>::const_iterator
    named(std::string_view text) { // one prepared statement per text
        static std::map<std::string, std::string> names;
        return names.try_emplace(std::string{text}, fmt::format("test.fixture_{}", names.size())).first;
    }
};

} // namespace

TEST_CASE("a second settlement posts nothing", "[db]") {
    Fixture f;
    f.add_line(1000'00, 160'00, 30'00, 0, false);
    const auto first = f.settle();
    REQUIRE(first.has_value());
    REQUIRE(first->lines == 1);
    REQUIRE_FALSE(f.settle().has_value());
    Int128 sum = 0;
    for (const auto& [name, minor] : f.posted()) sum += minor;
    REQUIRE(sum == 810'00);
    f.db.sweep(f.org);
}

TEST_CASE("a full refund takes everything back to the unit", "[db]") {
    Fixture f;
    f.add_line(999'99, 137'93, 31'07, 0, true);
    f.settle();
    f.add_line(-999'99, -137'93, -31'07, 0, true);
    f.settle();
    for (const auto& [name, minor] : f.posted()) {
        CAPTURE(name);
        REQUIRE(minor == 0);
    }
    f.db.sweep(f.org);
}

TEST_CASE("a sale and its refund in one settlement leave nothing to post and are settled", "[db]") {
    Fixture f;
    f.add_line(100'00, 0, 0, 0, false);
    f.add_line(-100'00, 0, 0, 0, false);
    REQUIRE(f.settle()->lines == 2);
    REQUIRE_FALSE(f.settle().has_value());
    f.db.sweep(f.org);
}

TEST_CASE("settling in any number of steps gives what settling once gives, and every step replays", "[db][prop]") {
    const std::uint64_t seed = 77;
    SeededRandom random{seed};
    for (int round = 0; round < 4; ++round) {
        CAPTURE(seed, round);
        Fixture stepwise;
        Fixture at_once;
        for (int n = 0; n < 25; ++n) {
            const auto gross =
                static_cast<Int128>(random.below(1'000'00)) - static_cast<Int128>(random.below(5) == 0 ? 900'00 : 0);
            const auto fee = static_cast<Int128>(random.below(99));
            const auto plan = static_cast<std::size_t>(random.below(2));
            const bool with_creator = random.below(2) == 0;
            stepwise.add_line(gross, gross / 9, fee, plan, with_creator);
            at_once.add_line(gross, gross / 9, fee, plan, with_creator);
            if (random.below(4) == 0) stepwise.settle();
        }
        stepwise.settle();
        at_once.settle();
        auto a = stepwise.posted();
        auto b = at_once.posted();
        std::erase_if(a, [](const auto& entry) { return entry.second == 0; });
        std::erase_if(b, [](const auto& entry) { return entry.second == 0; });
        REQUIRE(a == b);
        db::transact(stepwise.db.app(), {stepwise.org}, [&](db::Transaction& tx) {
            const auto all = settle::replay_all(tx, stepwise.org, stepwise.event);
            REQUIRE(all.size() == settle::load_settlements(tx, stepwise.org, stepwise.event).size());
            for (const auto& each : all) {
                const auto alone = settle::replay(tx, stepwise.org, each.settlement.id);
                REQUIRE(alone.intakes == each.intakes);
                REQUIRE(alone.due.dues.size() == each.due.dues.size());
            }
        });
        stepwise.db.sweep(stepwise.org);
    }
}

TEST_CASE("two settlements at once take turns: one posts, the other finds nothing left", "[db]") {
    Fixture f;
    for (int n = 0; n < 50; ++n) f.add_line(100'00 + n, 0, 0, 0, false);
    f.db.clock.advance(std::chrono::seconds{1});
    std::array<std::optional<settle::Settlement>, 2> done;
    std::vector<std::thread> threads;
    for (auto& mine : done) {
        threads.emplace_back([&] {
            db::Database own{{f.db.target(), "passa.tests"}};
            mine = db::transact(own, {f.org}, [&](db::Transaction& tx) {
                return settle::settle({tx, f.org, f.db.ids, f.db.clock.now()}, event::get_event(tx, f.org, "show"),
                                      f.db.clock.now(), "tester");
            });
        });
    }
    for (auto& thread : threads) thread.join();
    REQUIRE(done[0].has_value() != done[1].has_value());
    REQUIRE((done[0] ? done[0] : done[1])->lines == 50);
    f.db.sweep(f.org);
}

TEST_CASE("settlements keep the order they were made in, whatever the clock says", "[db]") {
    Fixture f;
    std::vector<SettlementId> made;
    for (int i = 0; i < 4; ++i) {
        f.add_line(1000'00 + i, 0, 0, 0, true);
        made.push_back(f.settle()->id);
        f.db.clock.advance(-std::chrono::minutes{1}); // lines are settled from the future too: only the order matters
    }
    db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
        for (const auto& id : made) CHECK_NOTHROW(settle::replay(tx, f.org, id));
        const auto listed = settle::load_settlements(tx, f.org, f.event); // newest first
        for (std::size_t i = 0; i < made.size(); ++i) CHECK(listed.at(made.size() - 1 - i).id == made.at(i));
    });
    f.db.sweep(f.org);
}

TEST_CASE("a changed stored figure makes the replay fail loudly", "[db]") {
    const auto payable = [](const Fixture& f, std::size_t party) {
        return "(SELECT id FROM account WHERE kind = 'party_payable' AND party_id = '" + f.parties[party].uuid() + "')";
    };
    const std::vector<std::pair<std::string, std::string>> changes{
        {"settlement_due", "due = due + 1, delta = delta + 1 WHERE kind = 'share'"},
        {"settlement_intake", "eligible = eligible + 1"},
        {"settlement_intake", "gross = gross + 1, net = net + 1"},
        {"sale_line", "gross = gross + 1, net = net + 1"},
        {"sale_line", "creator_id = NULL, campaign_version_id = NULL"},
        {"posting", "account_id = FIRST WHERE account_id = SECOND"},
    };
    for (const auto& [table, change] : changes) {
        CAPTURE(table, change);
        Fixture f;
        f.add_line(1000'00, 0, 0, 0, true);
        const auto settlement = f.settle();
        auto sql = fmt::format("UPDATE {} SET {}", table, change);
        for (const auto& [word, party] : {std::pair<std::string, std::size_t>{"FIRST", 0}, {"SECOND", 2}})
            if (const auto at = sql.find(word); at != std::string::npos)
                sql.replace(at, word.size(), payable(f, party));
        f.db.owner().connection().raw("ALTER TABLE " + table + " DISABLE TRIGGER append_only");
        f.db.owner().connection().raw(sql);
        for (const bool all : {false, true}) try {
                db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
                    all ? settle::replay_all(tx, f.org, f.event).size()
                        : settle::replay(tx, f.org, settlement->id).intakes.size();
                });
                FAIL("the replay did not notice");
            } catch (const Error& error) {
                REQUIRE(error.first().code == "explain.replay_differs");
            }
    }
}

TEST_CASE("a journal that credits another party than the settlement says is found", "[db]") {
    Fixture f;
    f.add_line(1000'00, 0, 0, 0, true);
    f.settle();
    const auto broken = [&](std::span<const db::Statement> laws) {
        std::string names;
        db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
            for (const auto& result : ledger::run_checks(tx, laws))
                if (result.broken != 0) names += fmt::format("{}:{} ", result.name, result.broken);
        });
        return names;
    };
    REQUIRE(broken(settle::statements()).empty());
    f.db.owner().connection().raw("ALTER TABLE posting DISABLE TRIGGER append_only");
    const auto account = [&](std::size_t party) {
        return "(SELECT id FROM account WHERE kind = 'party_payable' AND party_id = '" + f.parties[party].uuid() + "')";
    };
    f.db.owner().connection().raw("UPDATE posting SET account_id = " + account(0) +
                                  " WHERE account_id = " + account(2));
    REQUIRE(broken(ledger::statements()).empty());
    REQUIRE(broken(settle::statements()) == "settle.check_postings_equal_deltas:2 ");
}

TEST_CASE("the ledger refuses another content under the same cause, and an unbalanced statement", "[db]") {
    Fixture f;
    const auto cause = f.db.ids.next();
    const auto post = [&](Int128 minor) {
        return db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
            const Amount amount{minor, {"KES", 2}};
            return ledger::post({tx, f.org, f.db.ids, f.db.clock.now()}, {"funding",
                                                                          cause,
                                                                          "",
                                                                          {},
                                                                          f.db.clock.now(),
                                                                          "",
                                                                          {{{ledger::AccountKind::funding}, -amount},
                                                                           {{ledger::AccountKind::suspense}, amount}}});
        });
    };
    const auto first = post(100);
    REQUIRE(post(100) == first);
    REQUIRE_THROWS_WITH(post(101), Catch::Contains("was posted before"));
    REQUIRE_THROWS_WITH(
        f.db.owner().connection().raw(
            "INSERT INTO posting SELECT organizer_id, journal_id, 99, account_id, asset_id, 5 FROM posting LIMIT 1"),
        Catch::Contains("off by 5"));
    const auto undone = db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
        return ledger::reverse({tx, f.org, f.db.ids, f.db.clock.now()}, first, "mistake");
    });
    REQUIRE(db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
                return ledger::reverse({tx, f.org, f.db.ids, f.db.clock.now()}, first, "again");
            }) == undone);
    f.db.sweep(f.org);
}
