// The small parts first (which sheets there are, which formats are dates, the texts), then the sheet as it is read.
#include "lib/table/workbook.hpp"

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/table/archive.hpp"
#include "lib/table/cell_text.hpp"
#include "lib/table/sheet_text.hpp"

#include <algorithm>
#include <map>

namespace passa::table {
namespace {

constexpr std::size_t k_largest_part = 16U << 20; // of those that are kept in memory
constexpr std::size_t k_most_sheets = 100;
constexpr std::size_t k_most_formats = 65'536;

void read_part(const Archive& archive, const std::string& part, XmlEvents& events, std::size_t most) {
    const auto source = archive.open(part);
    if (source == nullptr) return;
    std::string piece(std::size_t{64} * 1024, '\0');
    std::size_t total = 0;
    for (std::size_t got = 0; (got = source->read(piece.data(), piece.size())) > 0;) {
        total += got;
        if (total > most)
            refuse_workbook(archive.name(), fmt::format("has a part {} that is too large", part), "save it as CSV");
        events.feed({piece.data(), got}, false);
    }
    events.feed({}, true);
}

struct Sheet {
    std::string name, relation;
    bool is_hidden = false;
};

class BookEvents final : public XmlEvents {
public:
    using XmlEvents::XmlEvents;
    std::vector<Sheet> sheets;
    bool since_1904 = false;

private:
    void start(std::string_view element, const Attributes& attributes) override {
        if (element == "workbookPr")
            since_1904 = attributes.of("date1904") == "1" || attributes.of("date1904") == "true";
        if (element != "sheet") return;
        std::string name{attributes.of("name")};
        const bool is_odd = name.empty() || name.size() > 200 || name.find('/') != std::string::npos ||
                            std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < ' '; });
        if (is_odd || sheets.size() == k_most_sheets)
            refuse_workbook(file(), "has a sheet that no workbook has", "save it as CSV");
        const auto state = attributes.of("state");
        sheets.push_back({std::move(name), std::string{attributes.of("id")}, !state.empty() && state != "visible"});
    }
};

class RelationEvents final : public XmlEvents {
public:
    using XmlEvents::XmlEvents;
    std::map<std::string, std::string, std::less<>> targets;

private:
    void start(std::string_view element, const Attributes& attributes) override {
        if (element != "Relationship" || targets.size() > k_most_sheets * 10) return;
        auto target = std::string{attributes.of("Target")};
        target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
        targets.emplace(attributes.of("Id"), std::move(target));
    }
};

class StyleEvents final : public XmlEvents {
public:
    using XmlEvents::XmlEvents;
    std::vector<bool> dates;

private:
    void start(std::string_view element, const Attributes& attributes) override {
        if (element == "numFmt" && m_codes.size() < k_most_formats)
            m_codes.emplace(attributes.of("numFmtId"), attributes.of("formatCode"));
        if (element == "cellXfs") m_in_cells = true;
        if (element != "xf" || !m_in_cells || dates.size() == k_most_formats) return;
        const auto id = std::string{attributes.of("numFmtId")};
        const auto code = m_codes.find(id);
        dates.push_back(is_date_format(number_of(id, 0), code == m_codes.end() ? std::string_view{} : code->second));
    }
    void end(std::string_view element) override {
        if (element == "cellXfs") m_in_cells = false;
    }
    std::map<std::string, std::string, std::less<>> m_codes;
    bool m_in_cells = false;
};

class StringEvents final : public XmlEvents {
public:
    StringEvents(std::string file, SharedStrings& strings) : XmlEvents(std::move(file)), m_strings(strings) {}

private:
    void start(std::string_view element, const Attributes&) override {
        if (element == "si") m_text.clear();
        if (element == "rPh") m_in_reading_aid = true;
        m_in_text = element == "t" && !m_in_reading_aid;
    }
    void end(std::string_view element) override {
        m_in_text = false;
        if (element == "rPh") m_in_reading_aid = false;
        if (element == "si") m_strings.add(m_text);
    }
    void text(std::string_view piece) override {
        if (!m_in_text) return;
        m_text += piece;
        if (m_text.size() > k_longest_field)
            refuse_workbook(file(), "holds a text of more than 64 KiB", "save it as CSV");
    }
    SharedStrings& m_strings;
    std::string m_text;
    bool m_in_text = false;
    bool m_in_reading_aid = false; // of Japanese: how a text is pronounced
};

