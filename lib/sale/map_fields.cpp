// The single facts of a row, each with the reason why it cannot be read.
#include "lib/base/text.hpp"
#include "lib/money/bound.hpp"
#include "lib/sale/map_row.hpp"
#include "lib/sale/moment.hpp"
#include "lib/sale/zone_word.hpp"

#include <algorithm>
#include <charconv>

namespace passa::sale {
namespace {

std::string name_list(const std::vector<std::string>& names, std::size_t most) {
    return join(std::span{names}.first(std::min(most, names.size())), ", ");
}

// Codes are compared in upper case; ASCII is what codes are made of.
void assign_code(std::string& code, std::string_view text) {
    code.assign(text);
    for (char& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
}

} // namespace

const Tier* RowMapper::find_tier(const table::Record& record) const {
    const auto text = field(record, Column::tier);
    const auto detail = field(record, Column::tier_detail);
    if (text.empty() && detail.empty() && m_profile.tier_otherwise) {
        if (*m_profile.tier_otherwise != k_only_tier) return m_catalog.find_tier(*m_profile.tier_otherwise);
        return m_catalog.tiers.size() == 1 ? m_catalog.tiers.data() : nullptr;
    }
    if (detail.empty()) return m_catalog.find_tier(text);
    const auto* tier = m_catalog.find_tier(fmt::format("{} - {}", text, detail));
    if (tier == nullptr) tier = m_catalog.find_tier(detail); // "Ticket" with variations as tiers
    return tier == nullptr ? m_catalog.find_tier(fmt::format("{} - *", text)) : tier; // an alias says that all are
}

// The product is a tier, its variation is not: what it costs may differ, so the event must say that it is the same.
std::string RowMapper::unknown_variation(std::string_view text, std::string_view detail) const {
    return fmt::format(
        "'{1}' is a variation of '{0}' that the event does not know; make it a tier, or give one the alias "
        "'{0} - {1}', or '{0} - *' for every variation",
        printable(text, 60), printable(detail, 60));
}

// A row that takes money back by the name of its sale need not say what was sold.
bool RowMapper::read_tier_of(const table::Record& record, RowKind kind, Staged& out) const {
    if (kind == RowKind::sale && is_told_by_price(record)) return true; // see count_tickets
    const bool names_sale = !field(record, Column::refund_of).empty() || m_profile.tier_otherwise;
    if (kind != RowKind::refund || !names_sale || field(record, Column::line).empty()) return read_tier(record, out);
    out.tier = find_tier(record);
    return true;
}

bool RowMapper::is_told_by_price(const table::Record& record) const {
    return m_profile.counts_by_price && m_profile.tier_otherwise == k_only_tier && m_catalog.tiers.size() > 1 &&
           field(record, Column::tier).empty() && field(record, Column::tier_detail).empty() &&
           field(record, Column::quantity).empty();
}

bool RowMapper::count_tickets(const table::Record& record, RowKind kind, Staged& out) const {
    if (!m_profile.counts_by_price || kind != RowKind::sale) return true;
    if (out.tier == nullptr && out.amounts.gross <= 0) return read_tier(record, out);
    if (out.tier == nullptr) {
        const auto& count = m_counter.count(out.amounts.gross);
        if (count.tier == nullptr) return bad(out, Column::gross, count.bad_code, count.bad_reason);
        out.tier = count.tier;
        out.quantity = count.tickets;
    } else if (field(record, Column::quantity).empty())
        out.quantity = tickets_of(*out.tier, out.amounts.gross);
    return true;
}

bool RowMapper::read_tier(const table::Record& record, Staged& out) const {
    out.tier = find_tier(record);
    if (out.tier != nullptr) return true;
    const auto text = field(record, Column::tier);
    const auto detail = field(record, Column::tier_detail);
    if (!detail.empty() && m_catalog.find_tier(text) != nullptr)
        return bad(out, Column::tier, "sale.unknown_tier", unknown_variation(text, detail));
    const auto full = detail.empty() ? std::string{text} : fmt::format("{} - {}", text, detail);
    std::vector<std::string> names;
    for (const auto& tier : m_catalog.tiers) names.push_back(tier.name);
    if (full.empty() && m_profile.tier_otherwise)
        return bad(out, Column::tier, "sale.no_tier",
                   fmt::format("the row names no tier, and the event has {}", name_list(names, 10)));
    const auto known = m_catalog.known_names();
    const auto near = nearest_names(to_lower(full), known);
    return bad(
        out, Column::tier, "sale.unknown_tier",
        near.empty()
            ? fmt::format("'{}' is not a tier of the event (it has {})", printable(full, 60), name_list(names, 10))
            : fmt::format("'{}' is not a tier of the event; the nearest is '{}'", printable(full, 60), near.front()));
}

bool RowMapper::read_keys(const table::Record& record, RowKind kind, Staged& out) const {
    const auto parent = kind == RowKind::refund ? field(record, Column::refund_of) : std::string_view{};
    const auto line = parent.empty() || !m_layout.has(Column::line) ? field(record, Column::line) : parent;
    const auto payment = field(record, Column::payment_ref);
    const auto refund = field(record, Column::refund_ref);
    const auto code = field(record, Column::code);
    for (const auto& [text, column] : {std::pair{line, Column::line},
                                       {payment, Column::payment_ref},
                                       {refund, Column::refund_ref},
                                       {code, Column::code}})
        if (text.size() > k_longest_key)
            return bad(out, column, "sale.key_too_long",
                       fmt::format("a reference has at most {} bytes", k_longest_key));
    out.line_ref.assign(line);
    out.payment_ref.assign(payment);
    out.refund_ref.assign(refund);
    assign_code(out.code, code);
    const auto quantity = field(record, Column::quantity);
    if (!quantity.empty()) {
        const auto [end, error] = std::from_chars(quantity.data(), quantity.data() + quantity.size(), out.quantity);
        if (error != std::errc{} || end != quantity.data() + quantity.size() || out.quantity < 1 ||
            out.quantity > k_most_tickets)
            return bad(
                out, Column::quantity, "sale.quantity",
                fmt::format("'{}' is not a number of tickets from 1 to {}", printable(quantity, 40), k_most_tickets));
    }
    return read_currency(record, out);
}

bool RowMapper::read_currency(const table::Record& record, Staged& out) const {
    const auto currency = field(record, Column::currency);
    const auto& wanted = m_catalog.event.currency;
    if (!currency.empty() && !equals_ignoring_case(currency, wanted.id) &&
        !equals_ignoring_case(currency, wanted.code()))
        return bad(out, Column::currency, "sale.currency",
                   fmt::format("the row is in {}, the event is in {}", printable(currency, 20), wanted.id));
    return true;
}

bool RowMapper::read_amount(const table::Record& record, Column column, Staged& out, money::Int128& into) const {
    const auto text = field(record, column);
    into = 0;
    if (text.empty()) return true;
    auto decimal = read_decimal(text, m_form);
    if (decimal.bad_code == nullptr) return into = decimal.minor, true;
    return bad(out, column, decimal.bad_code, fmt::format("'{}': {}", printable(text, 40), decimal.bad_reason));
}

// What the row moved, when it is an amount in one column or in two.
bool RowMapper::read_moved_amount(const table::Record& record, Staged& out) const {
    auto moved = read_moved(record, m_layout, m_form);
    if (moved.bad_code == nullptr) return out.amounts.gross = moved.minor, true;
    const auto in = field(record, Column::gross), gone = field(record, Column::taken);
    const auto text = gone.empty() ? std::string{in}
                      : in.empty() ? std::string{gone}
                                   : fmt::format("{} and {}", in, gone);
    return bad(out, Column::gross, moved.bad_code, fmt::format("'{}': {}", printable(text, 40), moved.bad_reason));
}

bool RowMapper::read_gross(const table::Record& record, Staged& out) const {
    if (!field(record, Column::gross).empty() || !field(record, Column::taken).empty())
        return read_moved_amount(record, out);
    money::Int128 price = 0;
    if (field(record, Column::unit_price).empty())
        return bad(out, Column::gross, "sale.amount_missing", "there is no amount; write 0.00 for a free ticket");
    if (!read_amount(record, Column::unit_price, out, price)) return false;
    out.amounts.gross = price * out.quantity - out.amounts.discount; // lib/money/bound.hpp
    if (out.amounts.gross >= money::k_row_bound || out.amounts.gross <= -money::k_row_bound)
        return bad(out, Column::unit_price, "sale.amount", too_large());
    return true;
}

bool RowMapper::read_fees(const table::Record& record, Staged& out) const {
    money::Int128 tax = 0;
    if (!read_amount(record, Column::fee_platform, out, out.amounts.fee_platform) ||
        !read_amount(record, Column::fee_payment, out, out.amounts.fee_payment) ||
        !read_amount(record, Column::fee_tax, out, tax))
        return false;
    if (m_profile.fees_negative)
        for (auto* fee : {&out.amounts.fee_platform, &out.amounts.fee_payment, &tax}) *fee = -*fee;
    out.amounts.fee_platform += tax; // lib/money/bound.hpp
    if (out.amounts.fee_platform >= money::k_row_bound || out.amounts.fee_platform <= -money::k_row_bound)
        return bad(out, Column::fee_tax, "sale.amount", too_large());
    return true;
}

bool RowMapper::read_amounts(const table::Record& record, Staged& out) const {
    auto& a = out.amounts;
    if (!read_amount(record, Column::discount, out, a.discount) || !read_gross(record, out) ||
        !read_amount(record, Column::tax, out, a.tax) || !read_fees(record, out))
        return false;
    if (field(record, Column::net).empty()) return true;
    money::Int128 net = 0;
    if (!read_amount(record, Column::net, out, net)) return false;
    const auto computed = a.gross - (m_profile.net_holds_tax ? 0 : a.tax) - a.fee_platform - a.fee_payment;
    if (net == computed) return true;
    const auto text = [&](money::Int128 minor) { return money::Amount{minor, m_catalog.event.currency}.number(); };
    return bad(out, Column::net, "sale.net_differs",
               fmt::format("net is {}, but gross less tax and fees is {}", text(net), text(computed)));
}

// A time with an offset of its own needs no zone; the names of zones were looked up before the first row was staged.
bool RowMapper::add_zone(const table::Record& record, Staged& out, std::string& at) const {
    const auto zone = field(record, Column::at_zone);
    if (zone.empty() || at.find_first_of("+-", std::string_view{"2026-01-01 "}.size()) != std::string::npos)
        return true;
    if (const auto offset = offset_of_zone(zone, m_profile)) return at += *offset, true;
    if (!is_zone_name(zone))
        return bad(out, Column::at_zone, "sale.zone", fmt::format("'{}' is not a time zone", printable(zone, 40)));
    (at += ' ') += zone;
    return true;
}

bool RowMapper::read_when(const table::Record& record, DateAndTime columns, Staged& out, std::string& at) const {
    const auto text = field(record, columns.date);
    auto moment = read_moment(text, field(record, columns.time), m_layout.dialect.dates);
    const auto other = m_layout.dialect.dates == DateOrder::month_first ? DateOrder::day_first : DateOrder::month_first;
    if (moment.bad_reason != nullptr && m_layout.dialect.dates != DateOrder::year_first &&
        read_moment(text, {}, other).bad_reason == nullptr)
        return bad(out, columns.date, k_other_date_order,
                   fmt::format("'{}' has the {} first, the profile {} reads the {} first", printable(text, 40),
                               other == DateOrder::day_first ? "day" : "month", m_profile.name,
                               other == DateOrder::day_first ? "month" : "day"));
    if (moment.bad_reason != nullptr)
        return bad(out, columns.date, "sale.time",
                   fmt::format("'{}' {}{}", printable(text, 40), text.empty() ? "" : moment.bad_reason,
                               text.empty() ? "there is no date" : ""));
    at = std::move(moment.text);
    return add_zone(record, out, at);
}

} // namespace passa::sale
