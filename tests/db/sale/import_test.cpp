// Imports against a real database: what is booked, and that running again, in another order or after a crash changes
// nothing.
#include "lib/lease/lease.hpp"
#include "lib/sale/line_id.hpp"
#include "tests/support/held_sales.hpp"
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {
const std::vector<std::string> k_rows{
    "A1,1,early-bird,1,KES,150000,0,20690,3000,1500,paid,2027-01-05T10:00:00+03:00,demo-a ,,",
    "A1,2,regular,2,KES,500000,10000,68966,10000,5000,paid,2027-01-05T10:00:00+03:00,DEMO-A,,",
    "A2,1,VIP,1,KES,600000,0,82759,12000,6000,paid,2027-02-05T10:00:00+03:00,DEMO-A,,",
    "A3,1,regular,1,KES,250000,0,34483,5000,2500,refunded,2027-02-06T10:00:00+03:00,OTHER,,2027-02-08T10:00:00+03:00",
    "A4,1,regular,1,KES,250000,0,34483,5000,2500,pending,2027-02-06T10:00:00+03:00,,,",
    "A5,1,regular,1,KES,250000,0,34483,5000,2500,cancelled,2027-02-06T10:00:00+03:00,,,",
    "A6,1,regular,1,KES,250000,0,34483,5000,2500,partially_refunded,2027-02-06T10:00:00+03:00,,50000,2027-02-07T10:00:"
    "00+03:00",
    "A7,1,regular,1,KES,0,0,0,0,0,paid,2027-02-06T10:00:00+03:00,,,",
};
}

TEST_CASE("a file becomes lines, counters and a journal that agree", "[db][sale]") {
    test::SaleFixture f;
    const auto outcome = f.import_rows("a.csv", k_rows);
    REQUIRE(f.refusal_codes(outcome).empty());
    REQUIRE(outcome.rows == 8);
    REQUIRE(outcome.sold == 6);
    REQUIRE(outcome.undone == 2);
    REQUIRE(outcome.ignored == 2); // pending, and cancelled before anybody saw it paid
    REQUIRE(f.value("SELECT sum(gross) FROM sale_line") == "1450000");
    REQUIRE(f.value("SELECT count(*) FROM sale_line WHERE creator_id IS NOT NULL") == "3");
    REQUIRE(f.value("SELECT string_agg(v.version || '/' || c.version, ' ' ORDER BY order_ref, line_ref) FROM sale_line "
                    "l JOIN split_plan_version v ON v.id = "
                    "plan_version_id JOIN campaign_version c ON c.id = campaign_version_id") == "1/1 1/1 2/2");
    REQUIRE(f.value("SELECT code FROM sale_line WHERE order_ref = 'A1' AND line_ref = '1'") == "DEMO-A");
    REQUIRE(f.value("SELECT occurred_at AT TIME ZONE 'UTC' FROM sale_line WHERE order_ref = 'A3' AND seq = 1") ==
            "2027-02-08 07:00:00");
    REQUIRE(f.value("SELECT gross || ' ' || tax || ' ' || fee_platform || ' ' || quantity FROM sale_line WHERE "
                    "order_ref = 'A6' AND seq = 1") == "-50000 -6897 -1000 0");
    REQUIRE(f.value("SELECT sum(sold) FROM tier_sold") == "6");
    f.sweep();
}

TEST_CASE("the same file twice changes nothing", "[db][sale]") {
    test::SaleFixture f;
    f.import_rows("a.csv", k_rows);
    const auto before = f.lines();
    REQUIRE(f.import_rows("a.csv", k_rows).was_known);
    auto more = k_rows;
    more.push_back(""); // another file with the same rows
    const auto again = f.import_rows("b.csv", more);
    REQUIRE_FALSE(again.was_known);
    REQUIRE(again.sold + again.undone == 0);
    REQUIRE(again.unchanged == 6);
    REQUIRE(f.lines() == before);
    f.sweep();
}

