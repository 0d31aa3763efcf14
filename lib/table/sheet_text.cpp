// Rows come in order; a row that is left out is an empty line, so that the line of a text is the row of the sheet.
#include "lib/table/sheet_text.hpp"

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/table/archive.hpp"
#include "lib/table/text_file.hpp"

#include <algorithm>

namespace passa::table {
namespace {

constexpr std::int64_t k_last_row = 1'048'576;

// The column of "AB12", from 0; none in an odd one.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0, letters = 0;
    while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z' && letters < 4)
        column = column * 26 + static_cast<std::size_t>(reference[letters++] - 'A' + 1);
    if (letters == 0) return std::nullopt;
    return column - 1;
}

void append_field(std::string& line, std::string_view text) {
    if (text.find_first_of("\",") == std::string_view::npos) return static_cast<void>(line += text);
    line += '"';
    for (const char c : text) {
        line += c;
        if (c == '"') line += '"';
    }
    line += '"';
}

} // namespace

class SheetText::Rows final : public XmlEvents {
public:
    Rows(std::string workbook, SheetFacts& facts, char decimal)
        : XmlEvents(std::move(workbook)), m_facts(facts), m_decimal(decimal) {}
    std::string made; // not given yet

private:
    void start(std::string_view element, const Attributes& attributes) override {
        if (element == "row") return begin_row(attributes);
        if (element == "c") return begin_cell(attributes);
        if (element == "rPh") m_in_reading_aid = true;
        m_in_value = (element == "v" || element == "t") && m_in_cell && !m_in_reading_aid;
    }
    void end(std::string_view element) override {
        m_in_value = false;
        if (element == "rPh") m_in_reading_aid = false;
        if (element == "c") end_cell();
        if (element == "row") end_row();
    }
    void text(std::string_view piece) override {
        if (!m_in_value) return;
        m_value += piece;
        if (m_value.size() > k_longest_field) refuse("has a text of more than 64 KiB");
    }

    [[noreturn]] void refuse(std::string_view what) const {
        refuse_workbook(file(), fmt::format("{} in row {}", what, m_row), "mend it there, or save it as CSV");
    }

    void begin_row(const Attributes& attributes) {
        const auto next = m_row + 1;
        m_row = static_cast<std::int64_t>(number_of(attributes.of("r"), static_cast<std::size_t>(next)));
        if (m_row < next || m_row > k_last_row) refuse("has rows out of their order");
        made.append(static_cast<std::size_t>(m_row - next), '\n');
        m_cells = 0;
        m_bytes = 0;
    }

    void begin_cell(const Attributes& attributes) {
        m_column = column_of(attributes.of("r")).value_or(m_cells);
        m_type = attributes.of("t");
        const auto style = number_of(attributes.of("s"), 0);
        m_is_date = style < m_facts.dates.size() && m_facts.dates[style];
        m_value.clear();
        m_in_cell = true;
    }

    void end_cell() {
        m_in_cell = false;
        if (m_value.empty()) return;
        if (m_column < m_cells) refuse("has cells out of their order");
        if (m_column >= k_most_columns) refuse(fmt::format("has more than {} columns", k_most_columns));
        if (m_fields.size() <= m_column) m_fields.resize(m_column + 1);
        for (; m_cells < m_column; ++m_cells) m_fields[m_cells].clear();
        auto& field = m_fields[m_cells++];
        field = field_text();
        std::replace_if(
            field.begin(), field.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
        m_bytes += field.size();
        if (m_bytes > k_longest_row / 2) refuse("holds too much");
    }

    std::string field_text() {
        if (m_type == "s") return std::string{m_facts.strings->get(number_of(m_value, SIZE_MAX))};
        if (m_type == "b") return m_value == "1" ? "TRUE" : "FALSE";
        if (m_type == "d") return m_value;
        if (!m_type.empty() && m_type != "n") return m_value;
        return m_is_date ? date_text(m_value, m_facts.since_1904) : number_text(m_value, m_decimal);
    }

    // As wide as the widest so far: cells at the end that are empty are not in the file.
    void end_row() {
        if (m_cells > 0) {
            m_width = std::max(m_width, m_cells);
            for (std::size_t i = 0; i < m_width; ++i) {
                if (i > 0) made += ',';
                if (i < m_cells) append_field(made, m_fields[i]);
            }
        }
        made += '\n';
    }

    SheetFacts& m_facts;
    char m_decimal;
    std::int64_t m_row = 0;
    std::vector<std::string> m_fields;
    std::size_t m_cells = 0, m_width = 0, m_column = 0, m_bytes = 0;
    std::string m_type, m_value;
    bool m_is_date = false, m_in_cell = false, m_in_value = false, m_in_reading_aid = false;
};

SheetText::SheetText(std::string workbook, std::unique_ptr<ByteSource> part, SheetFacts facts)
    : m_workbook(std::move(workbook)), m_part(std::move(part)), m_facts(std::move(facts)),
      m_piece(std::size_t{16} * 1024, '\0') {}

SheetText::~SheetText() = default;

void SheetText::restart() {
    m_part->restart();
    m_rows.reset();
    m_given = 0;
    m_done = false;
}

std::size_t SheetText::read(char* into, std::size_t most) {
    if (m_rows == nullptr) m_rows = std::make_unique<Rows>(m_workbook, m_facts, m_decimal);
    auto& made = m_rows->made;
    while (m_given == made.size() && !m_done) {
        made.clear();
        m_given = 0;
        const auto got = m_part->read(m_piece.data(), m_piece.size());
        m_done = got == 0;
        m_rows->feed({m_piece.data(), got}, m_done);
    }
    const auto count = std::min(most, made.size() - m_given);
    std::copy_n(made.data() + m_given, count, into);
    m_given += count;
    return count;
}

} // namespace passa::table
