// JSON lines: one flat object a line. Fields come in the order of the given names; a missing one is empty. Numbers keep
// their digits as written (money is never a float here); keys that nobody asked for are passed over.
#pragma once
#include "lib/sale/line_buffer.hpp"
#include "lib/sale/record.hpp"

#include <string>

namespace passa::sale {

class JsonReader final : public RecordReader {
public:
    JsonReader(TextFile& file, std::vector<std::string> names);
    // Errors sale.json, sale.row_too_long, sale.field_too_long, sale.encoding.
    bool next(Record& record) override;

private:
    void read_object(std::string_view text);
    LineBuffer m_buffer;
    std::string m_file_name;
    std::vector<std::string> m_names;
    std::int64_t m_line = 1;
    std::size_t m_length = 0;
    std::vector<std::string> m_values;
    std::vector<std::string_view> m_fields;
};

} // namespace passa::sale
