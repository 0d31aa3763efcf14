// Any text as any argument of a contract: refused, or a value that is written and read as the same.
#include "lib/stellar/contract/value.hpp"
#include "tests/support/contract_types.hpp"

#include <nlohmann/json.hpp>

using namespace passa;
using namespace passa::stellar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static const auto spec = test::made_spec();
    const auto& type = test::every_type()[data[0] % test::every_type().size()];
    const auto value = contract::read_flag({spec}, {"it", type}, {reinterpret_cast<const char*>(data) + 1, size - 1});
    if (!value) return 0;
    const auto json = contract::write_value(spec, type, *value);
    PASSA_ASSERT(json.ok());
    PASSA_ASSERT(contract::read_value({spec}, {"it", type}, *json).value() == *value);
    return 0;
}
