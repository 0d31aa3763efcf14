// Any bytes are refused, or encode back to themselves and can be shown.
#include "lib/stellar/xdr/codec.hpp"
#include "lib/stellar/xdr/json.hpp"
#include "tests/fuzz/xdr_types.hpp"

using namespace passa;
using namespace passa::stellar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto& shape = test::fuzzed_type(data[0]);
    const ByteView bytes{data + 1, size - 1};
    xdr::AnyValue value{shape};
    if (!xdr::decode_value(shape, value.get(), bytes)) return 0;
    Bytes again;
    xdr::encode_value(shape, value.get(), again);
    PASSA_ASSERT(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
    PASSA_ASSERT(!xdr::value_to_json_text(shape, value.get()).empty());
    return 0;
}
