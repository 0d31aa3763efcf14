// The input is read a second time, side by side with the list of its refused rows, so neither has to fit into memory.
#include "lib/sale/rejects.hpp"

#include "lib/base/fresh_file.hpp"
#include "lib/base/text.hpp"
#include "lib/table/workbook.hpp"
#include "sale_sql.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <fstream>
#include <set>
#include <system_error>

namespace passa::sale {

namespace fs = std::filesystem;

namespace {

struct Refused {
    std::int64_t row = 0;
    std::string column;
    std::string code;
    std::string reason;
};

// The refused rows of one file, in order, a page at a time.
class RefusedRows {
public:
    RefusedRows(db::Transaction& tx, int file_no) : m_tx(tx), m_file_no(file_no) {}
    const Refused* peek() {
        if (m_page.empty() && !m_done) load();
        return m_page.empty() ? nullptr : &m_page.front();
    }
    void pop() { m_page.pop_front(); }

private:
    void load() {
        for (const auto& row : m_tx.run(sql::load_refused_rows, m_file_no, m_last))
            m_page.push_back({row.get<std::int64_t>("file_row"), row.get<std::string>("bad_column"),
                              row.get<std::string>("bad_code"), row.get<std::string>("bad_reason")});
        if (m_page.empty())
            m_done = true;
        else
            m_last = m_page.back().row;
    }
    db::Transaction& m_tx;
    int m_file_no;
    std::int64_t m_last = 0;
    bool m_done = false;
    std::deque<Refused> m_page;
};

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        out += c;
        if (c == '"') out += '"';
    }
    return out + '"';
}

std::string csv_tail(const Refused& refused, char delimiter) {
    return fmt::format("{0}{1}{0}{2}{0}{3}{0}{4}", delimiter, refused.row, in_quotes(refused.column), refused.code,
                       in_quotes(refused.reason));
}

// A file of rejects that was mended and refused again has the four columns already.
constexpr std::array<std::string_view, 4> k_tail{"passa_line", "passa_column", "passa_code", "passa_reason"};

std::set<std::size_t> tail_columns(const Layout& layout) {
    std::set<std::size_t> found;
    for (std::size_t i = 0; i < layout.header.size(); ++i)
        if (std::find(k_tail.begin(), k_tail.end(), to_lower(trim(layout.header[i]))) != k_tail.end()) found.insert(i);
    return found;
}

std::string without(std::string_view raw, const std::set<std::size_t>& columns, char delimiter) {
    if (columns.empty()) return std::string{raw};
    std::string kept;
    std::size_t column = 0;
    bool quoted = false, is_first = true;
    for (std::size_t at = 0, begin = 0; at <= raw.size(); ++at) {
        if (at < raw.size() && raw[at] == '"') quoted = !quoted;
        if (at < raw.size() && (quoted || raw[at] != delimiter)) continue;
        if (!columns.contains(column++)) {
            if (!is_first) kept += delimiter;
            kept += raw.substr(begin, at - begin);
            is_first = false;
        }
        begin = at + 1;
    }
    return kept;
}

// A row with too few fields gets the others empty, so that the four columns stand under their names.
std::string csv_row(const table::Record& record, const Layout& layout, const std::set<std::size_t>& known_tail,
                    const Refused& refused) {
    const auto missing = layout.header.size() - std::min(layout.header.size(), record.fields.size());
    const auto whole = std::string{record.raw} + std::string(missing, layout.delimiter);
    return without(whole, known_tail, layout.delimiter) + csv_tail(refused, layout.delimiter);
}

std::string json_row(std::string_view raw, const Refused& refused) {
    auto object = raw.substr(0, std::min(raw.rfind('}'), raw.rfind(",\"passa_line\":"))); // told anew
    const nlohmann::ordered_json tail{{"passa_line", refused.row},
                                      {"passa_column", refused.column},
                                      {"passa_code", refused.code},
                                      {"passa_reason", refused.reason}};
    const bool is_empty = trim(object) == "{";
    return fmt::format("{}{}{}", object, is_empty ? "" : ",", tail.dump().substr(1));
}

fs::path place_for(const fs::path& wanted, const Input& input, bool alone) {
    if (alone) return wanted;
    const auto where = table::split_sheet(input.path);
    const auto stem = where.sheet.empty() ? input.path.stem().string() : where.file.stem().string() + "." + where.sheet;
    return wanted.parent_path() / fmt::format("{}.{}{}", wanted.stem().string(), stem, wanted.extension().string());
}

Error unwritable(const fs::path& path, const std::error_code& why) {
    return Error{{Kind::failed, "sale.rejects_unwritable",
                  fmt::format("cannot write {}: {}", printable(path.string()), why.message()),
                  "name another file: --rejects FILE"}};
}

void write_one(RefusedRows& refused, const Input& input, const fs::path& path) try {
    FreshFile out{path, 0666};
    const auto& layout = input.layout;
    const bool json = layout.shape->is_json;
    const auto known_tail = tail_columns(layout);
    if (!json)
        out.write(without(layout.raw_header, known_tail, layout.delimiter) +
                  fmt::format("{0}passa_line{0}passa_column{0}passa_code{0}passa_reason\n", layout.delimiter));
    table::TextFile file{input.path};
    const auto reader = open_rows(file, layout);
    table::Record record;
    while (refused.peek() != nullptr && reader->next(record)) {
        if (record.line < refused.peek()->row) continue;
        out.write(
            (json ? json_row(record.raw, *refused.peek()) : csv_row(record, layout, known_tail, *refused.peek())) +
            "\n");
        refused.pop();
    }
    out.replace();
} catch (const std::system_error& failed) {
    throw unwritable(path, failed.code());
}

// A file of rejected rows, by its header (which may hold line breaks) or its first object.
bool is_rejects(const fs::path& path) {
    if (!fs::is_regular_file(path)) return false;
    if (fs::file_size(path) == 0) return true;
    std::string start(std::size_t{64} * 1024, '\0');
    std::ifstream in{path, std::ios::binary};
    in.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(in.gcount()));
    return start.find("passa_reason") != std::string::npos;
}

} // namespace

void require_rejects_place(std::span<const Input> inputs, const fs::path& wanted) {
    const auto refuse = [](const fs::path& place, std::string_view why) {
        throw Error{{Kind::usage, "sale.rejects_place",
                     fmt::format("rejects cannot be written to {}: {}", printable(place.string()), why),
                     "name another file: --rejects FILE"}};
    };
    for (const auto& input : inputs) {
        const auto place = place_for(wanted, input, inputs.size() == 1);
        if (!fs::exists(place)) continue;
        for (const auto& other : inputs)
            if (fs::equivalent(place, other.path)) refuse(place, "this import reads it");
        if (!is_rejects(place)) refuse(place, "it is there and holds something else");
    }
}

std::vector<fs::path> write_rejects(const Desk& desk, std::span<const Input> inputs, const fs::path& wanted) {
    return db::transact(desk.db, {desk.organizer}, [&](db::Transaction& tx) {
        std::vector<fs::path> written;
        int number = 0;
        for (const auto& input : inputs) {
            RefusedRows refused{tx, ++number};
            if (refused.peek() == nullptr) continue;
            written.push_back(place_for(wanted, input, inputs.size() == 1));
            write_one(refused, input, written.back());
        }
        return written;
    });
}

} // namespace passa::sale
