// From a checked manifest to a Profile.
#include "lib/sale/profile.hpp"

#include "lib/base/text.hpp"
#include "lib/crypto/hash.hpp"
#include "lib/manifest/read.hpp"
#include "lib/sale/profile_fields.hpp"

#include <algorithm>

namespace passa::sale {

using manifest::Node;

namespace {

std::string text_of(const Node& spec, std::string_view key, std::string_view otherwise = {}) {
    const auto* node = spec.find(key);
    return std::string{node == nullptr ? otherwise : node->text};
}

std::vector<std::string> texts_of(const Node& spec, std::string_view key) {
    std::vector<std::string> texts;
    if (const auto* list = spec.find(key))
        for (const auto& item : list->items) texts.emplace_back(trim(item.text));
    return texts;
}

RowKind kind_of(std::string_view text) {
    if (text == "refund") return RowKind::refund;
    if (text == "income") return RowKind::income;
    if (text == "platform-fee") return RowKind::platform_fee;
    if (text == "payment-fee") return RowKind::payment_fee;
    if (text == "refuse") return RowKind::refuse;
    return text == "ignore" ? RowKind::ignore : RowKind::sale;
}

Status status_of(std::string_view text) {
    if (text == "pending") return Status::pending;
    if (text == "refunded") return Status::refunded;
    if (text == "fees-only") return Status::fees_only;
    if (text == "partially-refunded") return Status::partially_refunded;
    if (text == "cancelled") return Status::cancelled;
    if (text == "chargeback") return Status::chargeback;
    return text == "ignore" ? Status::ignore : Status::paid;
}

// "Order #" is "order #": blanks around it and case do not tell headers apart.
std::vector<std::string> headers_of(const Node& columns, std::string_view key) {
    auto headers = texts_of(columns, key);
    for (auto& header : headers) header = to_lower(header);
    return headers;
}

class ProfileReader {
public:
    explicit ProfileReader(const manifest::Manifest& manifest) : m_manifest(manifest) {}
    Problems problems;

    Profile read() {
        const auto& spec = m_manifest.spec();
        Profile p;
        p.name = m_manifest.name;
        p.title = text_of(spec, "title");
        p.source = text_of(spec, "source");
        if (const auto* zone = spec.find("zone")) p.zone = zone->text;
        read_dialect(spec, p);
        if (const auto* words = spec.find("status")) read_status(*words, p);
        if (const auto* words = spec.find("kinds"))
            for (const auto& entry : words->entries)
                for (const auto& word : texts_of(*words, entry.key))
                    add_word(p.kind_words, word, kind_of(entry.key), entry);
        if (const auto* rules = spec.find("rules"))
            for (const auto& item : rules->items) p.rules.push_back(read_rule(item));
        if (const auto* others = spec.find("other-exports"))
            for (const auto& item : others->items)
                p.others.push_back({text_of(item, "title"), headers_of(item, "needs"), text_of(item, "instead")});
        if (const auto* tier = spec.find("tier-otherwise")) p.tier_otherwise = trim(tier->text);
        p.counts_by_price = text_of(spec, "tickets") == "by-price";
        p.fees_negative = text_of(spec, "fees") == "negative";
        p.net_holds_tax = text_of(spec, "net") == "with-tax";
        p.ignores_stray_fees = text_of(spec, "fees-alone") == "ignore";
        p.keep_order_fees = text_of(spec, "order-fees") == "lines";
        p.fees_by_total = text_of(spec, "order-fees-paid-by") == "either";
        p.fees_on_top = !p.fees_by_total && text_of(spec, "order-fees-paid-by") != "seller";
        p.refunds_keep_fees = text_of(spec, "refunded-fees") == "kept";
        p.accept_corrections = text_of(spec, "corrections") == "accept";
        const auto missing = text_of(spec, "missing");
        p.missing = missing == "ignore"      ? Missing::ignore
                    : missing == "cancelled" ? Missing::cancelled
                                             : Missing::refuse;
        for (const auto& file : spec.find("files")->items)
            p.files.push_back(read_file(file, p.tier_otherwise.has_value()));
        if (p.files.empty()) refuse(spec.find("files")->mark, "a profile needs at least one file");
        return p;
    }

private:
    void refuse(manifest::Mark mark, std::string message) {
        problems.push_back(
            {Kind::invalid_input, "sale.profile", std::move(message), "", {}, {}, m_manifest.place(mark)});
    }

