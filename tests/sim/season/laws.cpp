// One query, one question to the network, and sums.
#include "tests/sim/season/laws.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>

namespace passa::test {
namespace {

using nlohmann::json;

// One organizer's rows alone are in sight: so few that all are read every time.
constexpr db::Statement k_look{"season.look", R"sql(
WITH way AS (
    SELECT p.destination, p.state, p.amount_minor,
           (SELECT t.key FROM payout_attempt_line l
            JOIN payout_attempt t ON t.organizer_id = l.organizer_id AND t.id = l.attempt_id
            WHERE l.organizer_id = p.organizer_id AND l.payout_id = p.id AND l.live LIMIT 1) AS key
    FROM payout p WHERE p.organizer_id = $1
), taken AS (
    SELECT l.net, l.creator_id
    FROM settlement_line s JOIN sale_line l USING (organizer_id, event_id) WHERE l.id = s.line_id AND l.organizer_id = $1
), due AS (
    SELECT d.kind, p.name, sum(d.delta)::text AS minor
    FROM settlement_due d JOIN party p ON p.organizer_id = d.organizer_id AND p.id = d.party_id
    WHERE d.organizer_id = $1 GROUP BY d.kind, p.name
), reserved AS (
    SELECT p.name, sum(o.amount)::text AS minor
    FROM journal j
    LEFT JOIN journal r ON r.organizer_id = j.organizer_id AND r.id = j.reverses_id
    JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
    JOIN party p ON p.organizer_id = a.organizer_id AND p.id = a.party_id
    WHERE j.organizer_id = $1 AND 'payout_reserve' IN (j.kind, r.kind) GROUP BY p.name
)
SELECT json_build_object(
    'unbalanced', (SELECT count(*) FROM (SELECT 1 FROM posting WHERE organizer_id = $1 GROUP BY asset_id HAVING sum(amount) <> 0) x),
    'twice', (SELECT count(*) FROM (SELECT 1 FROM payout_attempt_line WHERE organizer_id = $1 AND live GROUP BY payout_id HAVING count(*) > 1) x),
    'net', (SELECT coalesce(sum(net), 0)::text FROM sale_line WHERE organizer_id = $1),
    'settled', (SELECT coalesce(sum(net), 0)::text FROM taken),
    'credited', (SELECT coalesce(sum(net), 0)::text FROM taken WHERE creator_id IS NOT NULL),
    'shares', (SELECT coalesce(json_object_agg(name, minor), '{}') FROM due WHERE kind = 'share'),
    'commissions', (SELECT coalesce(json_object_agg(name, minor), '{}') FROM due WHERE kind = 'commission'),
    'reserved', (SELECT coalesce(json_object_agg(name, minor), '{}') FROM reserved),
    'set_aside', (SELECT coalesce(json_object_agg(destination, minor), '{}') FROM (
        SELECT destination, sum(amount_minor)::text AS minor FROM way
        WHERE state IN ('reserved', 'sending', 'accepted', 'unknown', 'confirmed', 'settled') GROUP BY destination) x),
    'paid', (SELECT coalesce(json_object_agg(destination, minor), '{}') FROM (
        SELECT destination, sum(amount_minor)::text AS minor FROM way WHERE state IN ('confirmed', 'settled') GROUP BY destination) x),
    'open', (SELECT coalesce(json_agg(json_build_array(key, destination, amount_minor::text)), '[]') FROM way
        WHERE state IN ('sending', 'accepted', 'unknown')),
    'breaks', (SELECT count(*) FROM recon_break WHERE organizer_id = $1 AND closed_at IS NULL AND type = 'MISSING_INTERNAL'),
    'batches', (SELECT coalesce(json_agg(json_build_array(id, state) ORDER BY id), '[]') FROM payout_batch
        WHERE organizer_id = $1 AND state NOT IN ('drained', 'cancelled')))::text AS seen)sql"};

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

BookSeen look(db::Database& db, OrganizerId organizer) {
    const auto seen =
        json::parse(db::transact(db, {.organizer = organizer, .read_only = true}, [&](db::Transaction& tx) {
            return tx.run(k_look, organizer).one().get<std::string>("seen");
        }));
    BookSeen book{seen.at("unbalanced"),
                  seen.at("twice"),
                  minor(seen.at("net")),
                  minor(seen.at("settled")),
                  minor(seen.at("credited")),
                  sums(seen.at("shares")),
                  sums(seen.at("commissions")),
                  sums(seen.at("reserved")),
                  sums(seen.at("set_aside")),
                  sums(seen.at("paid")),
                  {},
                  {},
                  seen.at("breaks")};
    for (const auto& one : seen.at("open"))
        book.open.push_back({one.at(0).is_null() ? "" : one.at(0), one.at(1), minor(one.at(2))});
    for (const auto& one : seen.at("batches"))
        book.batches.push_back({BatchId::from_uuid(one.at(0).get<std::string>()), one.at(1)});
    return book;
}

Laws::Laws(FreshDatabase& db, LocalNetwork& network, Festival& festival)
    : m_db(db), m_network(network), m_festival(festival), m_held(network.holdings(festival.payees())) {}

std::string Laws::find_broken(bool settled) {
    m_now = look(m_db.app(), m_festival.org);
    if (m_moved != m_network.moved()) m_held = m_network.holdings(m_festival.payees());
    m_moved = m_network.moved();
    m_festival.batches = m_now.batches;
    m_festival.breaks = m_now.breaks;
    if (m_now.unbalanced > 0) return "the postings of an asset do not add up to zero";
    if (m_now.twice > 0) return "a payout has two attempts that are not proved dead";
    for (const auto& broken : {check_sales(settled), check_shares(), check_reserved(), check_chain()})
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

std::string Laws::check_chain() {
    auto expected = m_now.paid;
    for (const auto& open : m_now.open) {
        if (open.key.empty()) return fmt::format("money for {} is on its way by no attempt", open.destination);
        if (m_network.is_applied(open.key)) expected[open.destination] += open.amount;
    }
    for (const auto& [address, held] : m_held) {
        if (held != at(expected, address))
            return fmt::format("{} holds {} on the chain, the book says {}", address, held, at(expected, address));
        if (held > at(m_now.set_aside, address))
            return fmt::format("{} was paid {}, and {} was set aside", address, held, at(m_now.set_aside, address));
    }
    for (const auto& [address, paid] : expected)
        if (!m_held.contains(address)) return fmt::format("{} is nobody's, and was paid {}", address, paid);
    return {};
}

// Nobody is owed anything any more, but those of whom a refund took more than they had left.
std::string Laws::find_left_over() {
    if (!m_now.open.empty()) return "a payout is still on its way";
    if (!m_now.batches.empty()) return "a batch is not done";
    if (m_now.net != net_of(m_festival.tickets()) || m_now.settled != m_now.net) return "sales are not settled";
    for (const auto& party : k_parties) {
        const std::string name{party};
        const auto owed = at(m_now.shares, name) + at(m_now.commissions, name) - at(m_now.reserved, name);
        if (owed > 0) return fmt::format("{} is still owed {}", name, owed);
    }
    return {};
}

} // namespace passa::test
