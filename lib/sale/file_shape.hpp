// One file of an export: what tells it from the others, and under which headers passa finds what.
#pragma once
#include "lib/sale/row_rule.hpp"

#include <array>
#include <string>
#include <vector>

namespace passa::sale {

// What passa wants to know of a row. Names as in the YAML; see k_column_docs.
enum class Column : std::uint8_t {
    source,
    event,
    order_prefix,
    order,
    line,
    tier,
    tier_detail,
    quantity,
    currency,
    unit_price,
    gross,
    taken,
    discount,
    tax,
    fee_platform,
    fee_payment,
    fee_tax,
    net,
    status,
    at,
    at_time,
    at_zone,
    refunded,
    refunded_at,
    refunded_time,
    code,
    payment_ref,
    refund_ref,
    refund_of,
    kind,
    balance,
};
inline constexpr std::size_t k_columns = 31;

struct ColumnDoc {
    Column column;
    std::string_view name;
    std::string_view doc;
};
extern const std::array<ColumnDoc, k_columns> k_column_docs;

// One of the files of an export, told from the others by its header.
struct FileShape {
    enum class Rows : std::uint8_t { lines, fees, orders };
    std::string name;
    Rows rows = Rows::lines;
    bool is_json = false;
    bool minor_units = false;                                // amounts are whole minor units
    std::vector<std::string> needs;                          // headers it must have, besides the mapped ones
    std::vector<std::string> without;                        // headers it must not have
    std::array<std::vector<std::string>, k_columns> headers; // per column: alternatives, first filled in wins
    RowKind kind_otherwise = RowKind::sale;                  // for a kind word that is not listed, or no kind column

    [[nodiscard]] const std::vector<std::string>& of(Column column) const {
        return headers[static_cast<std::size_t>(column)];
    }
};

// An export of the same product that is none of these files, told by its headers so that it can be called by its name.
struct OtherExport {
    std::string title;
    std::vector<std::string> needs;
    std::string instead; // what to export
};

} // namespace passa::sale
