// One SAX pass a line, because it hands over numbers as text.
#include "lib/table/json_reader.hpp"

#include "lib/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace passa::table {
namespace {

constexpr int k_most_depth = 8; // meta may hold small objects

struct FlatObject final : nlohmann::json_sax<nlohmann::json> {
    FlatObject(const std::vector<std::string>& known, std::vector<std::string>& out, JsonReader::Others rest)
        : names(known), values(out), others(rest) {}

    const std::vector<std::string>& names;
    std::vector<std::string>& values;
    JsonReader::Others others;
    int depth = 0;
    std::string* slot = nullptr;
    std::vector<bool> seen = std::vector<bool>(names.size());
    std::string error;

    bool keep(std::string text) {
        if (depth == 0) return refuse("is not an object");
        if (depth > 1) return true;
        if (slot != nullptr) *slot = std::move(text);
        slot = nullptr;
        return true;
    }
    bool refuse(std::string why) {
        error = std::move(why);
        return false;
    }
    bool null() override { return keep({}); }
    bool boolean(bool v) override { return keep(v ? "true" : "false"); }
    bool number_integer(number_integer_t v) override { return keep(std::to_string(v)); }
    bool number_unsigned(number_unsigned_t v) override { return keep(std::to_string(v)); }
    bool number_float(number_float_t, const string_t& text) override { return keep(text); }
    bool string(string_t& v) override { return keep(std::move(v)); }
    bool binary(binary_t&) override { return refuse("holds binary data"); }
    bool key(string_t& v) override {
        if (depth > 1) return true;
        const auto it = std::find(names.begin(), names.end(), to_lower(v));
        slot = nullptr;
        if (it == names.end())
            return others == JsonReader::Others::pass_over ||
                   refuse(fmt::format("has the unknown key '{}'", printable(v, 40)));
        const auto index = static_cast<std::size_t>(it - names.begin());
        if (seen[index]) return refuse(fmt::format("has '{}' twice", printable(v, 40)));
        seen[index] = true;
        slot = &values[index];
        return true;
    }
    bool open_one() {
        if (depth == 1 && slot != nullptr) return refuse("has a list or object where a value belongs");
        return ++depth <= k_most_depth || refuse("is nested too deeply");
    }
    bool start_object(std::size_t) override { return open_one(); }
    bool end_object() override { return --depth, true; }
    bool start_array(std::size_t) override { return depth == 0 ? refuse("is not an object") : open_one(); }
    bool end_array() override { return --depth, true; }
    bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
        return refuse(fmt::format("is not JSON at byte {}", at));
    }
};

} // namespace

JsonReader::JsonReader(TextFile& file, std::vector<std::string> names, Others others)
    : m_buffer(file), m_file_name(file.name()), m_names(std::move(names)), m_others(others), m_values(m_names.size()),
      m_fields(m_names.size()) {
    file.rewind();
}

void JsonReader::read_object(std::string_view text) {
    for (auto& value : m_values) value.clear();
    FlatObject object{m_names, m_values, m_others};
    const bool good = nlohmann::json::sax_parse(text.begin(), text.end(), &object);
    const auto too_long =
        std::any_of(m_values.begin(), m_values.end(), [](const std::string& v) { return v.size() > k_longest_field; });
    if (good && !too_long) return;
    throw Error{{Kind::invalid_input,
                 too_long ? "table.field_too_long" : "table.json",
                 fmt::format("line {} {}", m_line, too_long ? "has a value longer than 64 KiB" : object.error),
                 "write one JSON object a line",
                 {},
                 {},
                 Place{m_file_name, static_cast<int>(m_line), 1, printable(text, 120), ""}}};
}

bool JsonReader::next(Record& record) {
    for (;;) {
        m_buffer.consume(m_length);
        m_length = 0;
        bool at_end = false;
        auto end = m_buffer.window().find('\n');
        while (end == std::string_view::npos && !at_end) {
            at_end = !m_buffer.fill(m_line);
            end = m_buffer.window().find('\n');
        }
        auto line = m_buffer.window().substr(0, end);
        if (line.empty() && at_end) return false;
        m_length = end == std::string_view::npos ? line.size() : end + 1;
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        const auto number = m_line;
        if (!trim(line).empty()) {
            require_utf8(line, number, m_file_name);
            read_object(line);
            std::copy(m_values.begin(), m_values.end(), m_fields.begin());
        }
        ++m_line;
        if (trim(line).empty()) continue;
        record = {m_fields, line, number};
        return true;
    }
}

} // namespace passa::table
