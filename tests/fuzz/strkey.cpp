// Any text is refused, or is the one text of its strkey. A seed is never taken for an address.
#include "lib/stellar/strkey.hpp"

using namespace passa;
using namespace passa::stellar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto key = parse_strkey(text);
    if (key) PASSA_ASSERT(format_strkey(key->kind, key->payload) == text);
    const auto seed = parse_seed(text);
    if (seed) {
        const auto again = format_seed(seed.value());
        PASSA_ASSERT(std::equal(text.begin(), text.end(), again.reveal().begin(), again.reveal().end()));
        PASSA_ASSERT(!key && key.problem().code == "strkey.seed");
    }
    return 0;
}