TEST_CASE("an import in a session that had a temporary table before", "[db][sale]") {
    test::SaleFixture f;
    f.execute("SELECT passa_make_recon_staging()"); // a reconciliation, in the same long process
    REQUIRE(f.import_rows("a.csv", k_rows).sold == 6);
    f.sweep();
}

TEST_CASE("shuffled rows give the same lines", "[db][sale][prop]") {
    test::SaleFixture a;
    a.import_rows("a.csv", k_rows);
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        CAPTURE(seed);
        SeededRandom random{seed};
        auto rows = k_rows;
        for (std::size_t i = rows.size() - 1; i > 0; --i) std::swap(rows[i], rows[random.below(i + 1)]);
        test::SaleFixture b;
        b.event = a.event;
        b.import_rows("b.csv", rows);
        auto mine = b.lines(), theirs = a.lines(); // ids hold the event's id, which differs
        for (auto* lines : {&mine, &theirs}) {
            for (auto& line : *lines) line.erase(0, 37);
            std::sort(lines->begin(), lines->end());
        }
        REQUIRE(mine == theirs);
        b.sweep();
    }
}

TEST_CASE("rows one by one in files of their own give what one file gives", "[db][sale][prop]") {
    test::SaleFixture whole, parts;
    whole.import_rows("a.csv", k_rows);
    for (std::size_t i = k_rows.size(); i-- > 0;) parts.import_rows(fmt::format("{}.csv", i), {k_rows[i]});
    for (const auto* sql : {"SELECT sum(gross) || ' ' || sum(net) || ' ' || sum(tax) || ' ' || count(*) FROM sale_line",
                            "SELECT string_agg(sold::text, ',' ORDER BY sold) FROM tier_sold"})
        REQUIRE(whole.value(sql) == parts.value(sql));
    parts.sweep();
}

TEST_CASE("a dry run shows what would happen and writes nothing", "[db][sale]") {
    test::SaleFixture f;
    std::string text{test::k_sale_header};
    for (const auto& row : k_rows) text += row + "\n";
    auto order = f.order({f.file("a.csv", text)});
    order.dry_run = true;
    const auto outcome = f.run(order);
    REQUIRE(outcome.sold == 6);
    REQUIRE(outcome.undone == 2);
    for (const auto* table : {"sale_line", "sale_import", "sale_import_file", "lease", "journal", "tier_sold"})
        REQUIRE(f.value(fmt::format("SELECT count(*) FROM {}", table)) == "0");
}

TEST_CASE("ids made in SQL are those made in C++", "[db][sale]") {
    test::SaleFixture f;
    sale::LineIds ids{f.event.bytes()};
    for (const auto& [source, order, line] :
         {std::tuple{"pretix", "demo/ABC12", "1"}, {"x", "", ""}, {"é", "ü\"'", "10 € \\"}}) {
        const auto sql = db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
            constexpr db::Statement probe{"test.line_id", "SELECT passa_line_id($1, $2, $3, $4) AS id"};
            return tx.run(probe, f.event, source, order, line).one().get<IdBytes>("id");
        });
        REQUIRE(id_text::uuid(sql) == id_text::uuid(ids.line(source, order, line)));
    }
}

TEST_CASE("the ranges of the blocks are all ids, and each id lies in the block of its order", "[sale]") {
    for (const int count : {1, 2, 3, 7, 256}) {
        REQUIRE(sale::ids_of_block(0, count).first == IdBytes{});
        SeededRandom random{7};
        for (int block = 0; block + 1 < count; ++block)
            REQUIRE(sale::ids_of_block(block, count).last < sale::ids_of_block(block + 1, count).first);
        for (int i = 0; i < 1000; ++i) {
            const auto half = random.below(UINT64_MAX);
            const auto range = sale::ids_of_block(sale::block_of(half, count), count);
            IdBytes id{};
            for (std::size_t b = 0; b < 8; ++b) id[b] = static_cast<std::uint8_t>(half >> (56 - 8 * b));
            REQUIRE((range.first <= id && id <= range.last));
        }
    }
}

