// What a contract is to be told: once each, whatever becomes of the calls that tell it.
#include "lib/contract/outbox.hpp"
#include "tests/support/db_test.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using contract::Wish;

namespace {

struct Outbox {
    test::FreshDatabase db;
    OrganizerId organizer = db.add_organizer("demo");
    contract::Desk desk{db.app(), organizer, db.ids, db.clock, "ops"};

    template <typename F>
    auto write(F&& fn) {
        return db::transact(db.app(), {organizer}, std::forward<F>(fn));
    }
    bool queue(const std::string& key, const std::string& item = "1", const std::string& shared = R"({"tier":1})") {
        return write([&](db::Transaction& tx) {
            return contract::queue(tx, desk, {"tickets", "mint", key, shared, "tickets", item});
        });
    }
    std::vector<contract::Queued> next(std::int64_t limit = 99) {
        return write([&](db::Transaction& tx) { return contract::load_next(tx, organizer, "tickets", limit); });
    }
    std::vector<std::string> states() {
        const auto all = write([&](db::Transaction& tx) { return contract::load_queue(tx, organizer, {"tickets"}); });
        std::vector<std::string> states;
        for (auto it = all.rbegin(); it != all.rend(); ++it) states.push_back(it->wish.key + " " + it->state);
        return states;
    }
    // A call that tells these rows, stored with them.
    contract::Call tell(const std::vector<contract::Queued>& rows) {
        contract::Call call;
        call.id = db.ids.make<CallTag>();
        call.wanted = {contract::Purpose::invoke, "CCONTRACT", "mint()"};
        call.state = "prepared";
        call.actor = "ops";
        call.made_at = db.clock.now();
        call.attempt = {call.id.text(),
                        {7},
                        "GOPS",
                        "standalone",
                        m_sequence++,
                        money::Amount{1000, {"XLM", 7}},
                        db.clock.now() + std::chrono::minutes{2},
                        100};
        write([&](db::Transaction& tx) {
            contract::insert_call(tx, desk, call);
            contract::assign(tx, desk, rows, call.id);
            return true;
        });
        return call;
    }
    void end(contract::Call& call, rail::Standing standing) {
        rail::Outcome outcome;
        outcome.standing = standing;
        if (rail::is_final(standing)) {
            outcome.fee = money::Amount{100, {"XLM", 7}};
            outcome.evidence = rail::Evidence{"found", call.attempt.key, {1}, "{}", {}};
        }
        write([&](db::Transaction& tx) {
            contract::record_outcome(tx, desk, call, outcome);
            return true;
        });
    }

private:
    std::int64_t m_sequence = 1;
};

} // namespace

TEST_CASE("a row is queued once, and never changes", "[db]") {
    Outbox outbox;
    REQUIRE(outbox.queue("a"));
    REQUIRE_FALSE(outbox.queue("a"));
    REQUIRE(test::problem_code([&] { outbox.queue("a", "2"); }) == "contract.other_wish");
    REQUIRE(outbox.next().size() == 1);
}

TEST_CASE("rows go together that share their arguments, those that wait longest first", "[db]") {
    Outbox outbox;
    outbox.queue("a");
    outbox.queue("b", "2", R"({"tier":2})");
    outbox.queue("c", "3");
    const auto first = outbox.next();
    REQUIRE(first.size() == 2);
    REQUIRE(first.at(1).wish.key == "c");
    REQUIRE(outbox.next(1).size() == 1);
    outbox.tell(first);
    REQUIRE(outbox.next().at(0).wish.key == "b");
}

TEST_CASE("what becomes of the call becomes of the row", "[db]") {
    Outbox outbox;
    outbox.queue("a");
    outbox.queue("b");
    const auto rows = outbox.next();
    auto call = outbox.tell(rows);
    REQUIRE(outbox.states() == std::vector<std::string>{"a sent", "b sent"});
    REQUIRE(test::problem_code([&] { outbox.tell(rows); }) == "contract.told_elsewhere");
    outbox.end(call, rail::Standing::unknown);
    REQUIRE(outbox.states() == std::vector<std::string>{"a sent", "b sent"});
    outbox.end(call, rail::Standing::failed);
    REQUIRE(outbox.states() == std::vector<std::string>{"a waiting", "b waiting"});
    auto again = outbox.tell(outbox.next(1));
    outbox.end(again, rail::Standing::confirmed);
    REQUIRE(outbox.states() == std::vector<std::string>{"a done", "b waiting"});
    REQUIRE(test::problem_code([&] { outbox.tell({rows.at(0)}); }) == "contract.told_elsewhere");
    outbox.write([&](db::Transaction& tx) {
        contract::refuse(tx, outbox.desk, rows.at(1).id, "no such tier");
        return true;
    });
    REQUIRE(outbox.states() == std::vector<std::string>{"a done", "b refused"});
    REQUIRE(outbox.next().empty());
    REQUIRE(outbox.write([&](db::Transaction& tx) { return contract::load_waiting_contracts(tx, outbox.organizer); })
                .empty());
}
