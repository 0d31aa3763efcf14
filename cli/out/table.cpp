// Widths are display columns. When a row does not fit, records are stacked: nothing is hidden.
#include "cli/out/table.hpp"

#include "lib/base/text.hpp"
#include "lib/render/csv.hpp"

#include <algorithm>
#include <limits>

namespace passa::cli::out {
namespace {

bool is_number(const Value& value) {
    return std::holds_alternative<money::Amount>(value.data) || std::holds_alternative<std::int64_t>(value.data);
}

const Value& find(const Record& record, const std::string& key) {
    static const Value none;
    const auto it = std::find_if(record.begin(), record.end(), [&](const auto& field) { return field.first == key; });
    return it == record.end() ? none : it->second;
}

std::string padded(const std::string& text, std::size_t width, bool right) {
    const auto used = display_width(text);
    const std::string blanks(width > used ? width - used : 0, ' ');
    return right ? blanks + text : text + blanks;
}

std::string trimmed_line(std::string line) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line + "\n";
}

std::string plain(const std::vector<Column>& columns, const Records& records, const Terminal& terminal) {
    std::string out;
    for (const auto& record : records) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            out += (i == 0 ? "" : "\t") + cell(find(record, columns[i].key), terminal);
        out += "\n";
    }
    return out;
}

std::string stacked(const std::vector<Column>& columns, const Records& records, const Terminal& terminal) {
    std::string out;
    for (const auto& record : records) {
        if (!out.empty()) out += "\n";
        for (const auto& column : columns)
            out += fmt::format("{}: {}\n", column.title, cell(find(record, column.key), terminal));
    }
    return out;
}

std::string inline_text(const Record& record, const Terminal& terminal) {
    std::string out;
    for (const auto& [key, value] : record)
        out += fmt::format("{}{}={}", out.empty() ? "" : " ", key, cell(value, terminal));
    return out;
}

} // namespace

std::string cell(const Value& value, const Terminal& terminal) {
    return std::visit(
        [&](const auto& v) -> std::string {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, std::nullptr_t>)
                return terminal.stdout_is_tty ? "-" : "";
            else if constexpr (std::is_same_v<T, bool>)
                return v ? "yes" : "no";
            else if constexpr (std::is_same_v<T, std::int64_t>)
                return std::to_string(v);
            else if constexpr (std::is_same_v<T, std::string>)
                return printable(v, std::numeric_limits<std::size_t>::max());
            else if constexpr (std::is_same_v<T, money::Amount>)
                return terminal.stdout_is_tty ? v.for_people() : v.text();
            else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Day>)
                return to_text(v);
            else if constexpr (std::is_same_v<T, JsonText>)
                return printable(v.text, std::numeric_limits<std::size_t>::max());
            else if constexpr (std::is_same_v<T, Record>)
                return inline_text(v, terminal);
            else
                return fmt::format("{} items", v.size());
        },
        value.data);
}

std::string table(const std::vector<Column>& columns, const Records& records, const Terminal& terminal) {
    if (!terminal.stdout_is_tty) return plain(columns, records, terminal);
    std::vector<std::size_t> widths;
    std::size_t total = 0;
    for (const auto& column : columns) {
        auto width = display_width(column.title);
        for (const auto& record : records)
            width = std::max(width, display_width(cell(find(record, column.key), terminal)));
        widths.push_back(width);
        total += width + 2;
    }
    if (total > terminal.width + 2) return stacked(columns, records, terminal);
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool right = std::any_of(records.begin(), records.end(),
                                       [&](const auto& r) { return is_number(find(r, columns[i].key)); });
        line += padded(columns[i].title, widths[i], right) + "  ";
    }
    auto out = trimmed_line(line);
    for (const auto& record : records) {
        line.clear();
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto& value = find(record, columns[i].key);
            line += padded(cell(value, terminal), widths[i], is_number(value)) + "  ";
        }
        out += trimmed_line(line);
    }
    return out;
}

std::string fields(const Record& record, const Terminal& terminal) {
    std::string out;
    for (const auto& [key, value] : record) {
        const auto* nested = std::get_if<Records>(&value.data);
        if (nested == nullptr) out += fmt::format("{}: {}\n", key, cell(value, terminal));
    }
    for (const auto& [key, value] : record) {
        const auto* nested = std::get_if<Records>(&value.data);
        if (nested == nullptr || nested->empty()) continue;
        std::vector<Column> columns;
        for (const auto& field : nested->front())
            if (!std::holds_alternative<Records>(field.second.data)) columns.push_back({field.first, field.first});
        out += fmt::format("\n{}:\n{}", key, table(columns, *nested, terminal));
    }
    return out;
}

// Amounts take two columns, so that a spreadsheet can add them up.
std::string csv(const std::vector<Column>& columns, const Records& records) {
    const Terminal pipe; // times as machines read them
    std::vector<std::string> keys, row;
    if (records.empty())
        for (const auto& column : columns) keys.push_back(column.key);
    else
        for (const auto& [key, value] : records.front())
            if (!std::holds_alternative<Records>(value.data)) keys.push_back(key);
    const auto is_money = [&](const std::string& key) {
        return std::any_of(records.begin(), records.end(), [&](const auto& record) {
            return std::holds_alternative<money::Amount>(find(record, key).data);
        });
    };
    for (const auto& key : keys) {
        row.push_back(key);
        if (is_money(key)) row.push_back(key + "_asset");
    }
    auto out = render::csv_row(row);
    for (const auto& record : records) {
        row.clear();
        for (const auto& key : keys) {
            const auto* amount = std::get_if<money::Amount>(&find(record, key).data);
            row.push_back(amount == nullptr ? cell(find(record, key), pipe) : amount->number());
            if (is_money(key)) row.push_back(amount == nullptr ? "" : amount->asset().id);
        }
        out += render::csv_row(row);
    }
    return out;
}

} // namespace passa::cli::out