#ifdef PASSA_FAULTS
TEST_CASE("an import that was interrupted goes on and ends as if nothing had been", "[db][sale]") {
    test::SaleFixture calm, shaken;
    calm.import_rows("a.csv", k_rows);
    for (const auto* point :
         {"sale.import.block:1:throw", "sale.import.commit:1:throw", "sale.import.finish:1:throw"}) {
        CAPTURE(point);
        setenv("PASSA_FAULT", point, 1);
        std::string code = "no error";
        try {
            shaken.import_rows("a.csv", k_rows);
        } catch (const Error& error) {
            code = error.first().code;
        }
        unsetenv("PASSA_FAULT");
        REQUIRE(code == "fault.injected");
        shaken.sweep(); // the books are right at every commit
    }
    const auto outcome = shaken.import_rows("a.csv", k_rows);
    REQUIRE(outcome.was_resumed);
    REQUIRE(outcome.sold == 6);
    REQUIRE(outcome.undone == 2);
    REQUIRE(outcome.unchanged == 0);
    REQUIRE(shaken.value("SELECT count(*) || ' ' || sum(net) FROM sale_line") ==
            calm.value("SELECT count(*) || ' ' || sum(net) FROM sale_line"));
    REQUIRE(shaken.value("SELECT count(*) FROM sale_import") == "1");
    shaken.sweep();
}
#endif

TEST_CASE("while one import runs another is told to wait", "[db][sale]") {
    test::SaleFixture f;
    const auto order = f.order({f.file("a.csv", std::string{test::k_sale_header} + k_rows[0] + "\n")});
    db::Database other{{f.db.target(), "passa.tests.other"}};
    constexpr Duration life = std::chrono::seconds{60};
    SECTION("until it is done") {
        const lease::Lease held{{other, {f.org, "sale import", f.event.uuid()}, "somebody", life, Duration::zero()}};
        REQUIRE(held.is_ours());
        REQUIRE(f.error_of(order) == "sale.import_busy");
    }
    SECTION("until it was silent for too long, and then it writes nothing more") {
        lease::Lease held{{other, {f.org, "sale import", f.event.uuid()}, "somebody", life, Duration::zero()}};
        constexpr db::Statement passes{"test.time_passes",
                                       "UPDATE lease SET until = clock_timestamp() - interval '1 s'"};
        db::transact(f.db.owner(), {}, [&](db::Transaction& tx) { tx.run(passes); });
        REQUIRE(f.run(order).sold == 1);
        other.forget_connection(); // the taker ended its session
        REQUIRE_FALSE(db::transact(other, {f.org}, [&](db::Transaction& tx) { return held.hold(tx); }));
        return;
    }
    REQUIRE(f.run(order).sold == 1);
}

namespace {
// Runs `meanwhile` on a connection of its own between the check and the first block of an import.
template <typename F>
std::string error_when_changed(test::SaleFixture& f, F&& meanwhile) {
    db::Database other{{f.db.target(), "passa.tests.other"}};
    const auto order = f.order({f.file("a.csv", std::string{test::k_sale_header} + k_rows[0] + "\n")});
    try {
        sale::import_sales({f.db.app(), f.org, f.db.ids, f.db.clock, "tester"}, order,
                           [&](std::string_view what, std::int64_t, std::int64_t) {
                               if (what == "check") db::transact(other, {f.org}, meanwhile);
                           });
    } catch (const Error& error) {
        return error.first().code;
    }
    return "no error";
}
} // namespace

