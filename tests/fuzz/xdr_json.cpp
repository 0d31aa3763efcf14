// Any JSON is refused, or becomes a value that survives encoding.
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "tests/fuzz/xdr_types.hpp"

using namespace passa;
using namespace passa::stellar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto& shape = test::fuzzed_type(data[0]);
    xdr::AnyValue value{shape};
    const std::string_view json{reinterpret_cast<const char*>(data) + 1, size - 1};
    if (!xdr::value_from_json_text(shape, json, value.get())) return 0;
    Bytes bytes;
    xdr::encode_value(shape, value.get(), bytes);
    xdr::AnyValue again{shape};
    PASSA_ASSERT(xdr::decode_value(shape, again.get(), bytes).ok());
    PASSA_ASSERT(again == value);
    return 0;
}
