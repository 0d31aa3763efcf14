// Keys, tier, money, time; then what the status makes of it. Each step says what is wrong and stops there: one reason a
// row is what a person mends first.
#include "lib/sale/map_row.hpp"

#include "lib/base/text.hpp"
#include "lib/money/allocate.hpp"
#include "lib/money/bound.hpp"
#include "lib/sale/moment.hpp"

#include <algorithm>
#include <charconv>

namespace passa::sale {
namespace {

constexpr std::int64_t k_most_tickets = 1'000'000; // of one row

std::string_view undo_of(Status status) {
    return status == Status::chargeback ? "chargeback" : status == Status::cancelled ? "cancellation" : "refund";
}

// Codes are compared in upper case; ASCII is what codes are made of.
void assign_code(std::string& code, std::string_view text) {
    code.assign(text);
    for (char& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
}

std::string name_list(const std::vector<std::string>& names, std::size_t most) {
    return join(std::span{names}.first(std::min(most, names.size())), ", ");
}

} // namespace

RowMapper::RowMapper(const Profile& profile, const Layout& layout, const Catalog& catalog)
    : m_profile(profile), m_layout(layout), m_catalog(catalog) {
    m_form.signs = &profile.signs;
    m_form.currency = catalog.event.currency.id;
    m_form.bracket_negatives = profile.bracket_negatives;
    const bool minor = layout.shape->minor_units;
    m_form.decimal = minor ? '\0' : profile.decimal;
    m_form.thousands = minor ? std::nullopt : profile.thousands;
    m_form.scale = minor ? 0 : catalog.event.currency.scale;
}

std::string_view RowMapper::field(const table::Record& record, Column column) const {
    const auto at = [&](int index) {
        const auto i = static_cast<std::size_t>(index);
        return index < 0 || i >= record.fields.size() ? std::string_view{} : trim(record.fields[i]);
    };
    auto text = at(m_layout.of(column));
    for (const int other : m_layout.otherwise[static_cast<std::size_t>(column)]) {
        if (!text.empty()) break;
        text = at(other);
    }
    return text;
}

bool RowMapper::bad(Staged& out, Column column, const char* code, std::string reason) const {
    if (out.bad_code != nullptr) return false;
    out.bad_code = code;
    out.bad_column = trim(m_layout.header_of(column));
    out.bad_reason = std::move(reason);
    return false;
}

bool RowMapper::map(const table::Record& record, Staged& out) const {
    out.reset(record.line);
    const auto kind = kind_of(record);
    Status status{};
    if (!read_order(record, kind, out) || !read_status(record, out, status)) return true;
    const auto rows = m_layout.shape->rows;
    if (kind == RowKind::ignore && rows != FileShape::Rows::fees) return false;
    if (status == Status::ignore || status == Status::pending)
        return rows == FileShape::Rows::lines && read_idle(record, kind, status, out);
    if (rows == FileShape::Rows::orders) return read_facts(record, status, out);
    if (rows == FileShape::Rows::fees || kind == RowKind::platform_fee || kind == RowKind::payment_fee ||
        kind == RowKind::income)
        return read_fee(record, kind, status, out);
    if (status == Status::fees_only) status = Status::cancelled;
    static_cast<void>(read_line(record, kind, status, out));
    return true;
}

// Not a sale, but the book may have it as one. Nothing else of the row has to be right.
bool RowMapper::read_idle(const table::Record& record, RowKind kind, Status status, Staged& out) const {
    if (kind != RowKind::sale && kind != RowKind::refund) return false;
    out.is_idle = true;
    out.is_unpaid = status == Status::pending;
    out.line_ref.assign(field(record, Column::line).substr(0, k_longest_key + 1));
    out.tier = find_tier(record);
    return out.line_ref.size() <= k_longest_key;
}

// The order first, so that a row that is bad in any other way still takes its order with it.
bool RowMapper::read_order(const table::Record& record, RowKind kind, Staged& out) const {
    const auto source = field(record, Column::source);
    out.source.assign(source.empty() ? std::string_view{m_profile.source} : source);
    const auto order = field(record, Column::order);
    const auto prefix = field(record, Column::order_prefix);
    if (!order.empty() && order.size() + prefix.size() < k_longest_key) {
        out.prefix = prefix;
        if (!prefix.empty()) (out.order_ref = prefix) += '/';
        out.order_ref += order;
    }
    const auto width = m_layout.header.size();
    const bool surplus_is_empty = record.fields.size() > width &&
                                  std::all_of(record.fields.begin() + static_cast<std::ptrdiff_t>(width),
                                              record.fields.end(), [](std::string_view f) { return trim(f).empty(); });
    if (record.fields.size() != width && !surplus_is_empty)
        return bad(out, Column::order, "sale.columns",
                   fmt::format("the row has {} fields, the header has {}", record.fields.size(), width));
    if (order.empty() && kind == RowKind::ignore && m_layout.shape->rows != FileShape::Rows::fees)
        return true; // a payout to the bank is of no order
    if (order.empty()) return bad(out, Column::order, "sale.order_missing", "there is no order");
    if (out.order_ref.empty() || out.source.size() > k_longest_key)
        return bad(out, Column::order, "sale.key_too_long",
                   fmt::format("a reference has at most {} bytes", k_longest_key));
    const auto event = field(record, Column::event);
    if (!event.empty() && !equals_ignoring_case(event, m_catalog.event.name))
        return bad(out, Column::event, "sale.wrong_event",
                   fmt::format("the row is of event {}, not {}", printable(event, 60), m_catalog.event.name));
    return true;
}

RowKind RowMapper::kind_of(const table::Record& record) const {
    const auto word = field(record, Column::kind);
    const auto it = word.empty() ? m_profile.kind_words.end() : m_profile.kind_words.find(to_lower(word));
    return it == m_profile.kind_words.end() ? m_layout.shape->kind_otherwise : it->second;
}

bool RowMapper::read_status(const table::Record& record, Staged& out, Status& status) const {
    status = Status::paid;
    if (m_layout.of(Column::status) < 0) return true;
    const auto word = field(record, Column::status);
    const auto it = m_profile.status_words.find(to_lower(word));
    if (it != m_profile.status_words.end()) return status = it->second, true;
    if (m_profile.status_otherwise) return status = *m_profile.status_otherwise, true;
    std::vector<std::string> known;
    for (const auto& [text, meaning] : m_profile.status_words) known.push_back(text);
    return bad(out, Column::status, "sale.status",
               fmt::format("'{}' is not a status of the profile {} (it knows {})", printable(word, 40), m_profile.name,
                           name_list(known, 12)));
}

bool RowMapper::read_facts(const table::Record& record, Status status, Staged& out) const {
    assign_code(out.code, field(record, Column::code).substr(0, k_longest_key));
    out.is_order = true;
    if (!read_currency(record, out)) return true;
    const bool has_money = m_layout.of(Column::gross) >= 0;
    if (status == Status::refunded || status == Status::cancelled || status == Status::chargeback) {
        out.undo = undo_of(status);
        if (has_money && m_profile.refunds_keep_fees && read_fees(record, out) &&
            (out.amounts.fee_platform < 0 || out.amounts.fee_payment < 0))
            static_cast<void>(
                bad(out, Column::fee_platform, "sale.amount", "what is kept of an order is not negative"));
        return true;
    }
    if (!has_money || (status != Status::paid && status != Status::fees_only)) return true;
    out.order_has_total = read_amount(record, Column::gross, out, out.amounts.gross) &&
                          read_amount(record, Column::tax, out, out.amounts.tax) && read_fees(record, out);
    return true;
}

bool RowMapper::read_fee(const table::Record& record, RowKind kind, Status status, Staged& out) const {
    out.fee = kind == RowKind::payment_fee ? "payment"
              : kind == RowKind::income    ? "income"
              : kind == RowKind::ignore    ? "ignored"
                                           : "platform";
    out.fee_is_line = kind == RowKind::income || status == Status::fees_only;
    out.fee_is_gone = status == Status::cancelled;
    if (out.fee_is_gone) return true;
    out.quantity = status == Status::refunded || status == Status::chargeback ? 0 : 1; // 0: given back with its order
    if (!read_amount(record, Column::gross, out, out.amounts.gross) ||
        !read_amount(record, Column::tax, out, out.amounts.tax))
        return true;
    if (m_layout.of(Column::at) >= 0) static_cast<void>(read_when(record, {Column::at, Column::at_time}, out, out.at));
    return true;
}

const Tier* RowMapper::find_tier(const table::Record& record) const {
    const auto text = field(record, Column::tier);
    const auto detail = field(record, Column::tier_detail);
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

bool RowMapper::read_tier(const table::Record& record, Staged& out) const {
    out.tier = find_tier(record);
    if (out.tier != nullptr) return true;
    const auto text = field(record, Column::tier);
    const auto detail = field(record, Column::tier_detail);
    if (!detail.empty() && m_catalog.find_tier(text) != nullptr)
        return bad(out, Column::tier, "sale.unknown_tier", unknown_variation(text, detail));
    const auto full = detail.empty() ? std::string{text} : fmt::format("{} - {}", text, detail);
    const auto known = m_catalog.known_names();
    const auto near = nearest_names(to_lower(full), known);
    std::vector<std::string> names;
    for (const auto& tier : m_catalog.tiers) names.push_back(tier.name);
    return bad(
        out, Column::tier, "sale.unknown_tier",
        near.empty()
            ? fmt::format("'{}' is not a tier of the event (it has {})", printable(full, 60), name_list(names, 10))
            : fmt::format("'{}' is not a tier of the event; the nearest is '{}'", printable(full, 60), near.front()));
}

bool RowMapper::read_keys(const table::Record& record, Staged& out) const {
    const auto line = field(record, Column::line);
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

bool RowMapper::read_gross(const table::Record& record, Staged& out) const {
    if (!field(record, Column::gross).empty()) return read_amount(record, Column::gross, out, out.amounts.gross);
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
    const auto computed = a.gross - a.tax - a.fee_platform - a.fee_payment;
    if (net == computed) return true;
    const auto text = [&](money::Int128 minor) { return money::Amount{minor, m_catalog.event.currency}.number(); };
    return bad(out, Column::net, "sale.net_differs",
               fmt::format("net is {}, but gross less tax and fees is {}", text(net), text(computed)));
}

bool RowMapper::read_when(const table::Record& record, DateAndTime columns, Staged& out, std::string& at) const {
    const auto text = field(record, columns.date);
    auto moment = read_moment(text, field(record, columns.time), m_profile.dates);
    const auto other = m_profile.dates == DateOrder::month_first ? DateOrder::day_first : DateOrder::month_first;
    if (moment.bad_reason != nullptr && m_profile.dates != DateOrder::year_first &&
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
    return true;
}

bool RowMapper::read_line(const table::Record& record, RowKind kind, Status status, Staged& out) const {
    if (!read_tier(record, out) || !read_keys(record, out) || !read_amounts(record, out) ||
        !read_when(record, {Column::at, Column::at_time}, out, out.at))
        return false;
    if (!field(record, Column::refunded_at).empty() &&
        !read_when(record, {Column::refunded_at, Column::refunded_time}, out, out.undone_at))
        return false;
    return judge(record, kind, status, out);
}

bool RowMapper::judge(const table::Record& record, RowKind kind, Status status, Staged& out) const {
    auto& a = out.amounts;
    if (kind == RowKind::refund || a.gross < 0) { // a row of its own that takes money back
        const bool negative = a.gross < 0;
        const auto positive = [&](money::Int128 v) { return negative ? -v : v; };
        out.undo = undo_of(status == Status::chargeback ? status : Status::refunded);
        out.undo_is_row = true;
        out.undo_is_whole = false;
        out.undone = {positive(a.gross), positive(a.discount), positive(a.tax), positive(a.fee_platform),
                      positive(a.fee_payment)};
        if (m_profile.refunds_keep_fees) // unless the row itself gives them back; the sale's fees may stand here again
            for (auto* fee : {&out.undone.fee_platform, &out.undone.fee_payment})
                *fee = std::max<money::Int128>(*fee, 0);
        if (out.undone_at.empty()) out.undone_at = out.at;
        return true;
    }
    if (a.discount < 0 || a.tax < 0 || a.tax > a.gross)
        return bad(out, a.discount < 0 ? Column::discount : Column::tax, "sale.amount",
                   "discount and tax are not negative, and tax is at most gross");
    out.is_sale = status != Status::cancelled;
    money::Int128 refunded = 0;
    if (!read_amount(record, Column::refunded, out, refunded)) return false;
    if (refunded < 0 || refunded > a.gross)
        return bad(out, Column::refunded, "sale.refund_too_large", "what was given back is between 0 and gross");
    if (status == Status::partially_refunded || (status == Status::paid && refunded > 0)) {
        if (refunded == 0) return out.undo = "remaining", true; // the row says what is left, not what went
        out.undo = "refund";
        if (refunded < a.gross) return split_refund(refunded, out);
    } else if (status != Status::paid) {
        out.undo = undo_of(status);
        const bool is_told = !field(record, Column::refunded).empty() && refunded < a.gross;
        if (is_told && status == Status::chargeback && refunded > 0) return split_refund(refunded, out);
        if (is_told && (refunded > 0 || status == Status::refunded))
            return bad(out, Column::refunded, "sale.status_contradicts",
                       "the row is undone as a whole by its status, but less than gross was given back");
    }
    return true;
}

// The refunded part of tax and fees is in proportion to gross, exact to the unit.
bool RowMapper::split_refund(money::Int128 refunded, Staged& out) const {
    const auto& a = out.amounts;
    const std::array<money::Int128, 2> weights{refunded, a.gross - refunded};
    const auto part = [&](money::Int128 whole) {
        return money::allocate({whole, m_catalog.event.currency}, weights).value_or_throw().front().minor();
    };
    out.undo_is_whole = false;
    out.undone = {refunded, part(a.discount), part(a.tax), 0, 0};
    if (!m_profile.refunds_keep_fees) {
        out.undone.fee_platform = part(a.fee_platform);
        out.undone.fee_payment = part(a.fee_payment);
    }
    return true;
}

} // namespace passa::sale
