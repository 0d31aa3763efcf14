// Commissions over refunds: what was undone is taken back in proportion to the gross, whoever keeps the fees and
// however often it is settled in between.
#include "lib/settle/settlement.hpp"
#include "tests/support/sale_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {

// 2500.00 with 344.83 tax and 75.00 fees: 2080.17 is eligible, at 10 %.
std::string row(std::string_view order, std::string_view status, std::string_view refunded = "") {
    return fmt::format("{},1,regular,1,KES,250000,0,34483,5000,2500,{},2027-01-05T10:00:00+03:00,DEMO-A,{},", order,
                       status, refunded);
}

struct Tour {
    Tour() {
        const auto party = id_text::uuid(f.db.ids.next());
        f.execute("INSERT INTO party (organizer_id, id, name, role, title) VALUES ('" + f.org.uuid() + "', '" + party +
                  "', 'band', 'party', 'Band')");
        f.execute("INSERT INTO split_share SELECT organizer_id, event_id, id, 0, '" + party +
                  "', 1000000 FROM split_plan_version");
    }
    void import(const std::vector<std::string>& rows, bool keep_fees) {
        std::string text{test::k_sale_header};
        for (const auto& r : rows) text += r + "\n";
        auto order = f.order({f.file(fmt::format("{}.csv", ++m_files), text)});
        order.profile.refunds_keep_fees = keep_fees;
        REQUIRE(f.refusal_codes(f.run(order)).empty());
    }
    void settle() {
        f.db.clock.advance(std::chrono::minutes{1});
        db::transact(f.db.app(), {f.org}, [&](db::Transaction& tx) {
            if (const auto made = settle::settle({tx, f.org, f.db.ids, f.db.clock.now()},
                                                 event::get_event(tx, f.org, "show"), f.db.clock.now(), "tester"))
                settle::replay(tx, f.org, made->id);
        });
        f.sweep();
    }
    std::string commission() {
        return f.value("SELECT coalesce(sum(delta), 0) FROM settlement_due WHERE kind = 'commission'");
    }
    test::SaleFixture f;

private:
    int m_files = 0;
};

} // namespace

TEST_CASE("a refund whose fees the gateway keeps costs the creator nothing", "[db]") {
    Tour tour;
    tour.import({row("A1", "paid"), row("A2", "paid")}, true);
    tour.settle();
    REQUIRE(tour.commission() == "41603"); // of 4160.34
    tour.import({row("A1", "refunded"), row("A2", "paid")}, true);
    tour.settle();
    REQUIRE(tour.commission() == "20802"); // of 2080.17: the live sale earns what it earned alone
    tour.import({row("A1", "refunded"), row("A2", "refunded")}, true);
    tour.settle();
    REQUIRE(tour.commission() == "0");
    REQUIRE(tour.f.value("SELECT sum(delta) FROM settlement_due WHERE kind = 'share'") == "-15000"); // the fees
}

TEST_CASE("partial refunds in steps take back what one refund takes back", "[db]") {
    for (const bool keep_fees : {false, true}) {
        Tour steps, once;
        for (auto* tour : {&steps, &once}) tour->import({row("A1", "paid")}, keep_fees);
        steps.settle();
        steps.import({row("A1", "partially_refunded", "50000")}, keep_fees);
        steps.settle();
        REQUIRE(steps.commission() == "16641"); // of 2080.17 less a fifth
        steps.import({row("A1", "partially_refunded", "120001")}, keep_fees);
        steps.settle();
        once.import({row("A1", "partially_refunded", "120001")}, keep_fees);
        once.settle();
        REQUIRE(steps.commission() == once.commission());
        for (auto* tour : {&steps, &once}) {
            tour->import({row("A1", "refunded")}, keep_fees);
            tour->settle();
            REQUIRE(tour->commission() == "0");
        }
    }
}

TEST_CASE("a ticket that costs nothing costs its creator nothing, whatever its fees", "[db]") {
    Tour tour;
    tour.import({"A1,1,regular,1,KES,0,0,0,5000,0,paid,2027-01-05T10:00:00+03:00,DEMO-A,,"}, true);
    tour.settle();
    REQUIRE(tour.commission() == "0");
    tour.import({"A1,1,regular,1,KES,0,0,0,5000,0,refunded,2027-01-05T10:00:00+03:00,DEMO-A,,"}, true);
    tour.settle();
    REQUIRE(tour.commission() == "0");
}
