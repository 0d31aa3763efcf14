// Notices are committed with what they tell of, told at least once under one id, and given up in the end; no receiver
// has a part in any of it.
#include "lib/notify/deliver.hpp"
#include "tests/db/runner/worker.hpp"
#include "tests/support/paying_world.hpp"
#include "tests/support/problem_code.hpp"
#include "tests/support/settle_fixture.hpp"
#include "tests/support/treasury_fixture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace passa;
using namespace passa::test;
using notify::NoticeState;

namespace {

constexpr db::Statement k_add_channel{
    "test.add_channel",
    "INSERT INTO notice_channel (organizer_id, id, name, type, language, kinds, jobs, url, recipients, credential, "
    "private_addresses) VALUES ($1, gen_random_uuid(), $2, 'ping', 'en', $3, $4, 'https://ping.example.org/x', '{}', "
    "NULL, true)"};

using Words = std::vector<std::string>;

void add_channel(db::Database& db, OrganizerId org, const std::string& name, const Words& kinds,
                 const Words& jobs = {}) {
    db::transact(db, {.organizer = org, .what = "test"},
                 [&](db::Transaction& tx) { tx.run(k_add_channel, org, name, kinds, jobs); });
}

std::vector<notify::Notice> notices(db::Database& db, OrganizerId org) {
    return db::transact(db, {org, db::Isolation::repeatable_read, true},
                        [&](db::Transaction& tx) { return notify::load_notices(tx, org, {}, 1000); });
}

// A receiver that answers as told.
struct Receiver final : http::Poster {
    http::Reply post(const http::Request& request) override {
        asked.push_back(request);
        if (on_post) on_post();
        return reply;
    }
    http::Reply reply = http::Answer{200, "", {}};
    std::vector<http::Request> asked;
    std::function<void()> on_post;
};

struct NoMail final : http::Mailer {
    std::optional<http::Refusal> send(const http::Letter&) override { return http::Refusal{"no mail here"}; }
};

struct Office {
    Office() : org(fresh.add_organizer("demo")), worker(fresh, org, 1) {}
    void fail_a_run(int number) {
        worker.execute(day(number), {items({"one"}), [](runner::Item&) -> void {
                                         throw Error{{Kind::invalid_input, "test.broken", "it is broken", ""}};
                                     }});
    }
    std::vector<notify::Notice> deliver() {
        return notify::deliver_due({worker.db, org, worker.clock, {receiver, mailer, {}}});
    }
    FreshDatabase fresh;
    OrganizerId org;
    Worker worker;
    Receiver receiver;
    NoMail mailer;
};

} // namespace

TEST_CASE("a run that gave an item up is told to the channels that want it, once, and to no other", "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "wants", {"run.partial"});
    add_channel(office.worker.db, office.org, "of-this-job", {"run.partial"}, {"sweep"});
    add_channel(office.worker.db, office.org, "of-another-job", {"run.partial"}, {"settle"});
    add_channel(office.worker.db, office.org, "of-other-things", {"run.done", "break.opened"});
    office.fail_a_run(1);
    office.fail_a_run(1); // ended before: nothing new happens
    auto told = notices(office.worker.db, office.org);
    std::sort(told.begin(), told.end(), [](const auto& a, const auto& b) { return a.channel < b.channel; });
    REQUIRE(told.size() == 2);
    CHECK(told[0].channel == "of-this-job");
    CHECK(told[1].channel == "wants");
    CHECK(told[1].kind == "run.partial");
    CHECK(told[1].state == NoticeState::waiting);
    CHECK(told[1].payload.find("it is broken") != std::string::npos);
    office.fresh.sweep(office.org);
}

