// Any text as what a database sends: refused as db.value, or its own text reads back as the same value. And any texts
// as a list survive the way there and back.
#include "lib/db/value.hpp"
#include "tests/fuzz/pieces.hpp"

using namespace passa;

namespace {

template <typename T>
void check(std::string_view text) {
    try {
        const auto value = db::from_text<T>(text);
        PASSA_ASSERT(db::from_text<T>(db::to_parameter(value).value()) == value);
    } catch (const Error& error) {
        PASSA_ASSERT(error.first().code == "db.value" || error.first().code == "bytes.hex");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check<bool>(text);
    check<int>(text);
    check<std::int64_t>(text);
    check<money::Int128>(text);
    check<Instant>(text);
    check<Day>(text);
    check<IdBytes>(text);
    check<Bytes>(text);
    check<Hash256>(text);
    check<std::vector<std::string>>(text);
    test::Pieces pieces{data, size};
    std::vector<std::string> items;
    while (!pieces.done()) items.emplace_back(pieces.next_text());
    PASSA_ASSERT(db::value::parse_text_array(db::value::text_array(items)) == items);
    return 0;
}
