// The journal: entries balance or are refused, the same cause is posted once, an undoing mirrors its original.
#include "lib/ledger/journal.hpp"
#include "tests/support/db_test.hpp"
#include "tests/support/problem_code.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::ledger;
using money::Amount;

namespace {

const money::Asset k_kes{"KES", 2};

struct Desk {
    test::FreshDatabase db;
    OrganizerId org = db.add_organizer("demo");
    IdBytes cause = db.ids.next();

    Desk() {
        db::transact(db.app(), {org}, [&](db::Transaction& tx) {
            constexpr db::Statement insert{"test.kes",
                                           "INSERT INTO asset (organizer_id, id, scale) VALUES ($1, 'KES', 2)"};
            tx.run(insert, org);
        });
    }
    template <typename F>
    auto book(F&& fn) {
        return db::transact(db.app(), {org}, [&](db::Transaction& tx) {
            return fn(Book{tx, org, db.ids, db.clock.now()});
        });
    }
    Entry entry(money::Int128 debit, money::Int128 credit) {
        return {"funding",
                cause,
                "k",
                std::nullopt,
                db.clock.now(),
                "",
                {{{AccountKind::expense}, {debit, k_kes}}, {{AccountKind::fx}, {credit, k_kes}}}};
    }
    std::string refusal(const Entry& wrong) {
        try {
            book([&](const Book& b) { return post(b, wrong); });
        } catch (const Error& error) {
            return error.first().code;
        }
        return "no error";
    }
};

} // namespace

TEST_CASE("an entry that does not add up, or says nothing, is refused", "[db]") {
    Desk desk;
    REQUIRE(desk.refusal(desk.entry(100, -99)) == "ledger.unbalanced");
    REQUIRE(desk.refusal(desk.entry(0, 0)) == "ledger.empty");
    REQUIRE(desk.refusal(desk.entry(100, -100)) == "no error");
}

TEST_CASE("a cause is posted once: the same again is the same entry, other figures are refused", "[db]") {
    Desk desk;
    const auto first = desk.book([&](const Book& b) { return post(b, desk.entry(100, -100)); });
    REQUIRE(desk.book([&](const Book& b) { return post(b, desk.entry(100, -100)); }) == first);
    REQUIRE(desk.refusal(desk.entry(101, -101)) == "ledger.cause_differs");
}

TEST_CASE("an entry is reversed once, and one that never was cannot be", "[db]") {
    Desk desk;
    const auto first = desk.book([&](const Book& b) { return post(b, desk.entry(100, -100)); });
    const auto undone = desk.book([&](const Book& b) { return reverse(b, first, "test"); });
    REQUIRE(desk.book([&](const Book& b) { return reverse(b, first, "test"); }) == undone);
    try {
        desk.book([&](const Book& b) { return reverse(b, desk.db.ids.make<JournalTag>(), "test"); });
        FAIL("reversed nothing");
    } catch (const Error& error) {
        REQUIRE(error.first().code == "ledger.no_entry");
    }
}

TEST_CASE("the book is corrected by entries of their own: the database takes nothing else", "[db]") {
    Desk desk;
    desk.book([&](const Book& b) { return post(b, desk.entry(100, -100)); });
    const auto refused = [&](std::string_view sql) {
        return test::problem_code([&] { desk.book([&](const Book& b) { b.tx.raw(sql); }); });
    };
    REQUIRE(refused("INSERT INTO posting SELECT organizer_id, journal_id, pos + 10, account_id, asset_id, amount FROM "
                    "posting") == "db.append_only");
    REQUIRE(refused("UPDATE posting SET amount = amount * 2") != "");
    REQUIRE(refused("DELETE FROM posting") != "");
    REQUIRE(refused("UPDATE asset SET scale = 0") != "");
}

TEST_CASE("the database knows the kinds of account that the code knows", "[db]") {
    Desk desk;
    auto check = desk.db.owner()
                     .connection()
                     .raw("SELECT pg_get_constraintdef(oid) AS said FROM pg_constraint WHERE conname = "
                          "'account_kind_check'")
                     .one()
                     .get<std::string>("said");
    for (const auto& row : k_account_kinds) {
        CAPTURE(row.name);
        REQUIRE(name(row.kind) == row.name);
        const auto at = check.find(fmt::format("'{}'", row.name));
        REQUIRE(at != std::string::npos);
        check.erase(at, row.name.size() + 2);
    }
    REQUIRE(check.find('\'') == std::string::npos); // none that only the database knows
}
