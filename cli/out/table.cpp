// Widths are display columns. When a row does not fit, columns of words are wrapped; when that does not help, records
// are stacked: nothing is hidden, and nothing that one copies is broken.
#include "cli/out/table.hpp"

#include "cli/out/wrap.hpp"
#include "lib/base/text.hpp"
#include "lib/render/csv.hpp"

#include <algorithm>
#include <limits>

namespace passa::cli::out {
namespace {

using Line = std::vector<std::string>;

constexpr std::size_t k_least_wrapped = 20; // narrower columns of words are hard to read

bool is_number(const Value& value) {
    return std::holds_alternative<money::Amount>(value.data) || std::holds_alternative<std::int64_t>(value.data);
}

bool is_empty(const Value& value) {
    const auto* text = std::get_if<std::string>(&value.data);
    return std::holds_alternative<std::nullptr_t>(value.data) || (text != nullptr && text->empty());
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
            if (const auto& value = find(record, column.key); !is_empty(value))
                out += fmt::format("{}: {}\n", column.title, cell(value, terminal));
    }
    return out;
}

// How wide a column is, and how narrow it may become.
struct Fit {
    std::size_t width = 0;
    std::size_t longest_word = 0;
    bool is_number = false; // to the right, and never wrapped
    void take(const std::string& text) {
        width = std::max(width, display_width(text));
        for (const auto word : split_at(text, ' ')) longest_word = std::max(longest_word, display_width(word));
    }
    [[nodiscard]] std::size_t least() const {
        return is_number ? width : std::min(width, std::max(longest_word, k_least_wrapped));
    }
};

// Takes from the widest column that can give, until a row fits. False when that is not enough.
bool squeeze(std::vector<Fit>& fits, std::size_t room) {
    std::size_t total = 0;
    for (const auto& fit : fits) total += fit.width + 2;
    while (total > room + 2) {
        Fit* widest = nullptr;
        for (auto& fit : fits)
            if (fit.width > fit.least() && (widest == nullptr || fit.width > widest->width)) widest = &fit;
        if (widest == nullptr) return false;
        --widest->width;
        --total;
    }
    return true;
}

Line wrapped(const std::string& text, std::size_t width) {
    Line lines{""};
    for (const auto word : split_at(text, ' ')) {
        auto& line = lines.back();
        if (!line.empty() && display_width(line) + 1 + display_width(word) > width)
            lines.emplace_back(word);
        else
            line += (line.empty() ? "" : " ") + std::string{word};
    }
    return lines;
}

std::string row_text(const Line& cells, const std::vector<Fit>& fits) {
    std::vector<Line> parts;
    std::size_t height = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool fits_in = display_width(cells[i]) <= fits[i].width;
        parts.push_back(fits_in ? Line{cells[i]} : wrapped(cells[i], fits[i].width));
        height = std::max(height, parts.back().size());
    }
    std::string out;
    for (std::size_t row = 0; row < height; ++row) {
        std::string line;
        for (std::size_t i = 0; i < parts.size(); ++i)
            line += padded(row < parts[i].size() ? parts[i][row] : "", fits[i].width, fits[i].is_number) + "  ";
        out += trimmed_line(line);
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
            else if constexpr (std::is_same_v<T, Instant>) // fractions are for machines
                return terminal.stdout_is_tty ? to_text(std::chrono::floor<std::chrono::seconds>(v)) : to_text(v);
            else if constexpr (std::is_same_v<T, Day>)
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
    std::vector<Line> lines{{}};
    std::vector<Fit> fits;
    for (const auto& column : columns) {
        lines.front().push_back(column.title);
        fits.push_back({});
    }
    for (const auto& record : records) {
        lines.emplace_back();
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto& value = find(record, columns[i].key);
            lines.back().push_back(cell(value, terminal));
            fits[i].is_number = fits[i].is_number || is_number(value);
        }
    }
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) fits[i].take(line[i]);
    if (!squeeze(fits, terminal.width)) return stacked(columns, records, terminal);
    std::string out;
    for (const auto& line : lines) out += row_text(line, fits);
    return out;
}

std::string fields(const Record& record, const Terminal& terminal) {
    std::string out;
    for (const auto& [key, value] : record) {
        const auto* nested = std::get_if<Records>(&value.data);
        const bool says_nothing = terminal.stdout_is_tty && is_empty(value);
        if (nested != nullptr) continue;
        const auto lead = key + ": ";
        const auto text = says_nothing ? "-" : cell(value, terminal);
        out += lead + (terminal.stdout_is_tty ? wrap_from(text, lead.size(), 2, terminal.width) : text) + "\n";
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
    std::vector<bool> is_money;
    for (const auto& key : keys) {
        is_money.push_back(std::any_of(records.begin(), records.end(), [&](const auto& record) {
            return std::holds_alternative<money::Amount>(find(record, key).data);
        }));
        row.push_back(key);
        if (is_money.back()) row.push_back(key + "_asset");
    }
    auto out = render::csv_row(row);
    for (const auto& record : records) {
        row.clear();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto& value = find(record, keys[i]);
            const auto* amount = std::get_if<money::Amount>(&value.data);
            row.push_back(amount == nullptr ? cell(value, pipe) : amount->number());
            if (is_money[i]) row.push_back(amount == nullptr ? "" : amount->asset().id);
        }
        out += render::csv_row(row);
    }
    return out;
}

} // namespace passa::cli::out
