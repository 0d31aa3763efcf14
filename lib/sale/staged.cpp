// Emptied for the next row; the texts keep their memory.
#include "lib/sale/staged.hpp"

namespace passa::sale {

void Staged::reset(std::int64_t row) {
    file_row = row;
    prefix.clear();
    order_ref.clear();
    line_ref.clear();
    tier = nullptr;
    quantity = 1;
    amounts = {};
    undone = {};
    at.clear();
    code.clear();
    payment_ref.clear();
    refund_ref.clear();
    undone_at.clear();
    is_sale = is_order = order_has_total = undo_is_row = is_unpaid = is_idle = fee_is_line = fee_is_gone = false;
    undo_is_whole = true;
    undo = {};
    fee = {};
    bad_code = nullptr;
    bad_column.clear();
    bad_reason.clear();
}

} // namespace passa::sale
