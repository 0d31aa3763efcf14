// Statements write what went out with or without a minus; either way it went out.
#include "lib/sale/row_money.hpp"

namespace passa::sale {

DecimalForm decimal_form(const Profile& profile, const Layout& layout, const money::Asset& currency) {
    const bool minor = layout.shape->minor_units;
    DecimalForm form;
    form.decimal = minor ? '\0' : layout.dialect.decimal;
    form.thousands = minor ? std::nullopt : layout.dialect.thousands;
    form.bracket_negatives = profile.bracket_negatives;
    form.signs = &profile.signs;
    form.currency = currency.id;
    form.scale = minor ? 0 : currency.scale;
    return form;
}

Decimal read_moved(const table::Record& record, const Layout& layout, const DecimalForm& form) {
    const auto in = layout.field(record, Column::gross);
    const auto out = layout.field(record, Column::taken);
    Decimal came, went;
    if (!in.empty()) came = read_decimal(in, form);
    if (!out.empty() && came.bad_code == nullptr) went = read_decimal(out, form);
    if (came.bad_code != nullptr || !layout.has(Column::taken)) return came;
    if (went.bad_code != nullptr) return went;
    if (came.minor != 0 && went.minor != 0) return {0, "sale.amount", "money comes in and goes out in one row"};
    if (came.minor < 0) return {0, "sale.amount", "what came in is not negative"};
    return {went.minor == 0 ? came.minor : went.minor > 0 ? -went.minor : went.minor, nullptr, {}};
}

} // namespace passa::sale
