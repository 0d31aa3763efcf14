// Any bytes as a file of sales: read by each delimiter, recognised by each built-in profile and understood row by row.
// Never a crash; every failure an Error with a code, or a row with a reason; no amount beyond the bound of a row.
#include "lib/money/bound.hpp"
#include "lib/sale/decimal.hpp"
#include "lib/sale/layout.hpp"
#include "lib/sale/map_row.hpp"
#include "lib/sale/moment.hpp"
#include "lib/sale/profile_shelf.hpp"
#include "lib/sale/survey.hpp"
#include "lib/table/csv_reader.hpp"
#include "tests/fuzz/input_file.hpp"

namespace {

using namespace passa;

template <typename F>
void tolerate(F&& f) {
    try {
        f();
    } catch (const Error& error) {
        PASSA_ASSERT(!error.first().code.empty());
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

sale::Catalog make_catalog() {
    sale::Catalog catalog;
    catalog.event = {{}, "nairobi-live", "Nairobi Live", "Africa/Nairobi", {"KES", 2}};
    for (const char* name : {"regular", "vip"}) {
        catalog.add_name(name, catalog.tiers.size());
        catalog.tiers.push_back({{}, "", name, {}, 0});
    }
    return catalog;
}

bool fits(const sale::Amounts& amounts) {
    const auto one = [](money::Int128 minor) { return minor < money::k_row_bound && minor > -money::k_row_bound; };
    return one(amounts.gross) && one(amounts.discount) && one(amounts.tax) && one(amounts.fee_platform) &&
           one(amounts.fee_payment);
}

void map_rows(table::RecordReader& reader, const sale::Profile& profile, const sale::Layout& layout) {
    static const auto catalog = make_catalog();
    const sale::RowMapper mapper{profile, layout, catalog};
    table::Record record;
    for (sale::Staged staged; reader.next(record);) {
        if (!mapper.map(record, staged)) continue;
        if (staged.bad_code != nullptr) {
            PASSA_ASSERT(!staged.bad_reason.empty());
            continue;
        }
        PASSA_ASSERT(!staged.order_ref.empty() && fits(staged.amounts) && fits(staged.undone));
        if (staged.is_sale) PASSA_ASSERT(staged.tier != nullptr && staged.quantity > 0 && !staged.at.empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto profiles = sale::load_profiles("/nowhere").profiles;
    const test::InputFile input{data, size, ".sales"};
    for (const char delimiter : {',', ';', '\t'})
        tolerate([&] {
            table::TextFile file{input.path()};
            table::CsvReader reader{file, delimiter};
            read_rows(reader);
        });
    for (const auto& profile : profiles)
        tolerate([&] {
            table::TextFile file{input.path()};
            auto layout = sale::recognise(file, profile);
            layout.dialect = sale::survey(file, layout, profile).dialect;
            sale::require_balances(file, layout, profile, {"KES", 2});
            file.rewind();
            map_rows(*sale::open_rows(file, layout), profile, layout);
        });
    return 0;
}
