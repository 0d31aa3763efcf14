// Orders become one transaction; findings become outcomes. What stands in the way of orders: obstacles.cpp; what the
// account did: statement.cpp.
#include "lib/stellar/rail.hpp"

#include "lib/stellar/courier.hpp"
#include "lib/stellar/obstacles.hpp"
#include "lib/stellar/statement.hpp"

#include <algorithm>
#include <limits>

namespace passa::stellar {
namespace {

constexpr Duration k_bid_holds = std::chrono::seconds{5}; // about a ledger

// In the order of the orders. One transaction is all or nothing, so only the faulty ones must be left out next time.
std::vector<rail::LineAnswer> line_answers(const tx::ResultText& result, std::size_t orders) {
    std::vector<rail::LineAnswer> lines(orders);
    if (result.operations.size() != orders) return lines; // refused as a whole: nobody's fault alone
    for (std::size_t i = 0; i < orders; ++i) {
        lines[i].code = result.operations[i];
        lines[i].at_fault = lines[i].code != "PAYMENT_SUCCESS" && lines[i].code != "PAYMENT_UNDERFUNDED" &&
                            lines[i].code != "PAYMENT_SRC_NO_TRUST" && lines[i].code != "PAYMENT_SRC_NOT_AUTHORIZED" &&
                            lines[i].code.substr(0, 2) != "op"; // those are the treasury's
    }
    return lines;
}

std::unique_ptr<Signer> open_channel(const Signer& treasury, const Treasury::Channel& channel) {
    auto signer = treasury.make_channel(channel.number);
    if (!signer)
        throw Error{{Kind::configuration, "rail.no_channel", "a key that a program holds has no channels",
                     "pay with a key that is in the keystore, or without channels: --channels 0"}};
    if (xdr::AccountId{signer->public_key()} != channel.account)
        throw Error{{Kind::configuration, "channel.other_key",
                     fmt::format("channel {} was made with another key than the treasury's is now", channel.number),
                     "put the treasury's former key back into its manifest, close the channels, and make others"}};
    return signer;
}

} // namespace

Result<tx::Payment> make_payment_of(const rail::Order& order) {
    const auto destination = tx::parse_address(order.destination);
    if (!destination) return destination.problems();
    const auto asset = tx::parse_asset(order.amount.asset().id);
    if (!asset) return asset.problems();
    if (order.amount.asset().scale != 7 || order.amount.minor() <= 0 ||
        order.amount.minor() > std::numeric_limits<std::int64_t>::max())
        return Problem{Kind::invalid_input, "rail.amount", fmt::format("{} cannot be paid on Stellar", order.amount),
                       "an amount is more than zero, has 7 decimals, and at most 922337203685.4775807"};
    return tx::Payment{*destination, *asset, static_cast<std::int64_t>(order.amount.minor())};
}

StellarRail::StellarRail(std::unique_ptr<rpc::Client> client, Treasury treasury, std::shared_ptr<Signer> signer,
                         RailRules rules)
    : m_client(std::move(client)), m_treasury(std::move(treasury)), m_signer(std::move(signer)), m_rules(rules) {}

// A transaction pays per operation; by a channel it is wrapped, which counts as one more. At worst each has one order.
money::Amount StellarRail::most_cost(std::size_t orders) const {
    return stroops(m_rules.most_per_operation * static_cast<std::int64_t>(orders) * (m_treasury.has_channels ? 2 : 1));
}

void StellarRail::require_signer() {
    if (!m_signer)
        throw Error{{Kind::configuration, "rail.no_key", "there is no key to sign payments with",
                     "name the treasury's key in its manifest"}};
    static_cast<void>(m_signer->public_key());
    if (!m_treasury.channel || m_channel) return;
    m_channel = open_channel(*m_signer, *m_treasury.channel);
}

xdr::AccountId StellarRail::carrier() const {
    return m_treasury.channel ? m_treasury.channel->account : m_treasury.account;
}

std::int64_t StellarRail::find_bid() {
    const auto now = m_client->clock().now();
    if (m_bid == 0 || now < m_bid_at || now - m_bid_at > k_bid_holds) {
        m_bid = tx::choose_bid(*m_client, m_rules.most_per_operation).value_or_throw();
        m_bid_at = now;
    }
    return m_bid;
}

// Nobody else has a channel's key, so what we saw it use is believed before any node.
tx::NextSequence StellarRail::find_next(const rail::Numbers& known) {
    if (m_channel && !known.dead && m_used.number != 0 && m_used.number >= known.used)
        return {m_used.number + 1, m_used.ledger};
    return tx::find_next_sequence(*m_client, carrier(), {std::max(m_used.number, known.used), known.dead})
        .value_or_throw();
}

void StellarRail::get_ready(const rail::Numbers& known) {
    require_signer();
    const auto bid = find_bid();
    m_terms = tx::Terms{bid, find_next(known)};
}

rail::Attempt StellarRail::prepare(std::span<const rail::Order> orders) {
    const bool one_memo =
        std::all_of(orders.begin(), orders.end(), [&](const auto& o) { return o.memo == orders.front().memo; });
    if (orders.empty() || orders.size() > tx::k_max_operations || !one_memo)
        throw Error{{Kind::internal, "rail.orders", "one transaction takes 1 to 100 orders with the same memo", ""}};
    PASSA_ASSERT(m_terms);
    std::vector<tx::Payment> payments;
    for (const auto& order : orders) payments.push_back(make_payment_of(order).value_or_throw());
    tx::Draft draft{m_treasury.account, tx::make_payments(payments), {}, m_rules.valid_for};
    if (!orders.front().memo.empty()) draft.memo = tx::make_memo(orders.front().memo).value_or_throw();
    const auto ready =
        tx::make_ready(*m_client, std::move(draft), *m_terms, {*m_signer, m_channel.get()}).value_or_throw();
    return make_attempt(*m_client, carrier(), ready);
}

rail::Outcome StellarRail::outcome_of(const tx::Finding& finding, const rail::Attempt& attempt, std::size_t orders) {
    auto outcome = make_outcome(*m_client, attempt, finding);
    if (finding.fate == tx::Fate::failed && finding.result) outcome.lines = line_answers(*finding.result, orders);
    if (finding.ledger != 0 && attempt.sequence && *attempt.sequence > m_used.number)
        m_used = {*attempt.sequence, finding.ledger};
    return outcome;
}

rail::Outcome StellarRail::send(const rail::Attempt& attempt) {
    const auto pending = make_pending(*m_client, attempt);
    return outcome_of(tx::send_transaction(*m_client, pending), attempt, pending.operations);
}

rail::Outcome StellarRail::find(const rail::Attempt& attempt) {
    const auto pending = make_pending(*m_client, attempt);
    return outcome_of(tx::find_transaction(*m_client, pending), attempt, pending.operations);
}

std::vector<std::string> StellarRail::find_obstacles(std::span<const rail::Order> orders,
                                                     const std::function<void()>& meanwhile) {
    return stellar::find_obstacles(*m_client, m_treasury.account, orders, meanwhile);
}

std::vector<money::Amount> StellarRail::balances() { return load_spendable(*m_client, m_treasury); }

rail::Statement StellarRail::read_statement(std::int64_t from_position) {
    return stellar::read_statement(*m_client, m_treasury, {from_position, m_rules.most_pages});
}

} // namespace passa::stellar
