// Sale lines and their evidence, for commands and reports.
#pragma once
#include "lib/db/cursor.hpp"
#include "lib/event/event.hpp"

#include <optional>
#include <vector>

namespace passa {
struct SaleLineTag {
    static constexpr std::string_view prefix = "sal";
};
using SaleLineId = Id<SaleLineTag>;
} // namespace passa

namespace passa::sale {

struct SaleLine {
    SaleLineId id;
    SaleLineId sale; // of the sale that this line is or changes
    std::int64_t seq = 0;
    std::string kind;
    std::string source;
    std::string order_ref;
    std::string line_ref;
    std::optional<std::string> tier;
    std::int64_t quantity = 0;
    std::string plan; // name and version
    std::optional<std::string> campaign;
    std::optional<std::string> creator;
    std::optional<std::string> code;
    money::Amount gross, discount, tax, fee_platform, fee_payment, net;
    money::Amount eligible; // for commissions: lib/db/migrations/0005_settlement.sql
    Instant occurred_at;
    Instant imported_at;
    std::optional<std::string> payment_ref;
    // evidence
    std::string file_name;
    Hash256 file_sha256{};
    std::int64_t file_row = 0;
    std::string profile;
};

// One sale with what became of it.
struct SaleSummary {
    SaleLineId id;
    std::string order_ref;
    std::string line_ref;
    std::optional<std::string> tier;
    std::string status; // paid, partially_refunded, refunded, cancelled, chargeback
    std::int64_t quantity = 0;
    std::optional<std::string> code;
    std::optional<std::string> creator;
    money::Amount gross; // after all changes
    money::Amount net;
    money::Amount eligible; // for commissions
    Instant sold_at;
};

struct SaleFilter {
    EventId event;
    std::optional<std::string> status;
    std::int64_t limit = 100; // newest first
};

// A page at a time, so that memory does not grow with the list.
class SalePages {
public:
    SalePages(db::Transaction& tx, OrganizerId organizer, const SaleFilter& filter);
    std::vector<SaleSummary> next(); // empty: no more

private:
    db::Cursor m_cursor;
};

// All lines of one sale (by the id of any of its lines) or of one order. Errors sale.not_found, sale.which when
// orders of several events or sources have that reference.
std::vector<SaleLine> load_sale(db::Transaction& tx, OrganizerId organizer, std::string_view id_or_order);

} // namespace passa::sale
