// Rows to lines.
#include "lib/sale/read.hpp"

#include "lib/base/text.hpp"
#include "lib/sale/checks.hpp"
#include "sale_sql.hpp"

#include <map>

namespace passa::sale {
namespace {

SaleLine line_of(const db::Row& row) {
    const auto asset = row.asset();
    const auto amount = [&](std::string_view column) { return money::Amount{row.get<money::Int128>(column), asset}; };
    SaleLine line;
    line.id = row.get<SaleLineId>("id");
    line.sale = row.get<SaleLineId>("sale_id");
    line.seq = row.get<std::int64_t>("seq");
    line.kind = row.get<std::string>("kind");
    line.source = row.get<std::string>("source");
    line.order_ref = row.get<std::string>("order_ref");
    line.line_ref = row.get<std::string>("line_ref");
    line.tier = row.get<std::optional<std::string>>("tier");
    line.quantity = row.get<std::int64_t>("quantity");
    line.plan = row.get<std::string>("plan");
    line.campaign = row.get<std::optional<std::string>>("campaign");
    line.creator = row.get<std::optional<std::string>>("creator");
    line.code = row.get<std::optional<std::string>>("code");
    line.gross = amount("gross");
    line.discount = amount("discount");
    line.tax = amount("tax");
    line.fee_platform = amount("fee_platform");
    line.fee_payment = amount("fee_payment");
    line.net = amount("net");
    line.eligible = amount("eligible");
    line.occurred_at = row.get<Instant>("occurred_at");
    line.imported_at = row.get<Instant>("imported_at");
    line.payment_ref = row.get<std::optional<std::string>>("payment_ref");
    line.file_name = row.get<std::string>("file_name");
    line.file_sha256 = row.get<Hash256>("file_sha256");
    line.file_row = row.get<std::int64_t>("file_row");
    line.profile = row.get<std::string>("profile");
    return line;
}

// Ticket shops count their orders per event: the same reference may stand for several.
void require_one_order(const db::Rows& rows, std::string_view order) {
    std::map<std::string, std::string> ids; // by place: the id of a sale
    for (const auto& row : rows)
        ids.emplace(fmt::format("{} from {}", row.get<std::string>("event"), row.get<std::string>("source")),
                    row.get<SaleLineId>("sale_id").text());
    if (ids.size() < 2) return;
    std::vector<std::string> orders;
    for (const auto& [place, id] : ids) orders.push_back(printable(place, 160) + " is " + id);
    throw Error{{Kind::refused, "sale.which",
                 fmt::format("there are several orders {}: {}", printable(order, 80), join(orders, ", ")),
                 "name the one you mean by its sal_... id"}};
}

// "A7KQZ" of nairobi27/A7KQZ, in any case; only when it is one order.
std::optional<std::string> find_by_short_reference(db::Transaction& tx, OrganizerId organizer, std::string_view text) {
    const auto rows = tx.run(sql::find_short_orders, organizer, std::string{text});
    if (rows.empty()) return std::nullopt;
    if (rows.size() == 1) return rows[0].get<std::string>("order_ref");
    std::vector<std::string> orders;
    for (const auto& row : rows) orders.push_back(printable(row.get<std::string>("order_ref"), 160));
    throw Error{{Kind::refused, "sale.which",
                 fmt::format("there are several orders {}: {}", printable(text, 80), join(orders, ", ")),
                 "name the one you mean as it stands here"}};
}

} // namespace

std::span<const db::Statement> statements() { return sql::k_all; }

SalePages::SalePages(db::Transaction& tx, OrganizerId organizer, const SaleFilter& filter)
    : m_cursor{tx, sql::load_sales, organizer, filter.event, filter.status, filter.limit} {}

std::vector<SaleSummary> SalePages::next() {
    constexpr int page = 1000; // rows, of some hundred bytes each
    std::vector<SaleSummary> sales;
    for (const auto& row : m_cursor.next(page)) {
        const auto asset = row.asset();
        SaleSummary sale;
        sale.id = row.get<SaleLineId>("id");
        sale.order_ref = row.get<std::string>("order_ref");
        sale.line_ref = row.get<std::string>("line_ref");
        sale.tier = row.get<std::optional<std::string>>("tier");
        sale.status = row.get<std::string>("status");
        sale.quantity = row.get<std::int64_t>("quantity");
        sale.code = row.get<std::optional<std::string>>("code");
        sale.creator = row.get<std::optional<std::string>>("creator");
        sale.gross = {row.get<money::Int128>("gross"), asset};
        sale.net = {row.get<money::Int128>("net"), asset};
        sale.eligible = {row.get<money::Int128>("eligible"), asset};
        sale.sold_at = row.get<Instant>("sold_at");
        sales.push_back(std::move(sale));
    }
    return sales;
}

std::vector<SaleLine> load_sale(db::Transaction& tx, OrganizerId organizer, std::string_view id_or_order) {
    const auto parsed = SaleLineId::parse(id_or_order);
    const auto id = parsed ? std::optional{*parsed} : std::nullopt;
    const auto order = parsed ? std::nullopt : std::optional{std::string{id_or_order}};
    auto rows = tx.run(sql::load_sale, organizer, id, order);
    if (rows.empty() && order)
        if (const auto whole = find_by_short_reference(tx, organizer, *order))
            rows = tx.run(sql::load_sale, organizer, id, *whole);
    require_one_order(rows, id_or_order);
    std::vector<SaleLine> lines;
    for (const auto& row : rows) lines.push_back(line_of(row));
    if (!lines.empty()) return lines;
    throw Error{{Kind::not_found, "sale.not_found",
                 fmt::format("there is no sale or order {}", printable(id_or_order, 80)),
                 "list sales with: passa sale list --event E"}};
}

} // namespace passa::sale
