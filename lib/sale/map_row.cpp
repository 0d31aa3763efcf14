// Keys, tier, money, time; then what the status makes of it. Each step says what is wrong and stops there: one reason a
// row is what a person mends first.
#include "lib/sale/map_row.hpp"

#include "lib/base/text.hpp"
#include "lib/money/allocate.hpp"

#include <algorithm>
#include <utility>

namespace passa::sale {
namespace {

std::string_view undo_of(Status status) {
    return status == Status::chargeback ? "chargeback" : status == Status::cancelled ? "cancellation" : "refund";
}

bool is_fee(RowKind kind) {
    return kind == RowKind::platform_fee || kind == RowKind::payment_fee || kind == RowKind::income;
}

} // namespace

RowMapper::RowMapper(const Profile& profile, const Layout& layout, const Catalog& catalog)
    : m_profile(profile), m_layout(layout), m_catalog(catalog),
      m_form(decimal_form(profile, layout, catalog.event.currency)), m_counter(catalog) {}

bool RowMapper::bad(Staged& out, Column column, const char* code, std::string reason) const {
    if (out.bad_code != nullptr) return false;
    out.bad_code = code;
    out.bad_column = trim(m_layout.header_of(column));
    out.bad_reason = std::move(reason);
    return false;
}

bool RowMapper::map(const table::Record& record, Staged& out) const {
    out.reset(record.line);
    const auto rows = m_layout.shape->rows;
    const auto rule = rule_of(record);
    if (rule == RowKind::ignore && rows != FileShape::Rows::fees) return false; // whatever else it is: a sum below
    const auto kind = rule ? *rule : kind_of(record);
    Status status{};
    if (!read_order(record, kind, out) || !read_status(record, out, status)) return true;
    if (kind == RowKind::ignore && rows != FileShape::Rows::fees) return false;
    if (status == Status::ignore || status == Status::pending)
        return rows == FileShape::Rows::lines && read_idle(record, kind, status, out);
    if (kind == RowKind::refuse) return refuse_kind(record, out), true;
    if (rows == FileShape::Rows::orders) return read_facts(record, status, out);
    if (is_late_fee(record, kind, status)) return static_cast<void>(read_late_fee(record, kind, out)), true;
    if (rows == FileShape::Rows::fees || is_fee(kind)) return read_fee(record, kind, status, out);
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
    const auto parent = kind == RowKind::sale ? std::string_view{} : field(record, Column::refund_of);
    const auto order = parent.empty() ? field(record, Column::order) : parent;
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

// Where the amount cannot be read, nobody knows which way it went: as a sale the row is refused for it.
std::optional<RowKind> RowMapper::rule_of(const table::Record& record) const {
    std::optional<Decimal> moved;
    const auto goes = [&](Moves way) {
        if (!moved) moved = read_moved(record, m_layout, m_form);
        return moved->minor > 0 ? way == Moves::in : moved->minor < 0 ? way == Moves::out : way == Moves::nothing;
    };
    for (std::size_t i = 0; i < m_profile.rules.size(); ++i) {
        const auto& rule = m_profile.rules[i];
        const auto at = static_cast<std::size_t>(m_layout.rule_at[i]);
        if (rule.has_words()) {
            if (m_layout.rule_at[i] < 0 || at >= record.fields.size()) continue;
            if (!fits_words(rule, to_lower(trim(record.fields[at])))) continue;
        }
        const bool fits = !rule.moves || goes(*rule.moves);
        if (moved && moved->bad_code != nullptr) return RowKind::sale;
        if (fits) return rule.kind;
    }
    return std::nullopt;
}

void RowMapper::refuse_kind(const table::Record& record, Staged& out) const {
    const auto word = field(record, Column::kind);
    static_cast<void>(
        bad(out, Column::kind, "sale.kind",
            fmt::format("the profile {} does not say what '{}' is", m_profile.name, printable(word, 60))));
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
                           join(std::span{known}.first(std::min<std::size_t>(12, known.size())), ", ")));
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
    const bool names_no_sale = m_layout.has(Column::refund_of) && !field(record, Column::refund_ref).empty();
    out.fee_is_line = kind == RowKind::income || status == Status::fees_only || names_no_sale;
    out.fee_is_gone = status == Status::cancelled;
    if (out.fee_is_gone) return true;
    out.quantity = status == Status::refunded || status == Status::chargeback ? 0 : 1; // 0: given back with its order
    auto& a = out.amounts;
    if (!read_moved_amount(record, out) || !read_amount(record, Column::tax, out, a.tax) || !read_fees(record, out))
        return true;
    if (m_profile.fees_negative) a.gross = -a.gross;
    a.gross +=
        std::exchange(a.fee_platform, 0) + std::exchange(a.fee_payment, 0); // where the fee stands as the row's own
    if (m_layout.of(Column::at) >= 0) static_cast<void>(read_when(record, {Column::at, Column::at_time}, out, out.at));
    return true;
}

// A fee with a reference of its own, of a sale that it names: mostly weeks after it, and in another file.
bool RowMapper::is_late_fee(const table::Record& record, RowKind kind, Status status) const {
    return (kind == RowKind::platform_fee || kind == RowKind::payment_fee) && status == Status::paid &&
           !field(record, Column::refund_of).empty() && !field(record, Column::refund_ref).empty();
}

// One more change of its sale, under the sale's plan: a refund row that gives nothing back and costs the fee. So it is
// told by its reference, and counts once whatever file brings it.
bool RowMapper::read_late_fee(const table::Record& record, RowKind kind, Staged& out) const {
    if (!read_tier_of(record, RowKind::refund, out) || !read_keys(record, RowKind::refund, out) ||
        !read_moved_amount(record, out) || !read_fees(record, out) ||
        !read_when(record, {Column::at, Column::at_time}, out, out.undone_at))
        return false;
    const auto& a = out.amounts;
    auto& cost = kind == RowKind::payment_fee ? out.undone.fee_payment : out.undone.fee_platform;
    cost = (m_profile.fees_negative ? a.gross : -a.gross) - a.fee_platform - a.fee_payment;
    out.refund_ref.insert(0, "fee ");
    out.undo = undo_of(Status::refunded);
    out.undo_is_row = true;
    out.undo_is_whole = false;
    return true;
}

bool RowMapper::read_line(const table::Record& record, RowKind kind, Status status, Staged& out) const {
    if (!read_tier_of(record, kind, out) || !read_keys(record, kind, out) || !read_amounts(record, out) ||
        !count_tickets(record, kind, out) || !read_when(record, {Column::at, Column::at_time}, out, out.at))
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