TEST_CASE("a fact that is rolled back tells nobody", "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "wants", {"run.done", "run.failed", "run.partial"});
    const auto run = [&](bool fails) {
        office.worker.execute(day(1), {items({"one"}), [&](runner::Item& item) {
                                           if (fails) throw Error{{Kind::internal, "test.stop", "stopped", ""}};
                                           office.worker.done(item, {});
                                       }});
    };
    office.worker.execute(day(9), {items({}), [](runner::Item&) {}});
    REQUIRE(notices(office.worker.db, office.org).size() == 1);
    constexpr db::Statement k_end{"test.end", "UPDATE job_run SET state = 'failed', attempts = 7, finished_at = now()"};
    try {
        db::transact(office.worker.db, {.organizer = office.org, .what = "test"}, [&](db::Transaction& tx) {
            tx.run(k_end);
            throw Error{{Kind::failed, "test.rolled_back", "no", ""}};
        });
    } catch (const Error& error) {
        REQUIRE(error.first().code == "test.rolled_back");
    }
    REQUIRE(notices(office.worker.db, office.org).size() == 1);
    run(true); // each attempt that fails is told
    run(true);
    run(false);
    const auto told = notices(office.worker.db, office.org);
    REQUIRE(std::count_if(told.begin(), told.end(), [](const auto& n) { return n.kind == "run.failed"; }) == 2);
    REQUIRE(std::count_if(told.begin(), told.end(), [](const auto& n) { return n.kind == "run.done"; }) == 2);
}

