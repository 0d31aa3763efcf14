// Ledgers close every five seconds of the injected clock, whoever looks.
#include "tests/support/fake_rail.hpp"

#include "lib/crypto/hash.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace passa::test {

using nlohmann::json;
using rail::Outcome;
using rail::Standing;

namespace {

constexpr std::int64_t k_close_seconds = 5;
constexpr std::int64_t k_fee_per_order = 100;
constexpr std::int64_t k_valid_seconds = 60;
constexpr std::int64_t k_margin_seconds = 2 * k_close_seconds;
const money::Asset k_fee_asset{"XLM", 7};

std::int64_t seconds_of(Instant at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

Instant instant_of(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

money::Int128 read_minor(const json& value) { return money::parse_int128(value.get<std::string>()).value(); }

json payments_to_json(const std::vector<FakePayment>& payments) {
    json all = json::array();
    for (const auto& p : payments) all.push_back({p.key, p.reference, p.destination, money::to_text(p.amount)});
    return all;
}

std::vector<FakePayment> payments_of(const json& all) {
    std::vector<FakePayment> payments;
    for (const auto& p : all) payments.push_back({p.at(0), p.at(1), p.at(2), read_minor(p.at(3))});
    return payments;
}

} // namespace

FakeNetwork::FakeNetwork(std::filesystem::path file, money::Asset asset)
    : m_file(std::move(file)), m_asset(std::move(asset)) {
    if (!std::filesystem::exists(m_file)) save();
}

std::string FakeNetwork::text_of(const Envelope& envelope) {
    return json{envelope.sequence, envelope.valid_until, payments_to_json(envelope.payments)}.dump();
}

FakeNetwork::Envelope FakeNetwork::parse_envelope(std::string_view text) {
    const auto value = json::parse(text);
    return {value.at(0), value.at(1), payments_of(value.at(2))};
}

void FakeNetwork::load() {
    std::ifstream in{m_file};
    const auto v = json::parse(in);
    m_ledger = v.at("ledger");
    m_time = v.at("time");
    m_sequence = v.at("sequence");
    m_balance = read_minor(v.at("balance"));
    m_fees = read_minor(v.at("fees"));
    m_fee_funds = read_minor(v.at("fee_funds"));
    m_shut = v.at("shut").get<std::set<std::string>>();
    m_paid = payments_of(v.at("paid"));
    m_pending.clear();
    for (const auto& p : v.at("pending"))
        m_pending.push_back({parse_envelope(p.at(0).get<std::string>()), p.at(1), p.at(2), p.at(3)});
    m_closed.clear();
    for (const auto& [key, c] : v.at("closed").items()) m_closed[key] = {c.at(0), c.at(1), c.at(2)};
}

void FakeNetwork::save() const {
    json v{{"ledger", m_ledger},
           {"time", m_time},
           {"sequence", m_sequence},
           {"balance", money::to_text(m_balance)},
           {"fees", money::to_text(m_fees)},
           {"fee_funds", money::to_text(m_fee_funds)},
           {"shut", m_shut},
           {"paid", payments_to_json(m_paid)},
           {"pending", json::array()},
           {"closed", json::object()}};
    for (const auto& p : m_pending) v["pending"].push_back({text_of(p.envelope), p.key, p.include_at, p.doomed});
    for (const auto& [key, c] : m_closed) v["closed"][key] = {c.ledger, c.success, c.codes};
    const auto fresh = m_file.string() + ".new";
    std::ofstream{fresh} << v.dump();
    std::filesystem::rename(fresh, m_file); // a killed process leaves the old state or the new one
}

std::vector<FakePayment> FakeNetwork::payments() { return load(), m_paid; }
money::Int128 FakeNetwork::balance() { return load(), m_balance; }
money::Int128 FakeNetwork::fees() { return load(), m_fees; }
void FakeNetwork::fund(money::Int128 minor) { load(), m_balance += minor, save(); }
void FakeNetwork::fund_fees(money::Int128 minor) { load(), m_fee_funds = minor, save(); }
void FakeNetwork::close_destination(const std::string& destination) { load(), m_shut.insert(destination), save(); }
void FakeNetwork::open_destination(const std::string& destination) { load(), m_shut.erase(destination), save(); }

void FakeNetwork::pass(Duration time, Instant now) {
    load();
    if (m_time == 0) m_time = seconds_of(now);
    const auto until = seconds_of(now + time);
    while (m_time + k_close_seconds <= until) close_ledger();
    save();
}

void FakeNetwork::close_ledger() {
    ++m_ledger;
    m_time += k_close_seconds;
    auto pending = std::move(m_pending);
    m_pending.clear();
    for (auto& p : pending) {
        if (p.include_at > m_ledger)
            m_pending.push_back(std::move(p));
        else if (!p.doomed)
            apply(p);
    }
}

void FakeNetwork::apply(const Pending& pending) {
    const auto& envelope = pending.envelope;
    if (envelope.valid_until < m_time || envelope.sequence <= m_sequence) return; // too late, or a used sequence: never
    if (envelope.sequence > m_sequence + 1) {
        m_pending.push_back(pending);
        return;
    }
    m_sequence = envelope.sequence;
    const auto fee = k_fee_per_order * static_cast<std::int64_t>(envelope.payments.size());
    m_fees += fee;
    (m_asset == k_fee_asset ? m_balance : m_fee_funds) -= fee;
    Closed closed{m_ledger, true, {}};
    money::Int128 total = 0;
    for (const auto& p : envelope.payments) {
        total += p.amount;
        const bool shut = m_shut.contains(p.destination);
        closed.codes.emplace_back(shut ? "NO_DESTINATION" : total > m_balance ? "UNDERFUNDED" : "SUCCESS");
        closed.success = closed.success && closed.codes.back() == "SUCCESS";
    }
    if (closed.success) {
        m_balance -= total;
        for (auto p : envelope.payments) {
            p.key = pending.key;
            m_paid.push_back(std::move(p));
        }
    }
    m_closed[pending.key] = std::move(closed);
}

void FakeRail::catch_up() { m_network.pass(Duration::zero(), m_clock.now()); }

money::Amount FakeRail::most_cost(std::size_t orders) const {
    return {k_fee_per_order * static_cast<std::int64_t>(orders), k_fee_asset};
}

std::vector<std::string> FakeRail::find_obstacles(std::span<const rail::Order> orders,
                                                  const std::function<void()>& meanwhile) {
    m_network.load();
    std::vector<std::string> obstacles;
    for (const auto& order : orders) {
        obstacles.emplace_back(m_preflight && m_network.m_shut.contains(order.destination) ? "the destination is shut"
                                                                                           : "");
        meanwhile();
    }
    return obstacles;
}

std::vector<money::Amount> FakeRail::balances() {
    catch_up();
    std::vector<money::Amount> all{money::Amount{m_network.m_balance, m_network.m_asset}};
    if (m_network.m_asset != k_fee_asset) all.emplace_back(m_network.m_fee_funds, k_fee_asset);
    return all;
}

void FakeRail::get_ready(const rail::Numbers& known) {
    catch_up();
    if (known.dead && *known.dead > m_network.m_sequence + 1)
        throw Error{{Kind::internal, "test.gap", "the dead number was never to be had", ""}};
}

rail::Attempt FakeRail::prepare(std::span<const rail::Order> orders) {
    FakeNetwork::Envelope envelope{m_network.m_sequence + 1, seconds_of(m_clock.now()) + k_valid_seconds, {}};
    for (const auto& order : orders)
        envelope.payments.push_back({"", order.reference, order.destination, order.amount.minor()});
    const auto text = FakeNetwork::text_of(envelope);
    rail::Attempt attempt;
    attempt.payload = Bytes(text.begin(), text.end());
    attempt.key = to_hex(crypto::sha256(attempt.payload));
    attempt.source = "FAKE";
    attempt.network = "fake";
    attempt.sequence = envelope.sequence;
    attempt.max_fee = most_cost(orders.size());
    attempt.valid_until = instant_of(envelope.valid_until);
    attempt.first_position = m_network.m_ledger;
    return attempt;
}

rail::Evidence FakeRail::evidence(std::string kind, const rail::Attempt& attempt, const std::string& details) {
    return {std::move(kind), attempt.key, Bytes(details.begin(), details.end()),
            json{{"ledger", m_network.m_ledger}}.dump(), m_clock.now()};
}

Outcome FakeRail::send(const rail::Attempt& attempt) {
    const Outcome nothing_heard{Standing::unknown, "no answer", {}, {}, {}, std::chrono::seconds{1}};
    catch_up();
    auto& net = m_network;
    const auto envelope =
        FakeNetwork::parse_envelope({reinterpret_cast<const char*>(attempt.payload.data()), attempt.payload.size()});
    if (happens(m_faults.lose_request)) return nothing_heard;
    if (happens(m_faults.refuse))
        return {Standing::unknown,      "try again later", {}, {}, evidence("pending", attempt, "busy"),
                std::chrono::seconds{1}};
    if (happens(m_faults.bad_sequence)) ++net.m_sequence, net.save();
    const bool known =
        net.m_closed.contains(attempt.key) ||
        std::any_of(net.m_pending.begin(), net.m_pending.end(), [&](const auto& p) { return p.key == attempt.key; });
    if (!known && envelope.sequence <= net.m_sequence)
        return {Standing::absent,
                "the sequence number was used by another",
                {},
                {},
                evidence("absent", attempt, "bad seq"),
                {}};
    if (!known && envelope.valid_until < seconds_of(m_clock.now()) + k_margin_seconds)
        return {Standing::unknown, "too late", {}, {}, evidence("pending", attempt, "late"), std::chrono::seconds{1}};
    if (!known) {
        const auto delay = 1 + (happens(m_faults.include_late) ? static_cast<std::int64_t>(m_random.below(7)) : 0);
        net.m_pending.push_back({envelope, attempt.key, net.m_ledger + delay, happens(m_faults.drop)});
        net.save();
    }
    if (happens(m_faults.lose_answer)) return nothing_heard;
    return {Standing::accepted, "taken", {}, {}, evidence("sent", attempt, "taken"), std::chrono::seconds{1}};
}

Outcome FakeRail::find(const rail::Attempt& attempt) {
    catch_up();
    if (happens(m_faults.hide)) return {Standing::unknown, "no answer", {}, {}, {}, std::chrono::seconds{1}};
    return judge(attempt);
}

Outcome FakeRail::judge(const rail::Attempt& attempt) {
    const auto& net = m_network;
    const auto closed = net.m_closed.find(attempt.key);
    if (closed == net.m_closed.end()) {
        const bool expired = net.m_time > seconds_of(attempt.valid_until) + k_margin_seconds;
        if (expired || attempt.sequence.value() <= net.m_sequence)
            return {Standing::absent,
                    expired ? "never included" : "the sequence number was used by another",
                    {},
                    {},
                    evidence("absent", attempt, "not found"),
                    {}};
        return {Standing::unknown,      "not found yet", {}, {}, evidence("pending", attempt, "not found"),
                std::chrono::seconds{1}};
    }
    const money::Amount fee{attempt.max_fee};
    if (closed->second.success)
        return {Standing::confirmed,
                fmt::format("ledger {}", closed->second.ledger),
                {},
                fee,
                evidence("found", attempt, "success"),
                {}};
    Outcome failed{Standing::failed, "failed in ledger", {}, fee, evidence("found", attempt, "failed"), {}};
    for (const auto& code : closed->second.codes) failed.lines.push_back({code == "NO_DESTINATION", code});
    return failed;
}

rail::Statement FakeRail::read_statement(std::int64_t from_position) {
    catch_up();
    rail::Statement statement;
    statement.from = from_position;
    statement.to_ledger = m_network.m_ledger;
    statement.complete = true;
    std::int64_t position = 0;
    for (const auto& p : m_network.m_paid) {
        if (++position <= from_position) continue;
        statement.lines.push_back({fmt::format("{}:{}", p.key, p.reference), rail::StatementLine::Kind::payment,
                                   money::Amount{-p.amount, m_network.m_asset}, p.destination, "", m_clock.now(),
                                   position});
    }
    statement.to = position;
    statement.closing = {money::Amount{m_network.m_balance, m_network.m_asset}};
    statement.closed_at = instant_of(m_network.m_time); // never later than what was read
    return statement;
}

} // namespace passa::test
