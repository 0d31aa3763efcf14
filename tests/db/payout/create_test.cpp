// What a new batch is made of: the rules of one moment, and what is owed at it.
#include "tests/support/paying_world.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::payout;
using money::Int128;
using test::PayingWorld;

namespace {

// An hour passes between two looks at it. Notes whether manifests could have been applied at the first.
class HastyClock final : public Clock {
public:
    explicit HastyClock(PayingWorld& world) : m_world(world) {}
    Instant now() override {
        if (!m_catalog_held)
            m_catalog_held = db::transact(m_world.db.owner(), {m_world.org}, [](db::Transaction& tx) {
                const db::Statement locks{"test.locks",
                                          "SELECT count(*) > 0 AS held FROM pg_locks WHERE locktype = 'advisory' AND "
                                          "mode = 'ShareLock' AND granted AND database = (SELECT oid FROM pg_database "
                                          "WHERE datname = current_database())"};
                return tx.run(locks).one().get<bool>("held");
            });
        m_world.clock.advance(std::chrono::hours{1});
        return m_world.clock.now();
    }
    [[nodiscard]] bool catalog_was_held() const { return m_catalog_held.value_or(false); }

private:
    PayingWorld& m_world;
    std::optional<bool> m_catalog_held;
};

} // namespace

TEST_CASE("a batch is made by the rates that were in force when it says it was made", "[db][payout]") {
    PayingWorld w{{{"band", 1000'00}}, {"USDC:GTEST", 7}};
    w.add_rate(77, 4);
    w.add_rate(78, 4, to_text(w.clock.now() + std::chrono::minutes{90}));
    HastyClock clock{w};
    const Desk desk{w.db.app(), w.org, w.db.ids, clock, "maker"};
    db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) { create(tx, desk, {w.event, {}, {}, false, {}}); });
    REQUIRE(clock.catalog_was_held());
    REQUIRE(w.value("SELECT string_agg(r.version::text, ' ') AS value FROM payout p JOIN payout_batch b ON b.id = "
                    "p.batch_id JOIN "
                    "passa_rates_in_force(b.organizer_id, b.made_at) r ON r.id = p.exchange_rate_id WHERE "
                    "p.organizer_id = $1") == "1");
}

TEST_CASE("of a settlement that was paid, later ones leave neither a due nor a debt", "[db][payout]") {
    PayingWorld w{{{"band", 30'00}, {"crew", -20'00}}}; // of 100.00, 50.00 and 30.00, the first two were paid
    std::vector<IdBytes> settlements;
    for (const int delta : {100'00, 50'00, 30'00}) {
        const auto id = settlements.emplace_back(w.db.ids.next());
        w.execute(fmt::format("WITH s AS (INSERT INTO settlement SELECT organizer_id, id, '{0}', now(), 1, 't', now() "
                              "+ interval '{1} s' FROM event "
                              "RETURNING id) INSERT INTO settlement_due SELECT p.organizer_id, e.id, s.id, s.id, "
                              "'KES', 'share', p.id, NULL, {2}, 0, {2} FROM s, event e, party p",
                              id_text::uuid(id), settlements.size(), delta));
    }
    const auto owed_through = [&](std::size_t settlement) {
        std::map<std::string, Int128> owed;
        const auto desk = w.desk(w.db.app());
        const auto created = db::transact(w.db.app(), {w.org}, [&](db::Transaction& tx) {
            return create(tx, desk, {w.event, settlements.at(settlement), {}, false, {}});
        });
        for (const auto& carried : created.carried) owed[carried.payable.party_name] = carried.payable.owed.minor();
        for (const auto& payout : created.first) owed[payout.party_name.value()] = payout.owed.minor();
        return owed;
    };
    using Owed = std::map<std::string, Int128>;
    REQUIRE(owed_through(0) == Owed{{"crew", -20'00}});
    REQUIRE(owed_through(1) == Owed{{"crew", -20'00}});
    REQUIRE(owed_through(2) == Owed{{"band", 30'00}, {"crew", -20'00}});
}
