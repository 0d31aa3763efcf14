// A sheet as text, row by row, with memory for one row and one piece of XML.
#pragma once
#include "lib/table/byte_source.hpp"
#include "lib/table/cell_text.hpp"
#include "lib/table/record.hpp"
#include "lib/table/shared_strings.hpp"
#include "lib/table/xml_events.hpp"

#include <optional>

namespace passa::table {

struct SheetFacts {
    std::unique_ptr<SharedStrings> strings;
    std::vector<bool> dates; // by the style of a cell
    bool since_1904 = false;
};

class SheetText final : public ByteSource {
public:
    SheetText(std::string workbook, std::unique_ptr<ByteSource> part, SheetFacts facts);
    ~SheetText() override;
    SheetText(const SheetText&) = delete;
    SheetText& operator=(const SheetText&) = delete;
    std::size_t read(char* into, std::size_t most) override;
    void restart() override;
    [[nodiscard]] std::int64_t size() const override { return m_part->size() / 2; } // half of it is tags
    void use_decimal(char sign) override { m_decimal = sign; }

private:
    class Rows;
    std::string m_workbook;
    std::unique_ptr<ByteSource> m_part;
    SheetFacts m_facts;
    char m_decimal = '.';
    std::unique_ptr<Rows> m_rows;
    std::string m_piece;
    std::size_t m_given = 0; // of the text that is made
    bool m_done = false;
};

} // namespace passa::table
