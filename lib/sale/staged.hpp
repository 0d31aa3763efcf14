// One row as passa understood it, and its form in the staging table.
#pragma once
#include "lib/sale/catalog.hpp"
#include "lib/sale/profile.hpp"

namespace passa::sale {

struct Amounts {
    money::Int128 gross = 0;
    money::Int128 discount = 0;
    money::Int128 tax = 0;
    money::Int128 fee_platform = 0;
    money::Int128 fee_payment = 0;
};

// Meaning of the fields: sale_staging in 0003_sale.sql; roles beside those there: c a cancelled order-level fee, i one
// that is ignored but part of the order's total. Of a fee, whole means: a line of its own. Reused from row to row: the
// texts keep their memory.
struct Staged {
    std::int64_t file_row = 0;
    std::string source;
    std::string prefix;    // of the order
    std::string order_ref; // empty: could not be read
    std::string line_ref;  // empty: numbered in SQL
    const Tier* tier = nullptr;
    std::int64_t quantity = 1;
    Amounts amounts;
    std::string at; // as PostgreSQL reads it
    std::string code;
    std::string payment_ref;
    std::string refund_ref; // of a refund row of its own

    bool is_sale = false;     // stage it as sold
    std::string_view undo;    // stage an undoing of this kind; "remaining": amounts are what is left of the sale
    bool undo_is_row = false; // a refund row of its own: one more undoing; else the state of the row's sale
    bool undo_is_whole = true;
    Amounts undone;           // positive, when not whole
    std::string undone_at;    // empty: not told
    bool is_unpaid = false;   // a line that was not paid (yet)
    bool is_idle = false;     // not a sale: unpaid, or ignored by the profile
    std::string_view fee;     // an order-level fee: platform, payment, income, or ignored (counts in the order's total)
    bool fee_is_line = false; // not spread: income, or nothing else is left of the order
    bool fee_is_gone = false; // cancelled
    bool is_order = false;    // facts of an order
    bool order_has_total = false; // then amounts has it; the order's fees are there without it too

    const char* bad_code = nullptr; // the row is refused
    std::string bad_column;
    std::string bad_reason;

    void reset(std::int64_t row);
};

} // namespace passa::sale
