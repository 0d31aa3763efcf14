// Split the header by every delimiter there is, see which file of the profile each reading makes, and insist on one.
#include "lib/sale/layout.hpp"

#include "lib/base/text.hpp"
#include "lib/table/csv_reader.hpp"
#include "lib/table/json_reader.hpp"

#include <algorithm>

namespace passa::sale {
namespace {

constexpr std::string_view k_delimiters = ",;\t|";

// Lenient on purpose: it only has to tell headers apart. The strict reader comes afterwards.
std::vector<std::string> split_header(std::string_view line, char delimiter) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == delimiter && !quoted)
            fields.emplace_back();
        else
            fields.back() += c;
        if (fields.size() > table::k_most_columns) break;
    }
    return fields;
}

std::string normal(std::string_view header) { return to_lower(trim(header)); }

// "company #2" is the second occurrence, unless a header is called just that. -1: not there.
int find_header(const std::vector<std::string>& headers, const std::string& wanted) {
    const auto exact = std::find(headers.begin(), headers.end(), wanted);
    if (exact != headers.end()) return static_cast<int>(exact - headers.begin());
    const auto sign = wanted.rfind(" #");
    if (sign == std::string::npos || sign + 3 != wanted.size() || wanted.back() < '2' || wanted.back() > '9') return -1;
    int left = wanted.back() - '0';
    for (std::size_t i = 0; i < headers.size(); ++i)
        if (headers[i] == wanted.substr(0, sign) && --left == 0) return static_cast<int>(i);
    return -1;
}

std::vector<int> find_columns(const std::vector<std::string>& headers, const FileShape& shape, Column column) {
    std::vector<int> found;
    for (const auto& wanted : shape.of(column))
        if (const int at = find_header(headers, wanted); at >= 0) found.push_back(at);
    return found;
}

bool has_column(const std::vector<std::string>& headers, const FileShape& shape, Column column) {
    return !find_columns(headers, shape, column).empty();
}

int find_first(const std::vector<std::string>& headers, const std::vector<std::string>& wanted) {
    for (const auto& name : wanted)
        if (const int at = find_header(headers, name); at >= 0) return at;
    return -1;
}

void place_columns(Layout& layout, const std::vector<std::string>& headers, const Profile& profile) {
    layout.dialect = profile.dialect;
    for (const auto& rule : profile.rules) layout.rule_at.push_back(find_first(headers, rule.headers));
    for (std::size_t c = 0; c < k_columns; ++c) {
        auto found = find_columns(headers, *layout.shape, static_cast<Column>(c));
        layout.at[c] = found.empty() ? -1 : found.front();
        if (!found.empty()) found.erase(found.begin());
        layout.otherwise[c] = std::move(found);
    }
}

bool maps_header(const FileShape& shape, const std::string& header) {
    return std::any_of(shape.headers.begin(), shape.headers.end(), [&](const auto& mapped) {
        return std::find(mapped.begin(), mapped.end(), header) != mapped.end();
    });
}

// What keeps these headers from being this file.
std::vector<std::string> missing(const std::vector<std::string>& headers, const FileShape& shape) {
    std::vector<std::string> lack;
    const auto need = [&](Column column) {
        if (!has_column(headers, shape, column) && !shape.of(column).empty()) lack.push_back(shape.of(column).front());
    };
    for (const auto& wanted : shape.needs)
        if (find_header(headers, wanted) < 0) lack.push_back(wanted);
    need(Column::order);
    if (shape.rows == FileShape::Rows::lines) {
        need(Column::tier);
        need(Column::at);
    }
    if (shape.rows != FileShape::Rows::orders && !has_column(headers, shape, Column::gross) &&
        !has_column(headers, shape, Column::unit_price))
        lack.push_back(
            (shape.of(Column::gross).empty() ? shape.of(Column::unit_price) : shape.of(Column::gross)).front());
    std::vector<std::string> once; // a header may be both needed and mapped
    for (auto& header : lack)
        if (std::find(once.begin(), once.end(), header) == once.end()) once.push_back(std::move(header));
    return once;
}

bool has_forbidden(const std::vector<std::string>& headers, const FileShape& shape) {
    return std::any_of(shape.without.begin(), shape.without.end(),
                       [&](const auto& name) { return find_header(headers, name) >= 0; });
}

std::vector<std::string> normal_headers(std::string_view line, char delimiter) {
    std::vector<std::string> headers;
    for (const auto& field : split_header(line, delimiter)) headers.push_back(normal(field));
    return headers;
}

struct HeaderLine {
    std::string text;
    std::int64_t line = 1;
};