std::vector<Sheet> visible(const std::vector<Sheet>& sheets) {
    std::vector<Sheet> shown;
    std::copy_if(sheets.begin(), sheets.end(), std::back_inserter(shown), [](const Sheet& s) { return !s.is_hidden; });
    return shown;
}

const Sheet& find_sheet(const Archive& archive, const std::vector<Sheet>& sheets, const std::string& wanted) {
    for (const auto& sheet : sheets)
        if (equals_ignoring_case(sheet.name, wanted) || (wanted.empty() && sheets.size() == 1)) return sheet;
    std::vector<std::string> names;
    for (const auto& sheet : sheets) names.push_back(printable(sheet.name, 40));
    if (sheets.empty()) refuse_workbook(archive.name(), "has no sheet", "export it again");
    refuse_workbook(archive.name(),
                    wanted.empty()
                        ? fmt::format("has several sheets: {}", join(names, ", "))
                        : fmt::format("has no sheet '{}': it has {}", printable(wanted, 40), join(names, ", ")),
                    fmt::format("name one: '{}#{}'", printable(archive.name()), names.front()));
}

bool is_archive(const std::filesystem::path& path) {
    std::string head(4, '\0');
    head.resize(open_file(path)->read(head.data(), head.size()));
    return head == "PK\x03\x04";
}

} // namespace

SheetPath split_sheet(const std::filesystem::path& path) {
    const auto text = path.string();
    const auto sign = text.rfind('#');
    std::error_code odd;
    if (sign == std::string::npos || std::filesystem::exists(path, odd)) return {path, {}};
    const std::filesystem::path file = text.substr(0, sign);
    return std::filesystem::is_regular_file(file, odd) ? SheetPath{file, text.substr(sign + 1)} : SheetPath{path, {}};
}

std::vector<std::filesystem::path> sheets_of(const std::filesystem::path& path) {
    const auto where = split_sheet(path);
    if (!where.sheet.empty() || !is_archive(path)) return {path};
    const Archive archive{path};
    BookEvents book{archive.name()};
    read_part(archive, "xl/workbook.xml", book, k_largest_part);
    const auto sheets = visible(book.sheets);
    if (sheets.size() < 2) return {path};
    std::vector<std::filesystem::path> paths;
    for (const auto& sheet : sheets) paths.emplace_back(path.string() + "#" + sheet.name);
    return paths;
}

std::unique_ptr<ByteSource> open_sheet(const SheetPath& path) {
    const Archive archive{path.file};
    BookEvents book{archive.name()};
    RelationEvents relations{archive.name()};
    StyleEvents styles{archive.name()};
    read_part(archive, "xl/workbook.xml", book, k_largest_part);
    read_part(archive, "xl/_rels/workbook.xml.rels", relations, k_largest_part);
    read_part(archive, "xl/styles.xml", styles, k_largest_part);
    if (book.sheets.empty())
        throw Error{{Kind::invalid_input,
                     "table.file_spreadsheet",
                     fmt::format("{} is an archive, not text or a workbook", printable(archive.name())),
                     "unpack it first, or export it as CSV",
                     {},
                     {},
                     Place{archive.name(), 0, 0, {}, {}}}};
    const auto sheets = path.sheet.empty() ? visible(book.sheets) : book.sheets;
    const auto target = relations.targets.find(find_sheet(archive, sheets, path.sheet).relation);
    auto part = target == relations.targets.end() ? nullptr : archive.open(target->second);
    if (part == nullptr) refuse_workbook(archive.name(), "lacks the sheet that it names", "export it again");
    auto strings = std::make_unique<SharedStrings>(archive.name());
    StringEvents texts{archive.name(), *strings};
    read_part(archive, "xl/sharedStrings.xml", texts, k_most_unpacked);
    return std::make_unique<SheetText>(archive.name(), std::move(part),
                                       SheetFacts{std::move(strings), std::move(styles.dates), book.since_1904});
}

} // namespace passa::table
