// What a profile may say.
#include "lib/sale/profile_fields.hpp"

#include "lib/sale/profile.hpp"

namespace passa::sale {

const std::array<ColumnDoc, k_columns> k_column_docs{{
    {Column::source, "source", "the gateway, where one file holds several"},
    {Column::event, "event", "the event's name; a row of another event is refused"},
    {Column::order_prefix, "order-prefix", "stands in front of the order where orders are only unique within it"},
    {Column::order, "order", "the order"},
    {Column::line, "line", "the line within its order; without one, lines are numbered within order and tier"},
    {Column::tier, "tier", "the tier: its name, title or an alias"},
    {Column::tier_detail, "tier-detail",
     "joined to the tier with ' - ' where it is filled in; a tier takes every one by the alias 'NAME - *'"},
    {Column::quantity, "quantity", "how many tickets; without one, 1"},
    {Column::currency, "currency", "must be the event's"},
    {Column::unit_price, "unit-price", "gross is quantity times this, less the discount, where gross is missing"},
    {Column::gross, "gross", "paid after discount, tax included"},
    {Column::taken, "taken",
     "money that went out, where it has a column of its own; gross has then what came in, with or without a minus"},
    {Column::discount, "discount", "given by codes or vouchers"},
    {Column::tax, "tax", "contained in gross"},
    {Column::fee_platform, "fee-platform", "kept by the platform"},
    {Column::fee_payment, "fee-payment", "kept by the payment provider"},
    {Column::fee_tax, "fee-tax", "tax on the fees, kept by the platform with them"},
    {Column::net, "net", "checked: gross less tax and fees"},
    {Column::status, "status", "see status words"},
    {Column::at, "at", "when it was sold: date, or date and time"},
    {Column::at_time, "at-time", "the time, where it has a column of its own"},
    {Column::at_zone, "at-zone", "the zone of the time: an abbreviation, a name such as Africa/Nairobi, or see zones"},
    {Column::refunded, "refunded", "how much of gross was given back"},
    {Column::refunded_at, "refunded-at", "when it was given back"},
    {Column::refunded_time, "refunded-time", "the time of that, where it has a column of its own"},
    {Column::code, "code", "promo code, voucher or affiliate: credits its creator"},
    {Column::payment_ref, "payment-ref", "the payment, for reconciliation"},
    {Column::refund_ref, "refund-ref",
     "tells refund rows of their own apart; without one, they are told apart by kind, time, payment and amount"},
    {Column::refund_of, "refund-of",
     "on refunds and fees: the order (and line) that they are of, where that is not in the order's column"},
    {Column::kind, "kind", "see kind words and rules"},
    {Column::balance, "balance",
     "what the account holds after the row; a file whose rows do not follow from one another is refused"},
}};

namespace {

using manifest::Field;
using manifest::FieldType;

Field words(std::string name, std::string doc) { return {std::move(name), FieldType::list, false, std::move(doc)}; }

Field choice(std::string name, std::string doc, std::vector<std::string> choices) {
    return {std::move(name), FieldType::choice, false, std::move(doc), std::move(choices)};
}

std::vector<Field> column_fields() {
    std::vector<Field> fields;
    for (const auto& column : k_column_docs)
        fields.push_back(words(std::string{column.name},
                               fmt::format("{}: header texts, the first one filled in wins; 'Text #2' is its second "
                                           "occurrence",
                                           column.doc)));
    return fields;
}

const std::vector<std::string> k_kinds{"sale", "refund", "platform-fee", "payment-fee", "income", "ignore"};

std::vector<std::string> kinds_and_refuse() {
    auto kinds = k_kinds;
    kinds.emplace_back("refuse");
    return kinds;
}

std::vector<Field> rule_fields() {
    return {
        words("columns", "the header that the words are looked for under, the first that the file has; none: no match"),
        words("is", "texts that it says, in any case"),
        words("begins", "or that it begins with"),
        words("has", "or that stand in it"),
        choice("moves", "which way the money goes: gross is above zero, below, or zero", {"in", "out", "nothing"}),
        {"kind", FieldType::choice, true, "what such a row is", kinds_and_refuse()},
    };
}

std::vector<Field> file_fields() {
    return {
        {"name", FieldType::name, true, "how passa calls this file of the export"},
        choice("rows", "what a row is: a line sold (default), an order-level fee, or facts of an order",
               {"lines", "fees", "orders"}),
        choice("format", "csv (default), or one JSON object a line", {"csv", "json-lines"}),
        choice("amounts", "1500.00 (major, default) or 150000 (minor)", {"major", "minor"}),
        words("needs", "headers that tell this file from the others"),
        words("without", "headers that this file does not have"),
        choice("kind-otherwise", "what a row is that no rule fits and whose kind word is not listed",
               kinds_and_refuse()),
        {"columns", FieldType::object, true, "which header holds what", {}, column_fields()},
    };
}

std::vector<Field> status_fields() {
    std::vector<Field> fields;
    for (const auto* word : {"paid", "pending", "refunded", "partially-refunded", "cancelled", "chargeback", "ignore"})
        fields.push_back(words(word, "texts of the status column that mean this"));
    fields.push_back(words("fees-only", "texts that mean: the order's lines were cancelled, its fees stand"));
    fields.push_back(choice("otherwise", "what any other text means; default: the row is refused",
                            {"paid", "pending", "cancelled", "ignore"}));
    return fields;
}

// How the file writes what it says.
std::vector<Field> dialect_fields() {
    return {
        {"zone", FieldType::zone, false, "of times without an offset; default: the event's"},
        choice("delimiter", "default: found from the header", {"comma", "semicolon", "tab", "pipe"}),
        {"preamble", FieldType::integer, false, "how many lines may stand above the header; default 0, at most 50"},
        {"zones",
         FieldType::list,
         false,
         "what the zone column says, where passa does not know it or takes it for another",
         {},
         {{"name", FieldType::text, true, "as written in the file, in any case"},
          {"offset", FieldType::text, true, "from UTC: +05:30"}}},
        choice(
            "dates",
            "the order of numbers in a date; one that begins with a four-digit year is always read as such; by-file: "
            "what all dates of a file show, which is refused where they do not",
            {"year-first", "month-first", "day-first", "by-file"}),
        choice("decimal",
               "the decimal sign; by-file: what all amounts of a file show, the other sign between groups of three",
               {"point", "comma", "by-file"}),
        choice("thousands", "the sign between groups of three", {"none", "comma", "point", "space", "apostrophe"}),
        choice("negatives", "brackets: (15.00) is -15.00", {"minus", "brackets"}),
        {"signs",
         FieldType::list,
         false,
         "currency signs in amounts",
         {},
         {{"sign", FieldType::text, true, "as written in the file"},
          {"currency", FieldType::text, true, "KES, USD, ..."}}},
    };
}

// What becomes of fees, refunds, and of what is not there.
std::vector<Field> law_fields() {
    return {
        choice("fees", "how fees are written: positive (default), or negative as money that goes out",
               {"positive", "negative"}),
        choice("net", "what net is: gross less tax and fees (default), or less fees alone",
               {"without-tax", "with-tax"}),
        choice("fees-alone", "a fee whose order is no sale: refuse it (default), or ignore it", {"refuse", "ignore"}),
        choice("order-fees", "order-level fees: spread over the order's lines by price, or kept as lines",
               {"spread", "lines"}),
        choice("order-fees-paid-by",
               "buyer: beside the prices; seller: out of them; either: each order's total tells which part came beside",
               {"buyer", "seller", "either"}),
        choice("refunded-fees", "whether the gateway gives its fees back with a refund", {"returned", "kept"}),
        choice("corrections", "what other money for a known line means: refuse, or a correction by the difference",
               {"refuse", "accept"}),
        choice("missing",
               "what it means when an order comes without a line or refund row that the book has: refuse the order "
               "(default); cancelled: the line was cancelled, and a refund row that is gone is refused; ignore: files "
               "hold "
               "only what is new",
               {"refuse", "cancelled", "ignore"}),
    };
}

std::vector<Field> kind_fields() {
    std::vector<Field> kinds;
    for (const auto& kind : k_kinds)
        kinds.push_back(words(kind, kind == "income"
                                        ? "texts of the kind column that mean: an order-level charge that the "
                                          "seller keeps, such as for a cancellation; a line of its own"
                                        : "texts of the kind column that mean this"));
    return kinds;
}

std::vector<Field> spec_fields() {
    std::vector<Field> fields{
        {"title", FieldType::text, true, "for people"},
        {"source", FieldType::name, true, "the gateway that these sales come from"},
    };
    const std::vector<Field> more{
        {"status", FieldType::object, false, "status words, in any case", {}, status_fields()},
        {"kinds", FieldType::object, false, "kind words, in any case", {}, kind_fields()},
        {"rules",
         FieldType::list,
         false,
         "what a row is where no single word tells: asked in turn and before kinds, the first that fits wins",
         {},
         rule_fields()},
        {"tier-otherwise", FieldType::text, false,
         "the tier of rows that name none; '*': the event's only one. The option --tier says another"},
        choice("tickets",
               "how many a row is that does not say: one (default); by-price: as many as its gross is at the tier's "
               "price in the event. A row that names no tier is then of the one whose tickets alone make its gross, "
               "with tier-otherwise '*'; what several tiers could make is refused",
               {"one", "by-price"}),
        {"files", FieldType::list, true, "the files of the export", {}, file_fields()},
        {"other-exports",
         FieldType::list,
         false,
         "exports of the same product that this profile does not read, to be called by their names",
         {},
         {{"title", FieldType::text, true, "what it is called"},
          words("needs", "headers that tell it"),
          {"instead", FieldType::text, true, "what to export instead"}}},
    };
    for (const auto& part : {dialect_fields(), more, law_fields()})
        fields.insert(fields.end(), part.begin(), part.end());
    return fields;
}

} // namespace

const manifest::ObjectKind& import_profile_kind() {
    static const manifest::ObjectKind kind{"ImportProfile", 0, "How one product's export of sales is read",
                                           spec_fields()};
    return kind;
}

} // namespace passa::sale