// The first lines of the file; a line break inside quotes does not end one.
std::vector<HeaderLine> first_lines(table::TextFile& file, int most) {
    file.rewind();
    table::LineBuffer buffer{file};
    std::vector<HeaderLine> lines;
    std::int64_t number = 1;
    while (static_cast<int>(lines.size()) < most && (!buffer.window().empty() || buffer.fill(number))) {
        bool quoted = false;
        std::size_t at = 0;
        std::int64_t breaks = 0;
        for (;; ++at) {
            if (at == buffer.window().size() && !buffer.fill(number)) break;
            const char c = buffer.window()[at];
            if (c == '"') quoted = !quoted;
            if (c == '\n') ++breaks;
            if ((c == '\n' || c == '\r') && !quoted) break;
        }
        const auto text = buffer.window().substr(0, at);
        table::require_utf8(text, number, file.name());
        if (!trim(text).empty()) lines.push_back({std::string{text}, number});
        const bool pair = buffer.window().substr(at).starts_with("\r\n");
        number += breaks + (pair || (at < buffer.window().size() && buffer.window()[at] == '\r') ? 1 : 0);
        buffer.consume(std::min(buffer.window().size(), at + (pair ? 2 : 1)));
    }
    return lines;
}

struct Guess {
    const FileShape* shape = nullptr;
    char delimiter = ',';
    const HeaderLine* line = nullptr;
    std::vector<std::string> lack;
    std::size_t width = 0;
};

std::string quoted_list(const std::vector<std::string>& names, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
        text += fmt::format("{}'{}'", i == 0 ? "" : ", ", printable(names[i], 40));
    return names.size() > most ? text + fmt::format(" and {} more", names.size() - most) : text;
}

[[noreturn]] void not_recognised(const table::TextFile& file, const Profile& profile, const Guess& nearest) {
    const auto place =
        Place{file.name(), static_cast<int>(nearest.line->line), 1, printable(nearest.line->text, 160), ""};
    if (nearest.width < 2)
        throw Error{
            {Kind::invalid_input,
             "sale.delimiter",
             fmt::format("the header of {} has a single column: its delimiter is not one of , ; tab |",
                         printable(file.name())),
             "export it with commas, semicolons or tabs; if lines stand above the header, set preamble in the profile",
             {},
             {},
             place}};
    const auto headers = split_header(nearest.line->text, nearest.delimiter);
    std::vector<std::string> lower;
    for (const auto& header : headers) lower.push_back(normal(header));
    const auto near = nearest_names(nearest.lack.front(), lower);
    throw Error{{Kind::invalid_input,
                 "sale.header",
                 fmt::format("{} is not a file of the profile {}: as its {} it lacks {}", printable(file.name()),
                             profile.name, nearest.shape->name, quoted_list(nearest.lack, 4)),
                 near.empty()
                     ? fmt::format("it has {}; take another --profile (passa sale profiles), or make one: passa sale "
                                   "profiles --yaml {} > templates/import/mine.yaml",
                                   quoted_list(headers, 6), profile.name)
                     : fmt::format("did the header mean '{}' where it says '{}'?", nearest.lack.front(), near.front()),
                 {},
                 {},
                 place}};
}

// An export that is known by name, though not read, is told so.
void require_no_other(const table::TextFile& file, const Profile& profile, const std::vector<HeaderLine>& lines) {
    for (const auto& other : profile.others)
        for (const auto& line : lines)
            for (const char delimiter : k_delimiters) {
                const auto headers = normal_headers(line.text, delimiter);
                if (!std::all_of(other.needs.begin(), other.needs.end(),
                                 [&](const auto& wanted) { return find_header(headers, wanted) >= 0; }))
                    continue;
                throw Error{{Kind::invalid_input,
                             "sale.other_export",
                             fmt::format("{} is {}, which the profile {} does not read", printable(file.name()),
                                         other.title, profile.name),
                             other.instead,
                             {},
                             {},
                             Place{file.name(), static_cast<int>(line.line), 1, printable(line.text, 160), ""}}};
            }
}

// Two columns under the name that is read: which one is meant, nobody can know. A profile says "gross #2" for the
// second.
void require_single(const table::TextFile& file, const Layout& layout, const std::vector<std::string>& headers) {
    for (const auto& mapped : layout.shape->headers)
        for (const auto& wanted : mapped) {
            const auto first = std::find(headers.begin(), headers.end(), wanted);
            if (first == headers.end()) continue;
            const auto second = std::find(first + 1, headers.end(), wanted);
            if (second == headers.end() || maps_header(*layout.shape, wanted + " #2")) continue;
            throw Error{
                {Kind::invalid_input,
                 "sale.header_twice",
                 fmt::format("the header of {} has '{}' twice, as its columns {} and {}", printable(file.name()),
                             printable(wanted, 40), first - headers.begin() + 1, second - headers.begin() + 1),
                 fmt::format("remove the one that is not meant; or map '{} #2' in a profile of your own",
                             printable(wanted, 40)),
                 {},
                 {},
                 Place{file.name(), static_cast<int>(layout.header_line), 1, printable(layout.raw_header, 160), ""}}};
        }
}

bool begins_with_brace(table::TextFile& file) {
    const auto lines = first_lines(file, 1);
    return !lines.empty() && trim(lines.front().text).starts_with("{");
}

