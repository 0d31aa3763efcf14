// Made-up attempts and lines.
#include "tests/support/recon_world.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace passa::test {

using namespace recon;
using money::Amount;
using LineKind = rail::StatementLine::Kind;

namespace {

IdBytes make_id(Random& random) {
    IdBytes id{};
    for (auto& byte : id) byte = static_cast<std::uint8_t>(random.below(256));
    return id;
}

Amount usdc(money::Int128 minor) { return {minor, {"USDC:G", 7}}; }
Amount xlm(money::Int128 minor) { return {minor, {"XLM", 7}}; }

void add_line(MatchInput& world, Random& random, rail::StatementLine said) {
    said.position = static_cast<std::int64_t>(world.lines.size()) + 1;
    said.booked_at = k_world_time;
    world.lines.push_back({make_id(random), std::move(said)});
}

} // namespace

MatchInput make_truthful_world(Random& random) {
    MatchInput world;
    world.complete = true;
    world.seen_at = k_world_time + std::chrono::hours{1};
    add_line(world, random, {"start:0", LineKind::funding, usdc(1'000'000), "GFUNDER", "", {}, 0});
    add_line(world, random, {"setup:upkeep", LineKind::fee, xlm(-100), "", "", {}, 0});
    int payee = 0;
    for (std::uint64_t a = 0; a < 1 + random.below(4); ++a) {
        const auto attempt = make_id(random);
        const auto key = to_hex(attempt);
        const auto fee = xlm(100 + static_cast<money::Int128>(random.below(900)));
        const bool booked = random.below(2) == 0;
        world.fees.push_back(
            {attempt, key, 1'000, booked ? std::optional{fee} : std::nullopt, true, false, false, k_world_time});
        add_line(world, random, {key + ":fee", LineKind::fee, -fee, "", "", {}, 0});
        for (std::size_t i = 0; i < 1 + random.below(5); ++i) {
            const auto amount = usdc(1 + static_cast<money::Int128>(random.below(20)));
            const auto destination = fmt::format("GPAYEE{}", payee++);
            world.expected.push_back({make_id(random), attempt, key, i, payout::State::confirmed, true, false, false,
                                      amount, destination, k_world_time});
            add_line(world, random, {fmt::format("{}:{}", key, i), LineKind::payment, -amount, destination, "", {}, 0});
        }
    }
    return world;
}

void shuffle(MatchInput& input, Random& random) {
    const auto mix = [&](auto& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.below(i)]);
    };
    mix(input.lines);
    mix(input.expected);
    mix(input.fees);
}

std::string describe(const MatchResult& result) {
    const auto hex = [](const std::optional<IdBytes>& id) { return id ? to_hex(*id) : std::string{"-"}; };
    std::string text;
    for (const auto& m : result.matches)
        text += fmt::format("{} {} {} {} {} {}\n", to_hex(m.line), m.rule, static_cast<int>(m.booking), hex(m.payout),
                            hex(m.attempt), m.moves_to_settled);
    for (const auto& b : result.breaks)
        text += fmt::format("{} {} {} {} {} {} {} {}\n", name(b.type), b.subject, b.why, b.amount, b.held, hex(b.line),
                            hex(b.payout), hex(b.attempt));
    return text;
}

std::string find_broken_law(const MatchInput& input, const MatchResult& result) {
    std::map<IdBytes, int> told;
    std::set<IdBytes> paid;
    std::set<IdBytes> charged;
    for (const auto& m : result.matches) {
        ++told[m.line];
        if (m.payout && !paid.insert(*m.payout).second) return "a payout is matched twice";
        if (!m.payout && m.attempt && !charged.insert(*m.attempt).second) return "a fee is matched twice";
    }
    for (const auto& b : result.breaks)
        if (b.line) ++told[*b.line];
    if (told.size() != input.lines.size()) return "a line is neither matched nor a break";
    if (std::any_of(told.begin(), told.end(), [](const auto& item) { return item.second != 1; }))
        return "a line is told twice";

    std::map<IdBytes, Amount> moved, booked;
    for (const auto& line : input.lines) moved.emplace(line.id, line.said.amount);
    for (const auto& e : input.expected) booked.insert_or_assign(e.payout, -e.amount);
    for (const auto& m : result.matches)
        if (m.payout && booked.at(*m.payout) != moved.at(m.line)) return "a match of another amount";
    for (const auto& b : result.breaks) {
        if (!b.line) {
            if (!b.held.is_zero()) return "something is held that never moved";
            continue;
        }
        if (b.type == BreakType::timing || b.type == BreakType::unknown_outcome || b.held == moved.at(*b.line))
            continue;
        const bool by_payout = b.payout && booked.at(*b.payout).asset() == b.held.asset() &&
                               b.held + booked.at(*b.payout) == moved.at(*b.line);
        const auto fee = std::find_if(input.fees.begin(), input.fees.end(),
                                      [&](const ExpectedFee& f) { return b.attempt == f.attempt; });
        const bool by_fee = b.type == BreakType::fee && fee != input.fees.end() && fee->booked &&
                            b.held - *fee->booked == moved.at(*b.line);
        if (!by_payout && !by_fee) return "what is booked and held is not what moved";
    }
    return {};
}

} // namespace passa::test
