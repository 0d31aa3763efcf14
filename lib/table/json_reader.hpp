// JSON lines: one flat object a line. Fields come in the order of the given names; a missing one is empty. Numbers keep
// their digits as written (money is never a float here); keys that nobody asked for are
// passed over, or refused.
#pragma once
#include "lib/table/line_buffer.hpp"
#include "lib/table/record.hpp"

#include <string>

namespace passa::table {

class JsonReader final : public RecordReader {
public:
    enum class Others : std::uint8_t { pass_over, refuse }; // keys
    JsonReader(TextFile& file, std::vector<std::string> names, Others others = Others::pass_over);
    // Errors table.json, table.row_too_long, table.field_too_long, table.encoding.
    bool next(Record& record) override;

private:
    void read_object(std::string_view text);
    LineBuffer m_buffer;
    std::string m_file_name;
    std::vector<std::string> m_names;
    Others m_others;
    std::int64_t m_line = 1;
    std::size_t m_length = 0;
    std::vector<std::string> m_values;
    std::vector<std::string_view> m_fields;
};

} // namespace passa::table
