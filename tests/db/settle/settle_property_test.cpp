// Random sales with refunds and corrections: whatever the order and the steps, the same sums, and no unit is lost.
#include "lib/settle/checks.hpp"
#include "tests/support/property.hpp"
#include "tests/support/settle_fixture.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using money::Int128;
using Fixture = test::SettleFixture;

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