    template <typename T>
    void add_word(std::map<std::string, T>& words, const std::string& word, T meaning, const Node::Entry& entry) {
        if (!words.try_emplace(to_lower(word), meaning).second)
            refuse(entry.mark, fmt::format("'{}' is listed twice", printable(word, 40)));
    }

    void read_dialect(const Node& spec, Profile& p) {
        static const std::map<std::string, char> signs{{"comma", ','},      {"semicolon", ';'}, {"tab", '\t'},
                                                       {"pipe", '|'},       {"point", '.'},     {"space", ' '},
                                                       {"apostrophe", '\''}};
        if (const auto* d = spec.find("delimiter")) p.delimiter = signs.at(d->text);
        p.decimal_by_file = text_of(spec, "decimal") == "by-file";
        if (!p.decimal_by_file) p.dialect.decimal = signs.at(text_of(spec, "decimal", "point"));
        if (const auto* t = spec.find("thousands"); t != nullptr && t->text != "none")
            p.dialect.thousands = signs.at(t->text);
        if (p.dialect.thousands == p.dialect.decimal)
            refuse(spec.find("thousands")->mark, "decimal and thousands sign are the same");
        if (p.dialect.thousands && p.decimal_by_file)
            refuse(spec.find("thousands")->mark, "with decimal: by-file, the file shows the thousands sign as well");
        p.bracket_negatives = text_of(spec, "negatives") == "brackets";
        p.preamble = std::stoi(text_of(spec, "preamble", "0").substr(0, 6));
        if (p.preamble > k_most_preamble)
            refuse(spec.find("preamble")->mark, fmt::format("a preamble has at most {} lines", k_most_preamble));
        const auto dates = text_of(spec, "dates", "year-first");
        p.dates_by_file = dates == "by-file";
        p.dialect.dates = dates == "month-first" ? DateOrder::month_first
                          : dates == "day-first" ? DateOrder::day_first
                                                 : DateOrder::year_first;
        if (const auto* list = spec.find("signs"))
            for (const auto& item : list->items) p.signs[item.find("sign")->text] = item.find("currency")->text;
        if (const auto* list = spec.find("zones"))
            for (const auto& item : list->items) read_zone(item, p);
    }

    void read_zone(const Node& item, Profile& p) {
        const auto offset = text_of(item, "offset");
        const auto digit = [&](std::size_t at, char most) { return offset[at] >= '0' && offset[at] <= most; };
        const bool is_offset = offset.size() == 6 && (offset[0] == '+' || offset[0] == '-') && digit(1, '1') &&
                               digit(2, offset[1] == '1' ? '4' : '9') && offset[3] == ':' && digit(4, '5') &&
                               digit(5, '9');
        if (!is_offset) refuse(item.mark, fmt::format("'{}' is not an offset such as +05:30", printable(offset, 20)));
        p.zones[to_lower(trim(text_of(item, "name")))] = offset;
    }

    RowRule read_rule(const Node& item) {
        RowRule rule;
        rule.headers = headers_of(item, "columns");
        rule.is = headers_of(item, "is");
        rule.begins = headers_of(item, "begins");
        rule.has = headers_of(item, "has");
        const auto moves = text_of(item, "moves");
        if (!moves.empty()) rule.moves = moves == "in" ? Moves::in : moves == "out" ? Moves::out : Moves::nothing;
        rule.kind = kind_of(text_of(item, "kind", "ignore"));
        if (rule.headers.empty() ? rule.has_words() || !rule.moves : !rule.has_words())
            refuse(item.mark, "a rule names columns and words to look for in them, or which way the money moves");
        return rule;
    }

    void read_status(const Node& words, Profile& p) {
        for (const auto& entry : words.entries) {
            if (entry.key == "otherwise")
                p.status_otherwise = status_of(entry.value.text);
            else
                for (const auto& word : texts_of(words, entry.key))
                    add_word(p.status_words, word, status_of(entry.key), entry);
        }
    }

