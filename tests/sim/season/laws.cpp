// Two queries, one question to the network, and sums.
#include "tests/sim/season/laws.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>

namespace passa::test {
namespace {

using nlohmann::json;

// One organizer's rows alone are in sight: so few that all are read every time.
constexpr db::Statement k_money{"season.money", R"sql(
WITH taken AS (
    SELECT l.net, l.creator_id
    FROM settlement_line s JOIN sale_line l USING (organizer_id, event_id) WHERE l.id = s.line_id AND l.organizer_id = $1
), due AS (
    SELECT d.kind, p.name, sum(d.delta)::text AS minor
    FROM settlement_due d JOIN party p ON p.organizer_id = d.organizer_id AND p.id = d.party_id
    WHERE d.organizer_id = $1 GROUP BY d.kind, p.name
), of_parties AS (
    SELECT p.name, a.kind IN ('party_payable', 'commission_payable') AS payable, 'payout_reserve' IN (j.kind, r.kind) AS reserve, o.amount
    FROM posting o
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
    JOIN party p ON p.organizer_id = a.organizer_id AND p.id = a.party_id
    JOIN journal j ON j.organizer_id = o.organizer_id AND j.id = o.journal_id
    LEFT JOIN journal r ON r.organizer_id = j.organizer_id AND r.id = j.reverses_id
    WHERE o.organizer_id = $1
)
SELECT json_build_object(
    'unbalanced', (SELECT count(*) FROM (SELECT 1 FROM posting WHERE organizer_id = $1 GROUP BY asset_id HAVING sum(amount) <> 0) x),
    'net', (SELECT coalesce(sum(net), 0)::text FROM sale_line WHERE organizer_id = $1),
    'settled', (SELECT coalesce(sum(net), 0)::text FROM taken),
    'credited', (SELECT coalesce(sum(net), 0)::text FROM taken WHERE creator_id IS NOT NULL),
    'shares', (SELECT coalesce(json_object_agg(name, minor), '{}') FROM due WHERE kind = 'share'),
    'commissions', (SELECT coalesce(json_object_agg(name, minor), '{}') FROM due WHERE kind = 'commission'),
    'reserved', (SELECT coalesce(json_object_agg(name, minor), '{}') FROM (
        SELECT name, sum(amount)::text AS minor FROM of_parties WHERE reserve GROUP BY name) x),
    'payable', (SELECT coalesce(json_object_agg(name, minor), '{}') FROM (
        SELECT name, (-sum(amount))::text AS minor FROM of_parties WHERE payable GROUP BY name) x))::text AS seen)sql"};

constexpr db::Statement k_ways{"season.ways", R"sql(
WITH way AS (
    SELECT p.id, p.destination, p.state, p.amount_minor, p.owed_minor, p.party_id, p.source
    FROM payout p WHERE p.organizer_id = $1 AND p.state NOT IN ('planned', 'ready', 'blocked', 'cancelled')
), holding AS (
    SELECT * FROM way WHERE state IN ('reserved', 'sending', 'accepted', 'unknown', 'confirmed', 'settled')
)
SELECT json_build_object(
    'twice', (SELECT count(*) FROM (SELECT 1 FROM payout_attempt_line WHERE organizer_id = $1 AND live GROUP BY payout_id HAVING count(*) > 1) x),
    'failed', (SELECT count(*) FROM way WHERE state = 'failed'),
    'held', (SELECT coalesce(json_object_agg(name, minor), '{}') FROM (
        SELECT p.name, sum(h.owed_minor)::text AS minor FROM holding h JOIN party p ON p.organizer_id = $1 AND p.id = h.party_id
        WHERE h.source = 'payable' GROUP BY p.name) x),
    'set_aside', (SELECT coalesce(json_object_agg(destination, minor), '{}') FROM (
        SELECT destination, sum(amount_minor)::text AS minor FROM holding GROUP BY destination) x),
    'paid', (SELECT coalesce(json_object_agg(destination, minor), '{}') FROM (
        SELECT destination, sum(amount_minor)::text AS minor FROM way WHERE state IN ('confirmed', 'settled') GROUP BY destination) x),
    'open', (SELECT coalesce(json_agg(json_build_array(
            (SELECT t.key FROM payout_attempt_line l JOIN payout_attempt t ON t.organizer_id = l.organizer_id AND t.id = l.attempt_id
             WHERE l.organizer_id = $1 AND l.payout_id = way.id AND l.live LIMIT 1), destination, amount_minor::text)), '[]') FROM way
        WHERE state IN ('sending', 'accepted', 'unknown')),
    'breaks', (SELECT count(*) FROM recon_break WHERE organizer_id = $1 AND closed_at IS NULL AND type = 'MISSING_INTERNAL'),
    'batches', (SELECT coalesce(json_agg(json_build_array(id, state) ORDER BY id), '[]') FROM payout_batch
        WHERE organizer_id = $1 AND state NOT IN ('drained', 'cancelled')))::text AS seen)sql"};

constexpr int k_looks_apart = 16; // at the most, between two readings of the sums

std::int64_t minor(const json& value) { return std::stoll(value.get<std::string>()); }

Sums sums(const json& object) {
    Sums all;
    for (const auto& [name, value] : object.items()) all[name] = minor(value);
    return all;
}

std::int64_t at(const Sums& sums, const std::string& name) {
    const auto it = sums.find(name);
    return it == sums.end() ? 0 : it->second;
}

std::int64_t total(const Sums& sums) {
    std::int64_t all = 0;
    for (const auto& [name, value] : sums) all += value;
    return all;
}

} // namespace

namespace {
json read(db::Database& db, OrganizerId organizer, const db::Statement& statement) {
    return json::parse(db::transact(db, {.organizer = organizer, .read_only = true}, [&](db::Transaction& tx) {
        return tx.run(statement, organizer).one().get<std::string>("seen");
    }));
}
} // namespace

MoneySeen look_at_money(db::Database& db, OrganizerId organizer) {
    const auto seen = read(db, organizer, k_money);
    return {seen.at("unbalanced"),      minor(seen.at("net")),   minor(seen.at("settled")),
            minor(seen.at("credited")), sums(seen.at("shares")), sums(seen.at("commissions")),
            sums(seen.at("reserved")),  sums(seen.at("payable"))};
}

WaysSeen look_at_ways(db::Database& db, OrganizerId organizer) {
    const auto seen = read(db, organizer, k_ways);
    WaysSeen ways{seen.at("twice"),
                  seen.at("failed"),
                  sums(seen.at("held")),
                  sums(seen.at("set_aside")),
                  sums(seen.at("paid")),
                  {},
                  {},
                  seen.at("breaks")};
    for (const auto& one : seen.at("open"))
        ways.open.push_back({one.at(0).is_null() ? "" : one.at(0), one.at(1), minor(one.at(2))});
    for (const auto& one : seen.at("batches"))
        ways.batches.push_back({BatchId::from_uuid(one.at(0).get<std::string>()), one.at(1)});
    return ways;
}

Laws::Laws(FreshDatabase& db, LocalNetwork& network, Festival& festival)
    : m_db(db), m_network(network), m_festival(festival), m_held(network.holdings(festival.payees())) {}

std::string Laws::find_broken(const Step& step) {
    m_ways = look_at_ways(m_db.app(), m_festival.org);
    if (step.may_post || m_looks % k_looks_apart == 0) m_now = look_at_money(m_db.app(), m_festival.org);
    ++m_looks;
    if (m_moved != m_network.moved()) m_held = m_network.holdings(m_festival.payees());
    m_moved = m_network.moved();
    m_festival.batches = m_ways.batches;
    m_festival.breaks = m_ways.breaks;
    if (m_now.unbalanced > 0) return "the postings of an asset do not add up to zero";
    if (m_ways.twice > 0) return "a payout has two attempts that are not proved dead";
    for (const auto& broken :
         {check_sales(step.settled), check_shares(), check_reserved(), check_owed(), check_chain()})
        if (!broken.empty()) return broken;
    m_reserved_before = m_now.reserved;
    return {};
}

// A file is in as a whole or not at all, however its import ended.
std::string Laws::check_sales(bool settled) const {
    const auto& waiting = m_festival.waiting();
    const auto sold = net_of(m_festival.tickets());
    if (m_now.net != sold && !(waiting && m_now.net == net_of(waiting->after)))
        return fmt::format("the box office sold {} net of refunds, the book has {}", sold, m_now.net);
    if (settled && m_now.settled != m_now.net)
        return fmt::format("settled through now: {} of {}", m_now.settled, m_now.net);
    return {};
}

// Commission and shares of what was settled, each within a unit of its exact part, and all of it given to somebody.
std::string Laws::check_shares() const {
    const auto commission = total(m_now.commissions);
    const auto off = std::llabs(commission * 1'000'000 - m_now.credited * k_commission_ppm);
    if (2 * off > 1'000'000) return fmt::format("the commission on {} is {}", m_now.credited, commission);
    const auto pool = m_now.settled - commission;
    if (total(m_now.shares) != pool) return fmt::format("shares add up to {} of {}", total(m_now.shares), pool);
    for (std::size_t n = 0; n < std::size(k_ppm); ++n) {
        const auto share = at(m_now.shares, std::string{k_parties[n]});
        if (std::llabs(share * 1'000'000 - pool * k_ppm[n]) >= 1'000'000)
            return fmt::format("the {} has {} of {}", k_parties[n], share, pool);
    }
    return {};
}

// A refund may leave a party with less than was set aside for it; nothing more is set aside then.
std::string Laws::check_reserved() const {
    for (const auto& [party, reserved] : m_now.reserved) {
        const auto earned = at(m_now.shares, party) + at(m_now.commissions, party);
        if (reserved < 0) return fmt::format("{} gave back more than was set aside: {}", party, reserved);
        if (reserved > earned && reserved > at(m_reserved_before, party))
            return fmt::format("{} earned {}, and {} was set aside", party, earned, reserved);
    }
    return {};
}

// What was earned is with payouts that hold or paid it, or is still owed: what one gave back is owed again.
std::string Laws::check_owed() const {
    for (const auto& party : k_parties) {
        const std::string name{party};
        const auto earned = at(m_now.shares, name) + at(m_now.commissions, name);
        if (at(m_now.reserved, name) != at(m_ways.held, name))
            return fmt::format("the book set {} aside for the {}, and its payouts hold or paid {}",
                               at(m_now.reserved, name), name, at(m_ways.held, name));
        if (earned != at(m_now.payable, name) + at(m_ways.held, name))
            return fmt::format("the {} earned {}, payouts hold or paid {}, and {} is owed", name, earned,
                               at(m_ways.held, name), at(m_now.payable, name));
    }
    return {};
}

std::string Laws::check_chain() {
    auto expected = m_ways.paid;
    for (const auto& open : m_ways.open) {
        if (open.key.empty()) return fmt::format("money for {} is on its way by no attempt", open.destination);
        if (m_network.is_applied(open.key)) expected[open.destination] += open.amount;
    }
    for (const auto& [address, held] : m_held) {
        if (held != at(expected, address))
            return fmt::format("{} holds {} on the chain, the book says {}", address, held, at(expected, address));
        if (held > at(m_ways.set_aside, address))
            return fmt::format("{} was paid {}, and {} was set aside", address, held, at(m_ways.set_aside, address));
    }
    for (const auto& [address, paid] : expected)
        if (!m_held.contains(address)) return fmt::format("{} is nobody's, and was paid {}", address, paid);
    return {};
}

// Nobody is owed anything any more, but those of whom a refund took more than they had left.
std::string Laws::find_left_over() {
    if (!m_ways.open.empty()) return "a payout is still on its way";
    if (!m_ways.batches.empty()) return "a batch is not done";
    if (m_now.net != net_of(m_festival.tickets()) || m_now.settled != m_now.net) return "sales are not settled";
    for (const auto& party : k_parties) {
        const std::string name{party};
        const auto owed = at(m_now.shares, name) + at(m_now.commissions, name) - at(m_now.reserved, name);
        if (owed > 0) return fmt::format("{} is still owed {}", name, owed);
    }
    return {};
}

} // namespace passa::test