TEST_CASE("a plan that is gone when its sales are booked stops the import, which goes on later", "[db][sale]") {
    test::SaleFixture f;
    const auto plan = id_text::uuid(f.db.ids.next()), version = id_text::uuid(f.db.ids.next());
    const auto other_plan = [&](db::Transaction& tx) {
        tx.raw(fmt::format("INSERT INTO split_plan VALUES ('{}', '{}', '{}', 'late')", f.org.uuid(), f.event.uuid(),
                           plan));
        tx.raw(fmt::format(
            "INSERT INTO split_plan_version (organizer_id, event_id, id, plan_id, version, effective_from, basis, "
            "created_at) VALUES ('{}', '{}', '{}', '{}', 1, '2030-01-01', 'net', now())",
            f.org.uuid(), f.event.uuid(), version, plan));
        tx.raw("DELETE FROM tier_plan");
        tx.raw(fmt::format("INSERT INTO tier_plan (organizer_id, event_id, plan_version_id) VALUES ('{}', '{}', '{}')",
                           f.org.uuid(), f.event.uuid(), version));
    };
    REQUIRE(error_when_changed(f, other_plan) == "sale.catalog_changed");
    REQUIRE(f.lines().empty());
    REQUIRE(f.value("SELECT state FROM sale_import") == "running"); // so the file is looked at again
}

TEST_CASE("an event that changed when its sales are booked stops the import", "[db][sale]") {
    test::SaleFixture f;
    REQUIRE(error_when_changed(f, [](db::Transaction& tx) { tx.raw("DELETE FROM tier WHERE name = 'vip'"); }) ==
            "sale.catalog_changed");
    REQUIRE(f.lines().empty());
}

TEST_CASE("a capacity that changed when its sales are booked stops the import, which then judges by the new one",
          "[db][sale]") {
    test::SaleFixture f;
    REQUIRE(error_when_changed(f, [](db::Transaction& tx) { tx.raw("UPDATE tier SET capacity = 0"); }) ==
            "sale.catalog_changed");
    REQUIRE(f.lines().empty());
    const auto again = f.import_rows("a.csv", {k_rows[0]});
    CHECK(again.sold == 0);
    CHECK(again.refused == 1);
}

TEST_CASE("a block of an import and an apply of manifests wait for each other", "[db][sale]") {
    test::SaleFixture f;
    db::Database other{{f.db.target(), "passa.tests.other"}};
    const std::string key = fmt::format("passa_catalog_key('{}')", f.org.uuid());
    std::string seen;
    const auto order = f.order({f.file("a.csv", std::string{test::k_sale_header} + k_rows[0] + "\n")});
    db::transact(other, {f.org}, [&](db::Transaction& tx) {
        tx.raw("SELECT pg_advisory_xact_lock(" + key + ")"); // as an apply holds it
        db::transact(f.db.app(), {f.org}, [&](db::Transaction& mine) {
            seen =
                mine.raw("SELECT pg_try_advisory_xact_lock_shared(" + key + ")::text AS v").one().get<std::string>("v");
        });
    });
    REQUIRE(seen == "false");
    db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) { tx.raw("SET lock_timeout = '300ms'"); });
    std::string code;
    db::transact(other, {f.org}, [&](db::Transaction& tx) {
        tx.raw("SELECT pg_advisory_xact_lock(" + key + ")");
        code = f.error_of(order);
    });
    REQUIRE(code != "no error"); // it waited for the catalog and gave up
    REQUIRE(f.lines().empty());
    REQUIRE(f.run(order).sold == 1);
}

TEST_CASE("a block of an import waits for a settlement of its event", "[db][sale]") {
    test::SaleFixture f;
    std::future<sale::ImportOutcome> importing;
    test::HeldSales settlement{f.db, "pg_advisory_xact_lock", f.org, f.event};
    importing = std::async(std::launch::async, [&] { return f.import_rows("a.csv", k_rows); });
    REQUIRE(settlement.is_awaited_by(importing));
    REQUIRE(settlement.value("SELECT count(*) FROM sale_line") == "0");
    settlement.commit();
    REQUIRE(importing.get().sold == 6);
}