    FileShape read_file(const Node& node, bool has_tier) {
        FileShape file;
        file.name = text_of(node, "name");
        const auto rows = text_of(node, "rows", "lines");
        file.rows = rows == "fees"     ? FileShape::Rows::fees
                    : rows == "orders" ? FileShape::Rows::orders
                                       : FileShape::Rows::lines;
        file.is_json = text_of(node, "format") == "json-lines";
        file.minor_units = text_of(node, "amounts") == "minor";
        file.needs = headers_of(node, "needs");
        file.without = headers_of(node, "without");
        file.kind_otherwise =
            kind_of(text_of(node, "kind-otherwise", file.rows == FileShape::Rows::fees ? "platform-fee" : "sale"));
        const auto& columns = *node.find("columns");
        for (const auto& doc : k_column_docs)
            file.headers[static_cast<std::size_t>(doc.column)] = headers_of(columns, doc.name);
        require_columns(file, columns.mark, has_tier);
        return file;
    }

    void require_columns(const FileShape& file, manifest::Mark mark, bool has_tier) {
        const auto need = [&](bool there, std::string_view what) {
            if (!there) refuse(mark, fmt::format("file {} maps no column to {}", file.name, what));
        };
        need(!file.of(Column::order).empty(), "order");
        if (file.rows == FileShape::Rows::orders) return;
        need(!file.of(Column::gross).empty() || !file.of(Column::unit_price).empty(), "gross or unit-price");
        if (file.rows == FileShape::Rows::fees) return;
        need(has_tier || !file.of(Column::tier).empty(), "tier");
        need(!file.of(Column::at).empty(), "at");
    }

    const manifest::Manifest& m_manifest;
};

} // namespace

bool Profile::has_order_fees() const {
    const auto is_fee = [](RowKind kind) {
        return kind == RowKind::platform_fee || kind == RowKind::payment_fee || kind == RowKind::income;
    };
    return std::any_of(files.begin(), files.end(),
                       [](const FileShape& f) {
                           return f.rows == FileShape::Rows::fees ||
                                  (f.rows == FileShape::Rows::orders &&
                                   (!f.of(Column::fee_platform).empty() || !f.of(Column::fee_payment).empty()));
                       }) ||
           std::any_of(kind_words.begin(), kind_words.end(), [&](const auto& word) { return is_fee(word.second); }) ||
           std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return is_fee(rule.kind); });
}

Result<Profile> parse_profile(std::string_view yaml, std::string origin) {
    auto documents = manifest::read_text(yaml, origin);
    if (!documents) return documents.problems();
    const std::vector<manifest::ObjectKind> kinds{import_profile_kind()};
    const auto manifests = manifest::check(*std::move(documents), kinds);
    if (!manifests) return manifests.problems();
    if (manifests->size() != 1)
        return Problem{Kind::invalid_input, "sale.profile", fmt::format("{} must hold exactly one profile", origin),
                       "look at one with: passa sale profiles --show passa"};
    ProfileReader reader{manifests->front()};
    auto profile = reader.read();
    if (!reader.problems.empty()) return reader.problems;
    profile.origin = std::move(origin);
    profile.text = yaml;
    profile.hash = crypto::sha256(as_bytes(yaml));
    return profile;
}

void name_tier(Profile& profile, const std::string& tier) {
    profile.tier_otherwise = tier;
    profile.hash = crypto::sha256(as_bytes(fmt::format("{}\ntier-otherwise: {}", profile.text, tier)));
}

std::string_view name(DateOrder order) {
    return order == DateOrder::year_first ? "year-first" : order == DateOrder::day_first ? "day-first" : "month-first";
}

std::string_view name(Status status) {
    constexpr std::string_view names[] = {"paid",      "pending",   "refunded",   "partially_refunded",
                                          "cancelled", "fees_only", "chargeback", "ignore"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view name(FileShape::Rows rows) {
    return rows == FileShape::Rows::lines ? "lines" : rows == FileShape::Rows::fees ? "fees" : "orders";
}

} // namespace passa::sale
