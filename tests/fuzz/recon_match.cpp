// Any bytes as a seed and a series of changes to a truthful statement: whatever the rail says, every line ends in
// exactly one place, nobody is matched twice, booked and held is what moved, and the order of what goes in does not
// matter.
#include "tests/support/recon_world.hpp"

#include <cstdlib>

namespace {

using namespace passa;
using namespace passa::recon;
using rail::StatementLine;

class Reader {
public:
    Reader(const std::uint8_t* data, std::size_t size) : m_data(data, size) {}
    [[nodiscard]] bool done() const { return m_data.empty(); }
    std::uint8_t next() {
        if (m_data.empty()) return 0;
        const auto byte = m_data.front();
        m_data = m_data.subspan(1);
        return byte;
    }

private:
    ByteView m_data;
};

void change_line(Line& line, Reader& in, const MatchInput& world) {
    auto& said = line.said;
    const auto& other = world.lines[in.next() % world.lines.size()].said;
    switch (in.next() % 8) {
    case 0: said.amount = {said.amount.minor() + static_cast<std::int8_t>(in.next()), said.amount.asset()}; break;
    case 1: said.amount = -said.amount; break;
    case 2: said.amount = other.amount; break;
    case 3: said.counterparty = other.counterparty; break;
    case 4: said.external_ref += static_cast<char>(in.next()); break;
    case 5: said.external_ref = other.external_ref; break;
    case 6: said.kind = static_cast<StatementLine::Kind>(in.next() % 4); break;
    default: said.position = in.next(); break;
    }
}

void change_expected(Expected& expected, Reader& in) {
    switch (in.next() % 4) {
    case 0: expected.state = static_cast<payout::State>(in.next() % 12); break;
    case 1: expected.live = !expected.live; break;
    case 2: expected.matched = !expected.matched; break;
    default: expected.excused = !expected.excused; break;
    }
}

void change_fee(ExpectedFee& fee, Reader& in) {
    switch (in.next() % 4) {
    case 0: fee.booked = money::Amount{in.next(), {"XLM", 7}}; break;
    case 1: fee.over = !fee.over; break;
    case 2: fee.matched = !fee.matched; break;
    default: fee.most = in.next(); break;
    }
}

void change(MatchInput& world, Reader& in) {
    const auto line = in.next() % world.lines.size();
    switch (in.next() % 6) {
    case 0:
        if (world.lines.size() > 1) world.lines.erase(world.lines.begin() + static_cast<std::ptrdiff_t>(line));
        break;
    case 1:
        if (world.lines.size() < 200) {
            world.lines.push_back(world.lines[line]);
            const auto number = static_cast<std::uint16_t>(world.lines.size());
            world.lines.back().id[0] ^= static_cast<std::uint8_t>(number); // any other id will do
            world.lines.back().id[15] ^= 0xA5;
            world.lines.back().id[14] = static_cast<std::uint8_t>(in.next());
        }
        break;
    case 2: change_line(world.lines[line], in, world); break;
    case 3: change_expected(world.expected[in.next() % world.expected.size()], in); break;
    case 4: change_fee(world.fees[in.next() % world.fees.size()], in); break;
    default: world.complete = !world.complete; break;
    }
}

// Ids are the store's, and unique; copies of copies may have met here.
bool has_unique_ids(const MatchInput& world) {
    for (std::size_t i = 0; i < world.lines.size(); ++i)
        for (std::size_t j = i + 1; j < world.lines.size(); ++j)
            if (world.lines[i].id == world.lines[j].id) return false;
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Reader in{data, size};
    SeededRandom random{in.next()};
    auto world = test::make_truthful_world(random);
    for (int i = 0; i < 64 && !in.done(); ++i) change(world, in);
    if (!has_unique_ids(world)) return 0;
    const auto result = match(world);
    if (!test::find_broken_law(world, result).empty()) std::abort();
    test::shuffle(world, random);
    if (test::describe(match(world)) != test::describe(result)) std::abort();
    return 0;
}