Layout recognise_json(table::TextFile& file, const Profile& profile) {
    for (const auto& shape : profile.files) {
        if (!shape.is_json) continue;
        table::JsonReader reader{file, shape.needs};
        table::Record first;
        const bool there = reader.next(first);
        if (!there || std::any_of(first.fields.begin(), first.fields.end(), [](auto f) { return f.empty(); })) continue;
        Layout layout{.shape = &shape};
        for (const auto& names : shape.headers) layout.names.insert(layout.names.end(), names.begin(), names.end());
        for (const auto& rule : profile.rules)
            layout.names.insert(layout.names.end(), rule.headers.begin(), rule.headers.end());
        place_columns(layout, layout.names, profile);
        layout.header = layout.names;
        return layout;
    }
    throw Error{
        {Kind::invalid_input,
         "sale.header",
         fmt::format("{} holds JSON lines that the profile {} does not know", printable(file.name()), profile.name),
         "the profile passa reads JSON lines: passa sale profiles",
         {},
         {},
         Place{file.name(), 1, 1, "", ""}}};
}

} // namespace

namespace {

std::string delimiters_of(const table::TextFile& file, const Profile& profile) {
    if (file.is_sheet()) return ",";
    return profile.delimiter ? std::string(1, *profile.delimiter) : std::string{k_delimiters};
}

} // namespace

std::string_view Layout::header_of(Column column) const {
    return of(column) < 0 ? std::string_view{} : std::string_view{header[static_cast<std::size_t>(of(column))]};
}

std::string_view Layout::field(const table::Record& record, Column column) const {
    const auto at_index = [&](int index) {
        const auto i = static_cast<std::size_t>(index);
        return index < 0 || i >= record.fields.size() ? std::string_view{} : trim(record.fields[i]);
    };
    auto text = at_index(of(column));
    for (const int other : otherwise[static_cast<std::size_t>(column)]) {
        if (!text.empty()) break;
        text = at_index(other);
    }
    return text;
}

Layout recognise(table::TextFile& file, const Profile& profile) {
    if (begins_with_brace(file)) return recognise_json(file, profile);
    const auto lines = first_lines(file, profile.preamble + 1);
    if (lines.empty())
        throw Error{{Kind::invalid_input,
                     "table.file_empty",
                     fmt::format("{} holds only blank lines", printable(file.name())),
                     "export it again",
                     {},
                     {},
                     Place{file.name(), 1, 1, "", ""}}};
    std::optional<Guess> found, nearest;
    for (const auto& line : lines)
        for (const char delimiter : delimiters_of(file, profile))
            for (const auto& shape : profile.files) {
                if (shape.is_json) continue;
                const auto headers = normal_headers(line.text, delimiter);
                const Guess guess{&shape, delimiter, &line, missing(headers, shape), headers.size()};
                const bool fits = guess.lack.empty() && !has_forbidden(headers, shape);
                if (fits && found && found->delimiter != delimiter && found->line == &line)
                    throw Error{{Kind::invalid_input,
                                 "sale.delimiter",
                                 fmt::format("the header of {} can be read with more than one delimiter",
                                             printable(file.name())),
                                 "set delimiter in the profile",
                                 {},
                                 {},
                                 Place{file.name(), static_cast<int>(line.line), 1, "", ""}}};
                if (fits && !found) found = guess;
                if (!guess.lack.empty() && (!nearest || std::pair{guess.lack.size(), nearest->width} <
                                                            std::pair{nearest->lack.size(), guess.width}))
                    nearest = guess;
            }
    if (!found) {
        require_no_other(file, profile, lines);
        not_recognised(file, profile, *nearest);
    }
    Layout layout{.shape = found->shape, .delimiter = found->delimiter, .header_line = found->line->line};
    layout.header = split_header(found->line->text, found->delimiter);
    layout.raw_header = found->line->text;
    const auto headers = normal_headers(layout.raw_header, layout.delimiter);
    require_single(file, layout, headers);
    place_columns(layout, headers, profile);
    return layout;
}

HeaderGuess guess_header(table::TextFile& file) {
    const auto lines = first_lines(file, k_most_preamble + 1);
    HeaderGuess best;
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (const char delimiter : k_delimiters)
            if (auto fields = split_header(lines[i].text, delimiter); fields.size() > best.fields.size())
                best = {std::move(fields), delimiter, lines[i].line, static_cast<int>(i)};
    const bool is_json = !lines.empty() && trim(lines.front().text).starts_with("{");
    if (best.fields.size() > 1 && !is_json) return best;
    throw Error{{Kind::invalid_input,
                 "sale.no_header",
                 fmt::format("{} has no header line with more than one column", printable(file.name())),
                 is_json ? "begin with: passa sale profiles --yaml passa, which reads JSON lines"
                         : "export it as CSV with its header line",
                 {},
                 {},
                 Place{file.name(), 1, 1, lines.empty() ? "" : printable(lines.front().text, 160), ""}}};
}

std::unique_ptr<table::RecordReader> open_rows(table::TextFile& file, const Layout& layout) {
    if (layout.shape->is_json) return std::make_unique<table::JsonReader>(file, layout.names);
    file.use_decimal(layout.dialect.decimal);
    auto reader = std::make_unique<table::CsvReader>(file, layout.delimiter);
    table::Record record;
    while (reader->next(record) && record.line < layout.header_line) {
    }
    return reader;
}

} // namespace passa::sale
