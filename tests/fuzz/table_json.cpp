// Any bytes as sales in JSON lines: each line a record of the asked fields, or an Error with a code.
#include "lib/table/json_reader.hpp"
#include "tests/fuzz/input_file.hpp"

using namespace passa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const test::InputFile input{data, size, ".jsonl"};
    try {
        table::TextFile file{input.path()};
        table::JsonReader reader{file, {"external_order_id", "gross_minor", "paid_at"}};
        for (table::Record record; reader.next(record);) PASSA_ASSERT(record.fields.size() == 3);
    } catch (const Error& error) {
        PASSA_ASSERT(!error.first().code.empty());
    }
    return 0;
}
