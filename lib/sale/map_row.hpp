// From the fields of a record to what they say. Pure: no database, no state between rows.
#pragma once
#include "lib/sale/row_money.hpp"
#include "lib/sale/staged.hpp"
#include "lib/sale/ticket_count.hpp"

namespace passa::sale {

inline constexpr std::size_t k_longest_key = 255; // order, line, code, payment: longer is not a reference

// The row's date can only be read in the other order of day and month: then no date of its file can be trusted.
inline constexpr const char* k_other_date_order = "sale.date_order";
inline constexpr std::string_view k_only_tier = "*";

class RowMapper {
public:
    RowMapper(const Profile& profile, const Layout& layout, const Catalog& catalog);

    // False: the row is not a sale by the profile and is passed over. A line that is not paid comes back idle, a row
    // with a problem with bad_code set.
    bool map(const table::Record& record, Staged& out) const;

private:
    [[nodiscard]] std::string_view field(const table::Record& record, Column column) const {
        return m_layout.field(record, column);
    }
    [[nodiscard]] std::optional<RowKind> rule_of(const table::Record& record) const;
    void refuse_kind(const table::Record& record, Staged& out) const;
    bool read_order(const table::Record& record, RowKind kind, Staged& out) const;
    bool read_idle(const table::Record& record, RowKind kind, Status status, Staged& out) const;
    bool read_line(const table::Record& record, RowKind kind, Status status, Staged& out) const;
    bool read_fee(const table::Record& record, RowKind kind, Status status, Staged& out) const;
    [[nodiscard]] bool is_late_fee(const table::Record& record, RowKind kind, Status status) const;
    bool read_late_fee(const table::Record& record, RowKind kind, Staged& out) const;
    bool read_facts(const table::Record& record, Status status, Staged& out) const;
    [[nodiscard]] const Tier* find_tier(const table::Record& record) const;
    [[nodiscard]] std::string unknown_variation(std::string_view text, std::string_view detail) const;
    bool read_tier(const table::Record& record, Staged& out) const;
    bool read_tier_of(const table::Record& record, RowKind kind, Staged& out) const;
    [[nodiscard]] bool is_told_by_price(const table::Record& record) const;
    bool count_tickets(const table::Record& record, RowKind kind, Staged& out) const;
    bool read_keys(const table::Record& record, RowKind kind, Staged& out) const;
    bool read_currency(const table::Record& record, Staged& out) const;
    bool read_amounts(const table::Record& record, Staged& out) const;
    bool read_fees(const table::Record& record, Staged& out) const;
    bool read_moved_amount(const table::Record& record, Staged& out) const;
    bool read_gross(const table::Record& record, Staged& out) const;
    bool read_status(const table::Record& record, Staged& out, Status& status) const;
    [[nodiscard]] RowKind kind_of(const table::Record& record) const;
    struct DateAndTime {
        Column date;
        Column time;
    };
    bool read_when(const table::Record& record, DateAndTime columns, Staged& out, std::string& at) const;
    bool add_zone(const table::Record& record, Staged& out, std::string& at) const;
    bool read_amount(const table::Record& record, Column column, Staged& out, money::Int128& into) const;
    bool judge(const table::Record& record, RowKind kind, Status status, Staged& out) const;
    bool split_refund(money::Int128 refunded, Staged& out) const;
    bool bad(Staged& out, Column column, const char* code, std::string reason) const;

    const Profile& m_profile;
    const Layout& m_layout;
    const Catalog& m_catalog;
    DecimalForm m_form;
    mutable TicketCounter m_counter; // keeps what it has counted
};

} // namespace passa::sale
