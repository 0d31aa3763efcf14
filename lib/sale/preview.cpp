// Every profile is asked; a draft takes its headers from what the profiles together know.
#include "lib/sale/preview.hpp"

#include "lib/base/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace passa::sale {
namespace {

// The headers of one file that a layout reads, as positions.
std::set<int> read_positions(const Layout& layout) {
    std::set<int> positions{layout.at.begin(), layout.at.end()};
    for (const auto& others : layout.otherwise) positions.insert(others.begin(), others.end());
    positions.erase(-1);
    return positions;
}

std::string lower_header(const std::string& header) { return to_lower(trim(header)); }

// The column that some profile reads from a header so called, asked in the order of the columns.
const ColumnDoc* find_column(const std::string& header, std::span<const Profile> profiles) {
    const auto reads = [&](const FileShape& file, Column column) {
        const auto& headers = file.of(column);
        return file.rows == FileShape::Rows::lines &&
               std::find(headers.begin(), headers.end(), header) != headers.end();
    };
    for (const auto& doc : k_column_docs)
        for (const auto& profile : profiles)
            if (std::any_of(profile.files.begin(), profile.files.end(),
                            [&](const FileShape& file) { return reads(file, doc.column); }))
                return &doc;
    return nullptr;
}

// A double-quoted YAML scalar of text that is already printable.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string_view delimiter_name(char delimiter) {
    return delimiter == ';' ? "semicolon" : delimiter == '\t' ? "tab" : delimiter == '|' ? "pipe" : "comma";
}

constexpr std::array k_needed{Column::order, Column::tier, Column::gross, Column::at};

} // namespace

Result<std::vector<Fit>> fit_profiles(table::TextFile& file, std::span<const Profile> profiles) {
    std::vector<Fit> fits;
    Problems nearest;
    for (const auto& profile : profiles) try {
            Fit fit{&profile, recognise(file, profile)};
            fit.columns = static_cast<int>(read_positions(fit.layout).size());
            fits.push_back(std::move(fit));
        } catch (const Error& error) {
            if (!error.first().code.starts_with("sale.")) throw; // the file itself is bad: no profile will do
            if (nearest.empty() || error.first().code == "sale.other_export") nearest = error.problems();
        }
    if (fits.empty() && profiles.size() > 1 && nearest.front().code != "sale.other_export")
        return Problem{
            Kind::invalid_input, "sale.no_profile",
            fmt::format("none of the {} profiles reads {}", profiles.size(), printable(file.name())),
            "see why one does not with --profile NAME, or draft one of your own: passa sale profile new FILE"};
    if (fits.empty()) return nearest;
    std::stable_sort(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) { return a.columns > b.columns; });
    return fits;
}

std::vector<PreviewRow> preview_rows(table::TextFile& file, const Fit& fit, const Catalog& catalog, int most) {
    file.rewind();
    const RowMapper mapper{*fit.profile, fit.layout, catalog};
    const auto reader = open_rows(file, fit.layout);
    std::vector<PreviewRow> rows;
    table::Record record;
    while (static_cast<int>(rows.size()) < most && reader->next(record)) {
        PreviewRow preview;
        preview.counts = mapper.map(record, preview.row);
        rows.push_back(std::move(preview));
    }
    return rows;
}

std::vector<std::string> unread_headers(const Fit& fit) {
    const auto read = read_positions(fit.layout);
    std::vector<std::string> unread;
    for (std::size_t i = 0; i < fit.layout.header.size() && !fit.layout.shape->is_json; ++i)
        if (!read.contains(static_cast<int>(i))) unread.emplace_back(trim(fit.layout.header[i]));
    return unread;
}

std::string draft_profile(table::TextFile& file, const std::string& name, std::span<const Profile> profiles) {
    const auto guess = guess_header(file);
    std::map<Column, std::vector<std::string>> columns;
    std::vector<std::string> unread;
    std::map<std::string, int> seen;
    for (const auto& header : guess.fields) {
        const auto lower = lower_header(header);
        const auto* doc = find_column(lower, profiles);
        const int nth = ++seen[lower];
        auto text = quoted(printable(trim(header), 100) + (nth == 1 ? std::string{} : fmt::format(" #{}", nth)));
        if (doc == nullptr)
            unread.push_back(std::move(text));
        else
            columns[doc->column].push_back(std::move(text));
    }
    std::string out =
        fmt::format("# A draft: what passa could tell from the header alone. Look at every line, and try it with\n"
                    "# passa sale profile check FILE --profile ./{0}.yaml --event NAME. All that can be said: passa "
                    "manifest explain "
                    "ImportProfile.\napiVersion: passa/v1\nkind: ImportProfile\nmetadata: {{name: \"{0}\"}}\nspec:\n  "
                    "title: {0}\n  source: \"{0}\"\n"
                    "  delimiter: {1}\n",
                    name, delimiter_name(guess.delimiter));
    if (guess.above > 0) out += fmt::format("  preamble: {}\n", guess.above);
    out += "  dates: year-first # or month-first, day-first\n  decimal: point # or comma\n  thousands: none # or "
           "comma, point, "
           "space, apostrophe\n";
    if (columns.contains(Column::status))
        out += "  status: # the words of that column\n    paid: [paid]\n    pending: []\n    refunded: [refunded]\n    "
               "cancelled: "
               "[cancelled]\n";
    out += "  missing: refuse # an order that comes without a line of the book; or cancelled, ignore\n  files:\n    - "
           "name: lines\n"
           "      rows: lines\n      columns:\n";
    for (const auto& doc : k_column_docs) {
        const bool is_needed = std::find(k_needed.begin(), k_needed.end(), doc.column) != k_needed.end();
        if (const auto found = columns.find(doc.column); found != columns.end())
            out += fmt::format("        {}: [{}]\n", doc.name, fmt::join(found->second, ", "));
        else if (is_needed)
            out += fmt::format("        {}: [] # needed: {}\n", doc.name, doc.doc);
    }
    if (!unread.empty()) out += fmt::format("# not read: {}\n", fmt::join(unread, ", "));
    return out;
}

} // namespace passa::sale