TEST_CASE("breaks that a reconciliation opens are told together, and not again while they stay open", "[notify]") {
    TreasuryFixture f;
    add_channel(f.db.app(), f.org, "wants", {"break.opened"});
    f.show_funding(f.xlm(100'0000000));
    f.show_funding(f.usdc(500'0000000));
    f.pay({70'0000000}); // which the chain does not show
    f.pay({30'0000000});
    f.db.clock.advance(std::chrono::minutes{10});
    f.run();
    const auto told = notices(f.db.app(), f.org);
    REQUIRE(f.open_breaks() == "MISSING_EXTERNAL MISSING_EXTERNAL");
    REQUIRE(told.size() == 1);
    REQUIRE(told[0].payload.find("\"opened\": 2") != std::string::npos);
    f.show_funding(f.xlm(1));
    f.run();
    REQUIRE(notices(f.db.app(), f.org).size() == 1);
}

TEST_CASE("a notice is tried under one id until it is taken, each time after a longer wait", "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "wants", {"run.partial"});
    office.fail_a_run(1);
    office.receiver.reply = http::Answer{503, "", {}};
    auto tried = office.deliver();
    REQUIRE(tried.size() == 1);
    REQUIRE(tried[0].state == NoticeState::waiting);
    REQUIRE(tried[0].error == "it answered 503");
    REQUIRE(tried[0].next_at == office.worker.clock.now() + notify::wait_after(1));
    REQUIRE(office.deliver().empty()); // not due
    office.worker.clock.advance(notify::wait_after(1));
    office.receiver.reply = http::Answer{429, "", std::chrono::hours{1}}; // it asks for more time
    tried = office.deliver();
    REQUIRE(tried.at(0).next_at == office.worker.clock.now() + std::chrono::hours{1});
    office.worker.clock.advance(std::chrono::hours{1});
    office.receiver.reply = http::Answer{204, "", {}};
    REQUIRE(office.deliver().at(0).state == NoticeState::sent);
    office.worker.clock.advance(std::chrono::days{9});
    REQUIRE(office.deliver().empty());
    REQUIRE(office.receiver.asked.size() == 3);
    REQUIRE(office.receiver.asked[0].url.text == office.receiver.asked[2].url.text); // with the notice's id
    REQUIRE(office.receiver.asked[0].url.text.find("/x/fail?rid=") != std::string::npos);
}

TEST_CASE("a channel that fails holds up no other: its own notices wait for the next time", "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "hangs", {"run.partial"});
    for (const int number : {1, 2, 3}) office.fail_a_run(number);
    add_channel(office.worker.db, office.org, "works", {"run.partial"});
    office.fail_a_run(4);
    office.receiver.reply = http::Answer{503, "", {}};
    const auto tried = office.deliver();
    const auto over = [&](const char* channel) {
        return std::count_if(tried.begin(), tried.end(), [&](const auto& n) { return n.channel == channel; });
    };
    REQUIRE(over("hangs") == 1);
    REQUIRE(over("works") == 1);
    office.receiver.reply = http::Answer{200, "", {}};
    REQUIRE(office.deliver().size() == 3); // those of "hangs" that were left
}

TEST_CASE("a notice that nobody takes is given up with its reason, and what is refused for good at once", "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "wants", {"run.partial"});
    office.fail_a_run(1);
    office.receiver.reply = http::NoAnswer{http::Failure::no_route, "the connection was refused", false};
    for (int n = 1; n < notify::k_most_tries; ++n) {
        REQUIRE(office.deliver().at(0).state == NoticeState::waiting);
        office.worker.clock.advance(notify::wait_after(n));
    }
    const auto last = office.deliver().at(0);
    REQUIRE(last.state == NoticeState::dead);
    REQUIRE(last.error == "the connection was refused");
    office.fail_a_run(2);
    office.receiver.reply = http::Answer{410, "", {}};
    REQUIRE(office.deliver().at(0).state == NoticeState::dead);
}

TEST_CASE(
    "a courier that dies with a notice in hand leaves it to be sent again; another one does not take it meanwhile",
    "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "wants", {"run.partial"});
    office.fail_a_run(1);
    std::size_t seen_by_other = 9;
    office.receiver.on_post = [&] {
        office.receiver.on_post = nullptr;
        seen_by_other = office.deliver().size();
        throw std::runtime_error{"killed"};
    };
    REQUIRE_THROWS_AS(office.deliver(), std::runtime_error);
    REQUIRE(seen_by_other == 0);
    office.worker.clock.advance(notify::wait_after(1));
    REQUIRE(office.deliver().at(0).state == NoticeState::sent);
    REQUIRE(office.receiver.asked.at(0).url.text == office.receiver.asked.at(1).url.text);
}

TEST_CASE("one organizer's notices are not delivered for another", "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "wants", {"run.partial"});
    office.fail_a_run(1);
    const auto other = office.fresh.add_organizer("other");
    const notify::Courier courier{office.worker.db, other, office.worker.clock, {office.receiver, office.mailer, {}}};
    REQUIRE(notify::deliver_due(courier).empty());
    REQUIRE(notices(office.worker.db, other).empty());
}

TEST_CASE("that a run begins is told before its end, once, and never late", "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "wants", {"run.started", "run.partial"});
    office.fail_a_run(1);
    REQUIRE(notices(office.worker.db, office.org).size() == 2);
    std::size_t by_another = 9;
    office.receiver.on_post = [&] { // while the beginning is on its way, nobody tells the end
        office.receiver.on_post = nullptr;
        by_another = office.deliver().size();
    };
    REQUIRE(office.deliver().size() == 2);
    REQUIRE(by_another == 0);
    REQUIRE(office.receiver.asked.size() == 2);
    const auto& start = office.receiver.asked[0].url.text;
    const auto& end = office.receiver.asked[1].url.text;
    REQUIRE(start.find("/x/start?rid=") != std::string::npos);
    REQUIRE(end.find("/x/fail?rid=") != std::string::npos);
    REQUIRE(start.substr(start.find("rid=")) == end.substr(end.find("rid=")));
    office.receiver.reply = http::Answer{503, "", {}};
    office.fail_a_run(2);
    const auto tried = office.deliver();
    REQUIRE(tried.at(0).kind == "run.started");
    REQUIRE(tried.at(0).state == NoticeState::dead);
    REQUIRE(tried.at(1).state == NoticeState::waiting);
}

TEST_CASE("a batch is told when it waits for approval and when it is done", "[notify]") {
    PayingWorld world{{{"band", 100'00}, {"venue", 50'00}}};
    world.network.fund(1'000'00);
    add_channel(world.PayoutWorld::db.app(), world.org, "wants", {"batch.waiting", "batch.done", "payout.unknown"});
    const auto told = [&] { return notices(world.PayoutWorld::db.app(), world.org); };
    const auto batch = world.create();
    REQUIRE(told().size() == 1);
    CHECK(told()[0].kind == "batch.waiting");
    CHECK(told()[0].payload.find(R"("total": "150.00 KES")") != std::string::npos);
    CHECK(told()[0].payload.find(R"("payouts": 2)") != std::string::npos);
    world.approve(batch);
    world.send(batch);
    REQUIRE(told().size() == 2);
    const auto done = told()[0].kind == "batch.done" ? told()[0] : told()[1];
    CHECK(done.kind == "batch.done");
    CHECK(done.payload.find(R"("paid": 2)") != std::string::npos);
    CHECK(done.payload.find(R"("total": "150.00 KES")") != std::string::npos);
}

TEST_CASE("payouts are told of as unknown once their time is over, once, and not when they are known by then",
          "[notify]") {
    PayingWorld world{{{"band", 100'00}, {"venue", 50'00}}};
    world.network.fund(1'000'00);
    auto& db = world.PayoutWorld::db.app();
    add_channel(db, world.org, "wants", {"payout.unknown"});
    const auto batch = world.approved();
    auto deaf = world.deaf();
    world.send(batch, deaf);
    const auto look = [&](Duration later) {
        db::transact(db, {.organizer = world.org, .what = "test"}, [&](db::Transaction& tx) {
            notify::note_unknown_payouts(tx, world.org, world.clock.now() + later);
        });
        return notices(db, world.org);
    };
    REQUIRE(look(Duration::zero()).empty()); // the network may still take it
    const auto told = look(std::chrono::days{1});
    REQUIRE(told.size() == 1);
    CHECK(told[0].payload.find(R"("total": "150.00 KES")") != std::string::npos);
    CHECK(told[0].payload.find(R"("payouts": 2)") != std::string::npos);
    REQUIRE(look(std::chrono::days{2}).size() == 1);
}

TEST_CASE("what was given up is tried again when somebody asks, all of it or nothing", "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "wants", {"run.partial"});
    office.receiver.reply = http::Answer{410, "", {}};
    office.fail_a_run(1);
    office.fail_a_run(2);
    const auto dead = office.deliver();
    REQUIRE(dead.size() == 2);
    const auto retry = [&](std::vector<NoticeId> ids) {
        return db::transact(office.worker.db, {.organizer = office.org, .what = "test"}, [&](db::Transaction& tx) {
            return notify::retry_notices(tx, office.org, {std::move(ids), "ann", office.worker.ids.next()}).size();
        });
    };
    const auto strange = office.worker.ids.make<NoticeTag>();
    REQUIRE(problem_code([&] { retry({dead[0].id, strange}); }) == "notice.not_dead");
    REQUIRE(office.deliver().empty());
    REQUIRE(retry({dead[0].id}) == 1);
    office.receiver.reply = http::Answer{204, "", {}};
    REQUIRE(office.deliver().at(0).id == dead[0].id);
    REQUIRE(problem_code([&] { retry({dead[0].id}); }) == "notice.not_dead"); // sent by now
    REQUIRE(retry({}) == 1);
    REQUIRE(retry({}) == 0);
    REQUIRE(office.deliver().at(0).state == NoticeState::sent);
}

TEST_CASE("of many that were given up the oldest are tried again, so many at once", "[notify]") {
    Office office;
    add_channel(office.worker.db, office.org, "wants", {"run.partial"});
    office.receiver.reply = http::Answer{410, "", {}};
    for (int run = 1; run <= 3; ++run) office.fail_a_run(run);
    REQUIRE(office.deliver().size() == 3);
    const auto newest = notices(office.worker.db, office.org).front().id;
    const auto retry = [&] {
        return db::transact(office.worker.db, {.organizer = office.org, .what = "test"}, [&](db::Transaction& tx) {
            return notify::retry_notices(tx, office.org, {{}, "ann", office.worker.ids.next(), 2});
        });
    };
    const auto first = retry(), rest = retry();
    REQUIRE(first.size() == 2);
    for (const auto& each : first) CHECK(each.id != newest);
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].id == newest);
}

TEST_CASE("a settlement that took lines in is told with what they come to, an empty one is not", "[notify]") {
    SettleFixture f;
    add_channel(f.db.app(), f.org, "wants", {"settlement.done"});
    f.add_line(100'000, 0, 2'50, 0, false);
    f.add_line(50'000, 0, 0, 1, true);
    f.settle();
    f.settle();
    const auto told = notices(f.db.app(), f.org);
    REQUIRE(told.size() == 1);
    CHECK(told[0].payload.find(R"("net": "1497.50 KES")") != std::string::npos);
    CHECK(told[0].payload.find(R"("lines": 2)") != std::string::npos);
}
