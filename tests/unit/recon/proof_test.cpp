// The arithmetic of a stretch of history.
#include "lib/base/random.hpp"
#include "lib/recon/proof.hpp"

#include <catch2/catch.hpp>

using namespace passa;
using namespace passa::recon;
using LineKind = rail::StatementLine::Kind;

namespace {
Amount usdc(money::Int128 minor) { return {minor, {"USDC", 7}}; }
Amount xlm(money::Int128 minor) { return {minor, {"XLM", 7}}; }
rail::StatementLine line(LineKind kind, Amount amount) { return {"K:0", kind, std::move(amount), "", "", {}, 1}; }
} // namespace

TEST_CASE("opening + in - out - fees is closing, per asset", "[unit]") {
    const std::vector opening{usdc(100), xlm(50)};
    const std::vector lines{line(LineKind::funding, usdc(30)), line(LineKind::payment, usdc(-70)),
                            line(LineKind::fee, xlm(-7))};
    const auto proofs = prove(opening, lines, std::vector{usdc(60), xlm(43)});
    REQUIRE(proofs.size() == 2);
    REQUIRE(proofs[0].money_in == usdc(30));
    REQUIRE(proofs[0].money_out == usdc(70));
    REQUIRE(proofs[1].fees == xlm(7));
    for (const auto& p : proofs) REQUIRE(p.gap.is_zero());
}

TEST_CASE("every asset with a closing balance is proved, and no other", "[unit]") {
    REQUIRE(prove(std::vector{usdc(5)}, {}, std::vector{usdc(0)}).front().gap == usdc(5));
    REQUIRE(prove({}, {}, std::vector{usdc(5)}).front().gap == usdc(-5));
    REQUIRE(prove(std::vector{usdc(5)}, {}, std::vector{xlm(0)}).size() == 1);
    REQUIRE(prove({}, {}, {}).empty());
}

TEST_CASE("one lost or changed line opens a gap of exactly its amount", "[unit][prop]") {
    SeededRandom random{7};
    for (int round = 0; round < 200; ++round) {
        std::vector<rail::StatementLine> lines;
        Amount closing = usdc(1000);
        for (std::size_t i = 0; i < 1 + random.below(20); ++i) {
            const auto moved = static_cast<money::Int128>(random.below(1000)) - 500;
            lines.push_back(line(moved < 0 && random.below(2) == 0 ? LineKind::fee : LineKind::other, usdc(moved)));
            closing += usdc(moved);
        }
        REQUIRE(prove(std::vector{usdc(1000)}, lines, std::vector{closing}).front().gap.is_zero());
        const auto lost = random.below(lines.size());
        const auto missing = lines[lost].amount;
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(lost));
        REQUIRE(prove(std::vector{usdc(1000)}, lines, std::vector{closing}).front().gap == -missing);
    }
}
