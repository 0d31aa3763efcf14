// Orders become one transaction; findings become outcomes. What stands in the way of orders: obstacles.cpp; what the
// account did: statement.cpp.
#include "lib/stellar/rail.hpp"

#include "lib/stellar/courier.hpp"
#include "lib/stellar/obstacles.hpp"
#include "lib/stellar/statement.hpp"
#include "lib/stellar/tx/draft.hpp"

#include <algorithm>
#include <limits>

namespace passa::stellar {
namespace {

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

StellarRail::StellarRail(std::unique_ptr<rpc::Client> client, Treasury treasury, std::unique_ptr<Signer> signer,
                         RailRules rules)
    : m_client(std::move(client)), m_treasury(std::move(treasury)), m_signer(std::move(signer)), m_rules(rules) {}

money::Amount StellarRail::most_cost(std::size_t orders) const { // a transaction pays per operation
    return stroops(m_rules.most_per_operation * static_cast<std::int64_t>(orders));
}

void StellarRail::require_signer() {
    if (!m_signer)
        throw Error{{Kind::configuration, "rail.no_key", "there is no key to sign payments with",
                     "name the treasury's key in its manifest"}};
    static_cast<void>(m_signer->public_key());
}

rail::Attempt StellarRail::prepare(std::span<const rail::Order> orders, std::optional<std::int64_t> dead_number) {
    require_signer();
    const bool one_memo =
        std::all_of(orders.begin(), orders.end(), [&](const auto& o) { return o.memo == orders.front().memo; });
    if (orders.empty() || orders.size() > tx::k_max_operations || !one_memo)
        throw Error{{Kind::internal, "rail.orders", "one transaction takes 1 to 100 orders with the same memo", ""}};
    std::vector<tx::Payment> payments;
    for (const auto& order : orders) payments.push_back(make_payment_of(order).value_or_throw());
    tx::Draft draft{m_treasury.account, tx::make_payments(payments), {}, m_rules.valid_for, m_rules.most_per_operation};
    if (!orders.front().memo.empty()) draft.memo = tx::make_memo(orders.front().memo).value_or_throw();
    const auto ready = tx::make_ready(*m_client, std::move(draft), *m_signer, {m_used, dead_number}).value_or_throw();
    return make_attempt(*m_client, m_treasury.account, ready);
}

rail::Outcome StellarRail::outcome_of(const tx::Finding& finding, const rail::Attempt& attempt, std::size_t orders) {
    auto outcome = make_outcome(*m_client, attempt, finding);
    if (finding.fate == tx::Fate::failed && finding.result) outcome.lines = line_answers(*finding.result, orders);
    if (finding.ledger != 0 && attempt.sequence) m_used = std::max(m_used, *attempt.sequence);
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
