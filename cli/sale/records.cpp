// The same names wherever a line is shown.
#include "cli/sale/records.hpp"

namespace passa::cli {

out::Record sale_line_record(const sale::SaleLine& l) {
    return {{"sale", l.sale.text()},
            {"id", l.id.text()},
            {"seq", l.seq},
            {"kind", l.kind},
            {"source", l.source},
            {"order", l.order_ref},
            {"line", l.line_ref},
            {"tier", l.tier},
            {"quantity", l.quantity},
            {"plan", l.plan},
            {"campaign", l.campaign},
            {"creator", l.creator},
            {"code", l.code},
            {"gross", l.gross},
            {"discount", l.discount},
            {"tax", l.tax},
            {"fee_platform", l.fee_platform},
            {"fee_payment", l.fee_payment},
            {"net", l.net},
            {"eligible", l.eligible},
            {"occurred_at", l.occurred_at},
            {"payment_ref", l.payment_ref}};
}

out::Record sale_evidence_record(const sale::SaleLine& l) {
    return {{"imported_at", l.imported_at},
            {"profile", l.profile},
            {"file", l.file_name},
            {"file_sha256", to_hex(l.file_sha256)},
            {"file_line", l.file_row}};
}

out::Record joined(out::Record facts, const out::Record& more) {
    facts.insert(facts.end(), more.begin(), more.end());
    return facts;
}

} // namespace passa::cli
