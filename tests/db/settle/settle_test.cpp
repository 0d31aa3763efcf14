// Settlement against a real database: due to date less posted, whatever the order in which lines and settlements come.
#include "lib/ledger/check.hpp"
#include "lib/settle/checks.hpp"
#include "lib/settle/settlement.hpp"
#include "tests/support/db_test.hpp"
#include "tests/support/property.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <thread>

using namespace passa;
using money::Amount;
using money::Int128;

namespace {

// One organizer with one event, two plans of odd shares and one campaign; sale lines are made as an import makes them.
class Fixture {
public:
    explicit Fixture(std::shared_ptr<test::FreshDatabase> in = std::make_shared<test::FreshDatabase>(),
                     std::string_view name = "demo")
        : database(std::move(in)), db(*database), org(db.add_organizer(name)),
          event(db.ids.make<EventTag>()), plan{db.ids.next(), db.ids.next()}, campaign_version(db.ids.next()) {
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

    struct Sums {
        Int128 gross = 0, tax = 0, fee = 0;
        [[nodiscard]] Int128 net() const { return gross - tax - fee; }
        Sums& operator+=(const Sums& other) {
            gross += other.gross, tax += other.tax, fee += other.fee;
            return *this;
        }
        [[nodiscard]] Sums operator-() const { return {-gross, -tax, -fee}; }
    };

    // A sale and its journal, as an import commits them together. Its number, for its changes.
    std::size_t add_line(Int128 gross, Int128 tax, Int128 fee, std::size_t plan_index, bool with_creator) {
        sales.push_back({db.ids.next(), plan_index, with_creator, {}, 0});
        const auto number = sales.size() - 1;
        insert(sales[number], "sale", {gross, tax, fee});
        return number;
    }
    // What came of it later: 'refund' takes away, 'correction' either way.
    void change_line(std::size_t number, std::string_view kind, const Sums& by) { insert(sales[number], kind, by); }

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

    std::shared_ptr<test::FreshDatabase> database; // one for several organizers
    test::FreshDatabase& db;
    OrganizerId org;
    EventId event;
    std::array<IdBytes, 2> plan;
    IdBytes campaign_version;
    std::vector<PartyId> parties;
    struct Sale {
        IdBytes id{};
        std::size_t plan_index = 0;
        bool with_creator = false;
        Sums now;  // what is left of it
        Sums sold; // with corrections
        Int128 undone_gross = 0;
        int changes = 0;
    };
    std::vector<Sale> sales;

private:
    void insert(Sale& sale, std::string_view kind, const Sums& by) {
        db.clock.advance(std::chrono::seconds{1});
        const int seq = kind == "sale" ? 0 : ++sale.changes;
        const auto quantity = kind == "sale" ? 1 : 0;
        db::transact(db.app(), {org}, [&](db::Transaction& tx) {
            const auto cause = db.ids.next();
            run(tx,
                "INSERT INTO sale_line (organizer_id, event_id, id, sale_id, seq, kind, source, order_ref, line_ref, "
                "plan_version_id, campaign_version_id, creator_id, code, quantity, asset_id, gross, discount, tax, "
                "fee_platform, fee_payment, net, occurred_at, imported_at, import_id, file_row) VALUES ($1, $2, CASE "
                "WHEN $4::integer = 0 THEN $3::uuid ELSE passa_change_id($3, $4) END, $3, $4, $5, 'test', $3::text, "
                "'1', $6, $7, $8, CASE WHEN $8::uuid IS NOT NULL THEN 'C' END, $14, 'KES', $9, 0, $10, $11, 0, $12, "
                "$13, $13, $3, 1)",
                org, event, sale.id, seq, kind, plan[sale.plan_index],
                sale.with_creator ? std::optional{campaign_version} : std::nullopt,
                sale.with_creator ? std::optional{parties[3]} : std::nullopt, by.gross, by.tax, by.fee, by.net(),
                db.clock.now(), quantity);
            using ledger::AccountKind;
            const auto kes = [](Int128 minor) { return Amount{minor, {"KES", 2}}; };
            const std::vector<ledger::Posting> postings{
                {{AccountKind::gateway_receivable, event}, kes(by.gross - by.fee)},
                {{AccountKind::platform_fee, event}, kes(by.fee)},
                {{AccountKind::tax_held, event}, kes(-by.tax)},
                {{AccountKind::event_proceeds, event}, kes(-(by.gross - by.tax))}};
            const bool any = by.gross != 0 || by.tax != 0 || by.fee != 0;
            if (any)
                ledger::post({tx, org, db.ids, db.clock.now()},
                             {"sales", cause, "", event, db.clock.now(), "", postings});
        });
        sale.now += by;
        if (kind == "refund")
            sale.undone_gross -= by.gross;
        else
            sale.sold += by;
    }
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
    const auto sale = f.add_line(999'99, 137'93, 31'07, 0, true);
    f.settle();
    f.change_line(sale, "refund", -f.sales[sale].now);
    f.settle();
    for (const auto& [name, minor] : f.posted()) {
        CAPTURE(name);
        REQUIRE(minor == 0);
    }
    f.db.sweep(f.org);
}

TEST_CASE("a sale and its refund in one settlement leave nothing to post and are settled", "[db]") {
    Fixture f;
    const auto sale = f.add_line(100'00, 0, 0, 0, false);
    f.change_line(sale, "refund", {-100'00, 0, 0});
    REQUIRE(f.settle()->lines == 2);
    REQUIRE_FALSE(f.settle().has_value());
    f.db.sweep(f.org);
}

namespace {

// One thing that happens: a sale, or a change of an earlier one, in per mille of what is left of it.
struct Deed {
    int kind = 0; // 0 and 1: a sale; 2: a refund, 3: a correction
    std::int64_t gross = 0, tax = 0, fee = 0;
    std::size_t plan = 0;
    bool with_creator = false;
    std::size_t of = 0;
    int per_mille = 0;
    bool settle = false;
};

std::ostream& operator<<(std::ostream& out, const Deed& d) {
    return out << fmt::format("{{{} {}/{}/{} plan {} creator {} of {} by {} settle {}}}", d.kind, d.gross, d.tax, d.fee,
                              d.plan, d.with_creator, d.of, d.per_mille, d.settle);
}

rc::Gen<Deed> any_deed() {
    // Of full size: rapidcheck narrows ranges with the size of the list around them.
    return rc::gen::resize(rc::kNominalSize, rc::gen::exec([] {
                               const auto gross = static_cast<std::int64_t>(*test::up_to(1'000'00));
                               const auto tax = *rc::gen::inRange<std::int64_t>(0, gross / 5 + 1);
                               return Deed{*rc::gen::inRange(0, 4),
                                           gross,
                                           tax,
                                           *rc::gen::inRange<std::int64_t>(0, (gross - tax) / 4 + 1),
                                           *rc::gen::inRange<std::size_t>(0, 2),
                                           *rc::gen::arbitrary<bool>(),
                                           *rc::gen::inRange<std::size_t>(0, 100),
                                           *rc::gen::element(1, 250, 333, 999, 1000),
                                           *rc::gen::inRange(0, 4) == 0};
                           }));
}

Fixture::Sums part_of(const Fixture::Sums& whole, int per_mille) {
    return {whole.gross * per_mille / 1000, whole.tax * per_mille / 1000, whole.fee * per_mille / 1000};
}

void change(Fixture& f, std::size_t sale, const Deed& deed) {
    const auto part = part_of(f.sales[sale].now, deed.per_mille);
    if (deed.kind == 2) // some gateways keep their fees
        return f.change_line(sale, "refund", {-part.gross, -part.tax, deed.plan == 0 ? -part.fee : 0});
    f.change_line(sale, "correction", deed.per_mille % 2 == 0 ? part : -part);
}

void happen(Fixture& f, const std::vector<Deed>& deeds, bool may_settle) {
    for (const auto& deed : deeds) {
        if (deed.kind < 2 || f.sales.empty())
            f.add_line(deed.gross, deed.tax, deed.fee, deed.plan, deed.with_creator);
        else
            change(f, deed.of % f.sales.size(), deed);
        if (deed.settle && may_settle) f.settle();
    }
    f.settle();
}

// The same sales from the last to the first, each at once with all that came of it.
void happen_backwards(Fixture& f, const std::vector<Deed>& deeds) {
    std::vector<std::vector<const Deed*>> by_sale;
    for (const auto& deed : deeds)
        if (deed.kind < 2 || by_sale.empty())
            by_sale.push_back({&deed});
        else
            by_sale[deed.of % by_sale.size()].push_back(&deed);
    for (auto it = by_sale.rbegin(); it != by_sale.rend(); ++it) {
        const auto& first = *it->front();
        const auto sale = f.add_line(first.gross, first.tax, first.fee, first.plan, first.with_creator);
        for (auto d = it->begin() + 1; d != it->end(); ++d) change(f, sale, **d);
    }
    f.settle();
}

std::map<std::string, Int128> posted_by(Fixture& f) {
    auto sums = f.posted();
    std::erase_if(sums, [](const auto& entry) { return entry.second == 0; });
    return sums;
}

// 7.3 % of what the creator's sales brought, less what of it was undone; half a unit goes to the even one.
Int128 commission_of(const Fixture& f) {
    Int128 eligible = 0;
    for (const auto& sale : f.sales) {
        const auto& [gross, net] = std::pair{sale.sold.gross, sale.sold.net()};
        if (sale.with_creator && gross != 0) eligible += net - net * sale.undone_gross / gross;
    }
    const auto parts = eligible * 73'000;
    auto whole = parts / 1'000'000;
    const auto rest = parts % 1'000'000, size = rest < 0 ? -rest : rest;
    if (size > 500'000 || (size == 500'000 && whole % 2 != 0)) whole += rest < 0 ? -1 : 1;
    return whole;
}

void require_replay(Fixture& f) {
    db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
        const auto all = settle::replay_all(tx, f.org, f.event);
        RC_ASSERT(all.size() == settle::load_settlements(tx, f.org, f.event).size());
        for (const auto& each : all) {
            const auto alone = settle::replay(tx, f.org, each.settlement.id);
            RC_ASSERT(alone.intakes == each.intakes);
            RC_ASSERT(alone.due.dues.size() == each.due.dues.size());
        }
    });
    f.db.sweep(f.org);
}

} // namespace

TEST_CASE("sales, refunds and corrections settle to the same sums in any order and number of steps", "[db][prop]") {
    const auto database = std::make_shared<test::FreshDatabase>();
    int worlds = 0;
    test::holds_for_some(15, [&] {
        const auto deeds = *rc::gen::resize(14, rc::gen::container<std::vector<Deed>>(any_deed())); // so many at most
        const auto world = [&] { return Fixture{database, fmt::format("world-{}", ++worlds)}; };
        auto stepwise = world(), at_once = world(), backwards = world();
        happen(stepwise, deeds, true);
        happen(at_once, deeds, false);
        happen_backwards(backwards, deeds);
        const auto sums = posted_by(stepwise);
        RC_ASSERT(posted_by(at_once) == sums);
        RC_ASSERT(posted_by(backwards) == sums);
        Int128 posted = 0, left = 0;
        for (const auto& [name, minor] : sums) posted += minor;
        for (const auto& sale : stepwise.sales) left += sale.now.net();
        RC_ASSERT((sums.contains("party-3") ? sums.at("party-3") : Int128{0}) == commission_of(stepwise)); // no share
        RC_ASSERT(posted == left); // what was sold less what was undone is shared out, to the unit
        require_replay(stepwise);
        require_replay(backwards);
    });
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
