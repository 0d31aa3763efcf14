// Ids: text and uuid forms round trip, order follows making, kinds do not mix.
#include "lib/base/id.hpp"

#include <catch2/catch.hpp>

using namespace passa;

namespace {
struct PayoutTag {
    static constexpr std::string_view prefix = "pay";
};
} // namespace

TEST_CASE("an id survives its text and its uuid", "[unit]") {
    FixedClock clock{parse_instant("2026-11-21T00:00:00Z").value()};
    SeededRandom random{7};
    IdSource ids{clock, random};
    for (int i = 0; i < 1000; ++i) {
        const auto id = ids.make<PayoutTag>();
        REQUIRE(Id<PayoutTag>::parse(id.text()).value() == id);
        REQUIRE(Id<PayoutTag>::from_uuid(id.uuid()) == id);
        if (i % 7 == 0) clock.advance(std::chrono::milliseconds{1});
    }
}

TEST_CASE("ids of one process strictly increase, even when the clock steps back", "[unit]") {
    FixedClock clock{parse_instant("2026-11-21T00:00:00Z").value()};
    SeededRandom random{7};
    IdSource ids{clock, random};
    auto last = ids.make<PayoutTag>();
    for (int i = 0; i < 1000; ++i) {
        clock.advance(std::chrono::milliseconds{i % 3 - 1});
        const auto id = ids.make<PayoutTag>();
        REQUIRE(id > last);
        REQUIRE(id.text() > last.text());
        last = id;
    }
}

TEST_CASE("an id is refused when its prefix, length or alphabet is wrong", "[unit]") {
    for (const auto* bad :
         {"", "pay_", "set_01h455vb4pex5vsknk084sn02q", "pay_01h455vb4pex5vsknk084sn02",
          "pay_81h455vb4pex5vsknk084sn02q", "pay_01h455vb4pex5vsknk084sn02u", "pay-01h455vb4pex5vsknk084sn02q"}) {
        CAPTURE(bad);
        REQUIRE(Id<PayoutTag>::parse(bad).problem().code == "id.text");
    }
}
