// An outcome that nobody knows, and that the rail's servers have forgotten: the treasury's own statement proves it, or
// leaves it open.
#include "lib/payout/own_statement.hpp"
#include "lib/payout/store.hpp"
#include "lib/recon/read.hpp"
#include "lib/recon/shown.hpp"
#include "tests/support/payout_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::recon;
using money::Int128;
using payout::State;
using Said = rail::StatementLine;

namespace {

// Its history begins at a ledger; of what it cannot have seen whole it says nothing.
class Forgetful final : public test::RailInFront {
public:
    Forgetful(rail::Rail& behind, std::int64_t oldest) : RailInFront(behind), m_oldest(oldest) {}
    rail::Outcome send(const rail::Attempt& attempt) override { return ask(attempt, RailInFront::send(attempt)); }
    rail::Outcome find(const rail::Attempt& attempt) override { return ask(attempt, RailInFront::find(attempt)); }

private:
    rail::Outcome ask(const rail::Attempt& attempt, rail::Outcome known) const {
        if (attempt.first_position >= m_oldest || known.standing == rail::Standing::accepted) return known;
        return {rail::Standing::unknown, "history begins too late", {}, {}, {}, std::chrono::seconds{5}};
    }
    std::int64_t m_oldest;
};

struct World {
    explicit World(test::FakeFaults faults, const std::vector<test::OwedParty>& owed = {{"band", 100'00}})
        : file("shown"), network(file.path(), {"KES", 2}), world(db, "demo", owed), rail(network, world.clock, 1, {}),
          batch(world.create()) {
        network.fund(1000'00);
        see_through(ledger());
        world.approve(batch);
        test::FakeRail deaf{network, world.clock, 1, faults};
        world.send(batch, deaf, std::chrono::seconds{20});
        REQUIRE(world.payouts(batch).at(0).state == State::unknown);
        world.clock.advance(std::chrono::minutes{10});
    }
    std::int64_t ledger() {
        network.pass(Duration::zero(), world.clock.now());
        return rail.read_statement(0).to_ledger;
    }
    std::string ref(int pos) {
        return world.value(fmt::format("SELECT key || ':{}' AS value FROM payout_attempt WHERE organizer_id = $1 "
                                       "ORDER BY made_at, id LIMIT 1",
                                       pos));
    }
    Said paid(int pos, Int128 minor, const std::string& to) {
        return {ref(pos), Said::Kind::payment, {-minor, {"KES", 2}}, to, "", world.clock.now(), position + 1};
    }
    rail::Statement statement(std::int64_t to, std::vector<Said> lines = {}) {
        for (const auto& line : lines) closing += line.amount.minor();
        return {position, to, to, true, "", std::move(lines), {{closing, {"KES", 2}}}, world.clock.now()};
    }
    void take(const rail::Statement& said) {
        const auto id = treasury();
        db::transact(db.app(), {world.org}, [&](db::Transaction& tx) {
            take_in({{tx, world.org, db.ids, world.clock.now()}, id, "tester"}, said);
            position = find_position(tx, world.org, id);
        });
    }
    void see_through(std::int64_t to, std::vector<Said> lines = {}) { take(statement(to, std::move(lines))); }
    TreasuryId treasury() {
        return TreasuryId::from_uuid(world.value("SELECT id::text AS value FROM treasury WHERE organizer_id = $1"));
    }
    payout::Sent resume(std::int64_t oldest) {
        Forgetful forgetful{rail, oldest};
        return world.send(batch, forgetful, std::chrono::seconds{20});
    }
    // As a dry run does.
    Rehearsal rehearse(const rail::Statement& said) {
        const auto id = treasury();
        auto& connection = db.app().connection();
        connection.begin({world.org});
        db::Transaction tx{connection};
        auto shown = recon::rehearse(tx, world.desk(db.app(), "runner"), id, said);
        connection.rollback();
        return shown;
    }
    std::string breaks() {
        return world.value("SELECT coalesce(string_agg(type, ' ' ORDER BY type), '') AS value FROM recon_break WHERE "
                           "organizer_id = $1 AND closed_at IS NULL");
    }

    test::FreshDatabase db;
    test::NetworkFile file;
    test::FakeNetwork network;
    test::PayoutWorld world;
    test::FakeRail rail;
    BatchId batch;
    std::int64_t position = 0;
    Int128 closing = 0;
};

constexpr test::FakeFaults k_paid_unheard{.lose_answer = 100, .hide = 100};
constexpr test::FakeFaults k_never_applied{.lose_answer = 100, .drop = 100, .hide = 100};
constexpr std::int64_t k_newest = 1'000'000; // of a server that remembers nothing

} // namespace

TEST_CASE("an unknown payout is proved by its line on our own statement, and settled by the same run", "[db][recon]") {
    World w{k_paid_unheard};
    REQUIRE(w.resume(k_newest).halted->code == "payout.unknown");
    const auto said = w.statement(w.ledger(), {w.paid(0, 100'00, "to-band")});
    const auto ended = end_shown(w.world.desk(w.db.app(), "runner"), w.treasury(), said);
    REQUIRE(ended.proved.size() == 1);
    REQUIRE(ended.proved[0].payout == w.world.payouts(w.batch).at(0).id);
    REQUIRE(ended.lines_new == 1);
    w.take(said);
    REQUIRE(w.world.payouts(w.batch).at(0).state == State::settled);
    REQUIRE(w.breaks().empty());
    REQUIRE(w.world.value("SELECT v.kind || ' ' || m.actor AS value FROM payout_move m JOIN evidence v ON v.id = "
                          "m.evidence_id WHERE m.organizer_id = $1 AND m.cause = 'proof_of_success'") ==
            "statement runner");
    const auto books = w.world.balances();
    REQUIRE_FALSE(books.contains("payout_clearing KES"));
    REQUIRE_FALSE(books.contains("party_payable band"));
    REQUIRE(w.resume(k_newest).batch.state == "drained");
    REQUIRE(w.network.payments().size() == 1);
    w.db.sweep(w.world.org);
}

TEST_CASE("a rehearsal proves and settles what the run would, and keeps nothing", "[db][recon]") {
    World w{k_paid_unheard, {{"band", 100'00}, {"crew", 50'00}}};
    const auto said = w.statement(w.ledger(), {w.paid(0, 100'00, "to-band"), w.paid(1, 50'00, "to-crew")});
    const auto books = w.world.balances();
    const auto shown = w.rehearse(said);
    REQUIRE(shown.proved.size() == 2);
    REQUIRE(shown.proved[1].amount == money::Amount{50'00, {"KES", 2}});
    REQUIRE(shown.proved[1].key + ":1" == w.ref(1));
    REQUIRE(shown.report.settled == 2);
    REQUIRE(shown.report.lines_new == 2);
    REQUIRE(shown.report.open == 0);
    for (const auto& p : w.world.payouts(w.batch)) REQUIRE(p.state == State::unknown);
    REQUIRE(w.world.balances() == books);
    REQUIRE(w.world.value("SELECT count(*)::text AS value FROM statement_line WHERE organizer_id = $1") == "0");

    REQUIRE(end_shown(w.world.desk(w.db.app()), w.treasury(), said).proved.size() == 2); // the run itself
    const auto id = w.treasury();
    const auto report = db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) {
        return take_in({{tx, w.world.org, w.db.ids, w.world.clock.now()}, id, "tester"}, said);
    });
    REQUIRE(report.settled == shown.report.settled);
    REQUIRE(report.matched == shown.report.matched);
    REQUIRE(report.open == shown.report.open);
    w.db.sweep(w.world.org);
}

TEST_CASE("a rehearsal leaves a batch that is being sent to its sender", "[db][recon]") {
    World w{k_paid_unheard};
    const auto said = w.statement(w.ledger(), {w.paid(0, 100'00, "to-band")});
    db::Database other{{w.db.target(), "passa.tests"}};
    const auto sender = w.world.desk(other, "sender");
    const payout::Lease lease{sender, w.batch};
    const auto shown = w.rehearse(said);
    REQUIRE(shown.proved.empty());
    REQUIRE(shown.report.settled == 0);
    REQUIRE(shown.report.opened == 1);
}

TEST_CASE("resume believes our own statement when the rail has forgotten", "[db][recon]") {
    World w{k_paid_unheard};
    w.see_through(w.ledger(), {w.paid(0, 100'00, "to-band")});
    REQUIRE(w.breaks() == "UNKNOWN_OUTCOME");
    const auto sent = w.resume(k_newest);
    REQUIRE_FALSE(sent.halted);
    REQUIRE(w.world.payouts(w.batch).at(0).state == State::confirmed);
    REQUIRE(sent.batch.state == "drained");
    w.world.clock.advance(std::chrono::minutes{1});
    w.see_through(w.ledger());
    REQUIRE(w.world.payouts(w.batch).at(0).state == State::settled);
    REQUIRE(w.breaks().empty());
    w.db.sweep(w.world.org);
}

TEST_CASE("a line that is not exactly the payout proves nothing", "[db][recon]") {
    World w{k_paid_unheard, {{"band", 100'00}, {"crew", 50'00}}};
    std::vector<Said> lines{w.paid(0, 100'00, "to-band"), w.paid(1, 50'00, "to-crew")};
    SECTION("another sum") { lines[1].amount = {-49'00, {"KES", 2}}; }
    SECTION("another payee") { lines[1].counterparty = "to-thief"; }
    SECTION("one of two") { lines.pop_back(); }
    SECTION("another asset") { lines[1].amount = {-50'00, {"XLM", 7}}; }
    SECTION("no payment") { lines[1].kind = Said::Kind::other; }
    const auto said = w.statement(w.ledger(), lines);
    REQUIRE(end_shown(w.world.desk(w.db.app()), w.treasury(), said).proved.empty());
    w.take(said);
    REQUIRE(w.resume(k_newest).halted->code == "payout.unknown");
    for (const auto& p : w.world.payouts(w.batch)) REQUIRE(p.state == State::unknown);
    w.db.sweep(w.world.org);
}

TEST_CASE("a batch that is being sent is left to its sender", "[db][recon]") {
    World w{k_paid_unheard};
    const auto said = w.statement(w.ledger(), {w.paid(0, 100'00, "to-band")});
    db::Database other{{w.db.target(), "passa.tests"}};
    const auto sender = w.world.desk(other, "sender");
    const payout::Lease lease{sender, w.batch};
    REQUIRE(end_shown(w.world.desk(w.db.app()), w.treasury(), said).proved.empty());
    w.take(said);
    REQUIRE(w.breaks() == "UNKNOWN_OUTCOME");
    REQUIRE(w.world.payouts(w.batch).at(0).state == State::unknown);
}

TEST_CASE("what never was applied is paid again when runs and rail together show its whole time", "[db][recon]") {
    World w{k_never_applied};
    const auto half = w.ledger() - 60; // after its end, and still known to the rail
    w.see_through(half);
    w.see_through(half + 30);
    const auto sent = w.resume(half + 25);
    REQUIRE_FALSE(sent.halted);
    REQUIRE(sent.paid() == 1);
    REQUIRE(w.network.payments().size() == 1);
    REQUIRE(w.world
                .value("SELECT reason AS value FROM payout_move WHERE organizer_id = $1 AND cause = "
                       "'proof_of_absence'")
                .find("our own statement shows nothing of it from ledger") != std::string::npos);
    w.db.sweep(w.world.org);
}

TEST_CASE("what our own statement does not show whole stays unknown", "[db][recon]") {
    World w{k_never_applied};
    const auto half = w.ledger() - 60;
    SECTION("no run since") {}
    SECTION("a run with a hole, closed by hand") {
        auto said = w.statement(half);
        said.complete = false;
        said.gap = "ledgers are gone";
        w.take(said);
        const auto id = w.treasury();
        db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) {
            tx.raw("UPDATE recon_break SET closed_at = now(), close_code = 'provider_corrected', close_reason = 'x', "
                   "closed_by = 'x' WHERE type = 'TIMING'");
            w.position = find_position(tx, w.world.org, id);
        });
        REQUIRE(w.position == half);
        w.see_through(half + 30);
    }
    SECTION("balances with a gap") {
        auto said = w.statement(half);
        said.closing[0] += money::Amount{-100'00, {"KES", 2}};
        w.take(said);
        REQUIRE(w.position < half);
    }
    SECTION("a stretch whose end nobody proved yet") {
        auto said = w.statement(half + 30);
        said.more = true;
        w.take(said);
    }
    SECTION("a payment that is not the payout's") { w.see_through(half + 30, {w.paid(0, 99'00, "to-thief")}); }
    SECTION("runs that end before the rail's history begins") { w.see_through(half - 50); }
    REQUIRE(w.resume(half + 25).halted->code == "payout.unknown");
    REQUIRE(w.world.payouts(w.batch).at(0).state == State::unknown);
    REQUIRE(w.network.payments().empty());
}

TEST_CASE("a fee without a payment on our own statement says that it failed: it is tried again", "[db][recon]") {
    World w{k_never_applied};
    const auto half = w.ledger() - 60;
    auto fee = w.paid(0, 0, "");
    fee.external_ref.replace(fee.external_ref.rfind(':'), std::string::npos, ":fee");
    fee.kind = Said::Kind::fee;
    fee.amount = {-100, {"XLM", 7}};
    auto said = w.statement(half + 30);
    said.lines = {fee};
    w.take(said);
    const auto open = w.resume(half + 40).halted; // what is forgotten reaches beyond what was read
    REQUIRE(open);
    REQUIRE(open->code == "payout.unknown");
    REQUIRE(open->hint.find("passa recon run --treasury main") != std::string::npos);
    REQUIRE(w.network.payments().empty());
    REQUIRE_FALSE(w.resume(half + 25).halted);
    REQUIRE(w.world.payouts(w.batch).at(0).state == State::confirmed);
    REQUIRE(w.network.payments().size() == 1);
    REQUIRE(w.world
                .value("SELECT m.reason AS value FROM payout_move m WHERE m.organizer_id = $1 AND m.reason LIKE "
                       "'%the fee and no payment of it%' LIMIT 1")
                .find(fmt::format("to {}", half + 30)) != std::string::npos);
}

TEST_CASE("an issuer's statement vouches for nothing: its payments move none of its balances", "[db][recon]") {
    World w{k_never_applied};
    const auto read = w.ledger() - 30;
    w.see_through(read);
    const auto desk = w.world.desk(w.db.app(), "runner");
    payout::Lease lease{desk, w.batch};
    const auto seen_through = [&] {
        const auto [batch, open] = lease.read([&](db::Transaction& tx) {
            return std::pair{payout::get_batch(tx, w.world.org, w.batch),
                             payout::load_open_attempts(tx, w.world.org, w.batch)};
        });
        return payout::find_seen_through(lease, batch, open.at(0)).ledger;
    };
    REQUIRE(seen_through() == read);
    db::transact(w.db.owner(), {w.world.org},
                 [&](db::Transaction& tx) { tx.raw("ALTER TABLE payout DISABLE TRIGGER USER"); });
    db::transact(w.db.app(), {w.world.org}, [&](db::Transaction& tx) {
        tx.raw("INSERT INTO asset (organizer_id, id, scale) SELECT organizer_id, 'KES:' || source, 2 FROM "
               "payout_attempt");
        tx.raw("UPDATE payout SET (asset_id, owed_asset_id) = (SELECT 'KES:' || source, 'KES:' || source FROM "
               "payout_attempt)");
    });
    REQUIRE_FALSE(seen_through());
}
