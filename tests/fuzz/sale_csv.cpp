// Any bytes as a file of sales: read by each delimiter and recognised by each built-in profile, never a crash, every
// failure an Error with a code.
#include "lib/sale/decimal.hpp"
#include "lib/sale/layout.hpp"
#include "lib/sale/moment.hpp"
#include "lib/table/csv_reader.hpp"

#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace {

using namespace passa;

template <typename F>
void tolerate(F&& f) {
    try {
        f();
    } catch (const Error& error) {
        if (error.first().code.empty()) std::abort();
    }
}

void read_rows(table::RecordReader& reader) {
    table::Record record;
    while (reader.next(record))
        for (const auto field : record.fields) {
            static_cast<void>(sale::read_decimal(field, {'.', ',', true, nullptr, "KES", 2}));
            static_cast<void>(sale::read_moment(field, "", sale::DateOrder::day_first));
        }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto path = std::filesystem::temp_directory_path() / fmt::format("passa-fuzz-{}", getpid());
    static const auto profiles = sale::load_profiles("/nowhere");
    std::ofstream{path, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<const char*>(data),
                                                                  static_cast<std::streamsize>(size));
    for (const char delimiter : {',', ';', '\t'})
        tolerate([&] {
            table::TextFile file{path};
            table::CsvReader reader{file, delimiter};
            read_rows(reader);
        });
    for (const auto& profile : profiles)
        tolerate([&] {
            table::TextFile file{path};
            const auto layout = sale::recognise(file, profile);
            read_rows(*sale::open_rows(file, layout));
        });
    std::filesystem::remove(path);
    return 0;
}
