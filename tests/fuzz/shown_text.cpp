// Any bytes on their way to a terminal, a page or a spreadsheet: clean, whole, and the same when cleaned twice.
#include "lib/base/secret_seed.hpp"
#include "lib/base/text.hpp"
#include "lib/render/csv.hpp"
#include "lib/render/escape.hpp"
#include "lib/table/csv_reader.hpp"
#include "tests/fuzz/input_file.hpp"

#include <algorithm>

using namespace passa;

namespace {

constexpr auto k_unlimited = static_cast<std::size_t>(-1);

void check_terminal(std::string_view text) {
    const auto shown = printable(text, k_unlimited);
    PASSA_ASSERT(is_utf8(shown) && !holds_secret_seed(shown));
    PASSA_ASSERT(std::none_of(shown.begin(), shown.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }));
    PASSA_ASSERT(printable(shown, k_unlimited) == shown);
    PASSA_ASSERT(display_width(shown) <= 2 * shown.size());
    const auto cut = printable(text, 20);
    PASSA_ASSERT(is_utf8(cut) && cut.size() < 20 + 4 * 4 + 4); // one character more, escaped, and the ellipsis
}

void check_page(std::string_view text) {
    PASSA_ASSERT(render::escape(text, render::Output::html).find_first_of("<>\"'") == std::string::npos);
    PASSA_ASSERT(render::escape(text, render::Output::text) == printable(text, k_unlimited));
}

// What passa writes, passa reads; text that a spreadsheet would run has a quote in front.
void check_spreadsheet(std::string_view text) {
    if (!is_utf8(text) || text.find('\0') != std::string_view::npos || text.size() > 10'000) return;
    const auto row = "k," + render::csv_row(std::vector<std::string>{std::string{text}, "end"});
    const test::InputFile file{reinterpret_cast<const std::uint8_t*>(row.data()), row.size(), ".csv"};
    table::TextFile opened{file.path()};
    table::CsvReader reader{opened, ','};
    table::Record record;
    PASSA_ASSERT(reader.next(record) && record.fields.size() == 3 && record.fields[2] == "end");
    const auto field = record.fields[1];
    PASSA_ASSERT(field == text || (field.front() == '\'' && field.substr(1) == text));
    PASSA_ASSERT(!reader.next(record));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_terminal(text);
    check_page(text);
    check_spreadsheet(text);
    const std::vector<std::string> known{"event", "events", "sale", std::string{text}};
    PASSA_ASSERT(nearest_names(text, known).size() <= 5);
    return 0;
}
