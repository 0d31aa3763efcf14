// Its declaration, its box office.
#include "tests/sim/season/festival.hpp"

#include <fstream>

namespace passa::test {
namespace {

constexpr std::string_view k_head =
    "external_order_id,external_line_id,tier,quantity,currency,gross_minor,discount_minor,tax_minor,fee_platform_minor,"
    "fee_payment_minor,status,paid_at,voucher,refunded_minor,refunded_at\n";

std::int64_t amount(SeededRandom& random, std::uint64_t most) {
    return 1 + static_cast<std::int64_t>(random.below(most));
}

std::string row(int order, const Ticket& t) {
    return fmt::format("A{},1,regular,1,KES,{},0,{},{},0,paid,{},{},{},{}\n", order, t.gross, t.tax, t.fee, t.paid_at,
                       t.code, t.refunded == 0 ? std::string{} : std::to_string(t.refunded), t.refunded_at);
}

} // namespace

std::int64_t net_of(const Tickets& tickets) {
    std::int64_t net = 0;
    for (const auto& [order, ticket] : tickets) net += ticket.net();
    return net;
}

Festival::Festival(FreshDatabase& db, LocalNetwork& network, FixedClock& clock, int number,
                   const std::filesystem::path& folder)
    : servers(1 + number % 2), org(db.add_organizer(fmt::format("organizer-{}", number))),
      event(db.ids.make<EventTag>()), m_db(db), m_network(network), m_clock(clock),
      m_first(k_first_account + number * k_accounts_each), m_folder(folder / std::to_string(number)),
      m_treasury(db.ids.make<TreasuryTag>()) {
    std::filesystem::create_directories(m_folder);
    declare();
}

// Plain SQL instead of manifests: a season is not about them.
void Festival::declare() {
    const auto id = [&] { return id_text::uuid(m_db.ids.next()); };
    const auto plan = id(), version = id(), campaign = id(), terms = id(), dollar = m_network.dollar();
    const std::string of = fmt::format("'{}', '{}'", org.uuid(), event.uuid());
    std::string sql = fmt::format(
        "INSERT INTO asset VALUES ('{0}', 'KES', 2), ('{0}', '{1}', 7), ('{0}', 'XLM', 7);"
        "INSERT INTO event (organizer_id, id, name, title, zone, currency_id, starts_at, ends_at, oversell) VALUES "
        "({2}, 'show', 'Show', 'Africa/Nairobi', 'KES', '2031-03-06', '2031-03-07', 'record');"
        "INSERT INTO tier (organizer_id, event_id, id, name, title, match_names, price_minor, asset_id) VALUES "
        "({2}, '{3}', 'regular', 'Regular', '{{regular}}', 150000, 'KES');"
        "INSERT INTO treasury (organizer_id, id, name, rail, network_name, account, asset_id, funded_from) VALUES "
        "('{0}', '{4}', 'main', 'stellar', 'standalone', '{5}', '{1}', '{{{6}}}');"
        "INSERT INTO payout_policy (organizer_id, id, name, version, effective_from, single_person, created_at) VALUES "
        "('{0}', '{7}', 'usual', 1, '-infinity', false, '-infinity');"
        "INSERT INTO exchange_rate (organizer_id, id, name, version, from_asset_id, to_asset_id, mantissa, decimals, "
        "effective_from, source, created_at) VALUES ('{0}', '{8}', 'fx', 1, 'KES', '{1}', 77519, 7, '-infinity', "
        "'a bank', '-infinity');",
        org.uuid(), dollar, of, id(), m_treasury.uuid(), treasury_address(), m_network.address(0), id(), id());
    sql += fmt::format(
        "INSERT INTO split_plan VALUES ({0}, '{1}', 'show');"
        "INSERT INTO split_plan_version (organizer_id, event_id, id, plan_id, version, effective_from, basis, "
        "created_at) VALUES ({0}, '{2}', '{1}', 1, '-infinity', 'net', '-infinity');"
        "INSERT INTO tier_plan VALUES ({0}, '{2}', NULL);"
        "INSERT INTO campaign VALUES ({0}, '{3}', 'creators');"
        "INSERT INTO campaign_version (organizer_id, event_id, id, campaign_id, version, effective_from, rate_ppm, "
        "created_at) VALUES ({0}, '{4}', '{3}', 1, '-infinity', {5}, '-infinity');",
        of, plan, version, campaign, terms, k_commission_ppm);
    for (int n = 0; n < std::ssize(k_parties); ++n) {
        const auto party = id();
        const bool creates = k_parties[n] == "creator";
        sql += fmt::format("INSERT INTO party (organizer_id, id, name, role, title, rail, destination, "
                           "payout_asset_id) VALUES ('{}', '{}', '{}', '{}', 'x', 'stellar', '{}', '{}');",
                           org.uuid(), party, k_parties[n], creates ? "creator" : "party",
                           m_network.address(payee(2 * n)), dollar);
        sql += creates ? fmt::format("INSERT INTO promo_code (organizer_id, event_id, code, campaign_id, creator_id) "
                                     "VALUES ({}, 'CODE', '{}', '{}');",
                                     of, campaign, party)
                       : fmt::format("INSERT INTO split_share VALUES ({}, '{}', {}, '{}', {});", of, version, n, party,
                                     k_ppm[n]);
    }
    db::transact(m_db.app(), {org}, [&](db::Transaction& tx) { tx.raw(sql); });
}

void Festival::sell_more(Deed deed, SeededRandom& random) {
    if (m_waiting) return;
    m_waiting = Export{m_folder / fmt::format("{}.csv", ++m_files), m_tickets};
    auto& tickets = m_waiting->after;
    std::set<int> told;
    const auto now = to_text(m_clock.now());
    for (auto rows = 1 + random.below(4); rows > 0; --rows) {
        if (deed == Deed::sell || tickets.empty()) {
            Ticket t{amount(random, 600'000), 0, 0, 0, random.below(3) == 0 ? "CODE" : "", now, ""};
            if (random.below(4) == 0 && t.code.empty()) t.tax = t.gross / 8, t.fee = t.gross / 31;
            told.insert(++m_orders);
            tickets[m_orders] = t;
            continue;
        }
        auto it = std::next(tickets.begin(), static_cast<std::ptrdiff_t>(random.below(tickets.size())));
        auto& [order, t] = *it;
        told.insert(order);
        if (deed == Deed::refund && t.is_plain() && t.refunded < t.gross) {
            t.refunded += random.below(2) == 0 ? t.gross - t.refunded
                                               : amount(random, static_cast<std::uint64_t>(t.gross - t.refunded));
            t.refunded_at = now;
        } else if (deed == Deed::correct && t.is_plain() && t.refunded == 0) {
            t.gross = amount(random, 600'000);
        }
    }
    write_file({told.begin(), told.end()});
}

void Festival::write_file(const std::vector<int>& orders) {
    std::ofstream out{m_waiting->file};
    out << k_head;
    for (const auto order : orders) out << row(order, m_waiting->after.at(order));
}

std::vector<std::string> Festival::payees() const {
    std::vector<std::string> all;
    for (int n = 0; n < k_accounts_each - 1; ++n) all.push_back(m_network.address(payee(n)));
    return all;
}

void Festival::shut(int number, bool closed) {
    const auto held = m_network.holdings({m_network.address(number)}).begin()->second;
    if (!m_network.limit_trust(number, closed ? held + 1 : -1)) return;
    if (closed)
        m_shut.insert(number);
    else
        m_shut.erase(number);
}

void Festival::open_doors() {
    while (!m_shut.empty()) shut(*m_shut.begin(), false);
}

void Festival::move(Hand& hand) {
    const auto n = static_cast<int>(hand.random.below(std::size(k_parties)));
    const auto to = m_network.address(payee(2 * n + static_cast<int>(hand.random.below(2))));
    db::transact(hand.db, {.organizer = org, .what = "season.move"}, [&](db::Transaction& tx) {
        tx.run({"season.move_party", "UPDATE party SET destination = $3 WHERE organizer_id = $1 AND name = $2"}, org,
               k_parties[n], to);
    });
}

} // namespace passa::test
